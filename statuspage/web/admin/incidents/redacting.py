"""Removing words from an incident for good: a passage or all of an update, or its title."""

import uuid
from typing import TYPE_CHECKING

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.domain.accounts.enums import Right
from statuspage.domain.editorial.actions.redacting import redact_everywhere, retitle_everywhere
from statuspage.domain.incidents.actions.redacting import still_said
from statuspage.domain.incidents.queries import incident_by_ref, update_of
from statuspage.web.admin.desk import zone
from statuspage.web.admin.removing import Subject, removal_page, remove_words, replace_title, retitling_page
from statuspage.web.kit.current import by, now, reader, session
from statuspage.web.kit.forms import Form
from statuspage.web.kit.rights import requires
from statuspage.web.kit.times import write_local

if TYPE_CHECKING:
    from statuspage.domain.incidents.models import Incident, Update

blueprint = Blueprint("redacting", __name__)


@blueprint.get("/<ref>/updates/<uuid:update_id>/redaction")
@requires(Right.PUBLISH)
def page(ref: str, update_id: uuid.UUID) -> ResponseReturnValue:
    """Show every wording of an update, for choosing what is to go."""
    return removal_page(_subject(update_of(incident_by_ref(session(), ref, reader()), update_id)))


@blueprint.post("/<ref>/updates/<uuid:update_id>/redaction")
@requires(Right.PUBLISH)
def redact(ref: str, update_id: uuid.UUID) -> ResponseReturnValue:
    """Show what will be left; sent again, do it."""
    form, incident = Form.sent(), incident_by_ref(session(), ref, reader())
    update = update_of(incident, update_id)
    return remove_words(
        form,
        lambda: _subject(update),
        lambda wanted: redact_everywhere(session(), update, wanted, by=by(), now=now()),
        lambda: _elsewhere(incident, form),
    )


@blueprint.get("/<ref>/title-redaction")
@requires(Right.PUBLISH)
def title_page(ref: str) -> ResponseReturnValue:
    """Show the title that stands."""
    return retitling_page(_titles(incident_by_ref(session(), ref, reader())))


@blueprint.post("/<ref>/title-redaction")
@requires(Right.PUBLISH)
def retitle(ref: str) -> ResponseReturnValue:
    """Put another title in its place, everywhere."""
    form, incident = Form.sent(), incident_by_ref(session(), ref, reader())
    return replace_title(
        form,
        lambda: _titles(incident),
        lambda wanted: retitle_everywhere(session(), incident, wanted, by=by(), now=now()),
    )


def _subject(update: "Update") -> Subject:
    ref, version = update.incident.ref, update.current.number
    return Subject(f"Remove text from {ref}", "Incidents", _texts(update), version, _room(ref))


def _titles(incident: "Incident") -> Subject:
    texts = [("The title on the page", incident.public_title or ""), ("Inside", incident.title)]
    return Subject(f"Remove the title of {incident.ref}", "Incidents", texts, incident.version, _room(incident.ref))


def _texts(update: "Update") -> list[tuple[str, str]]:
    """Return the texts of an update under their labels, the words that stand first."""
    words = [
        (f"Version {version.number}" if update.edited else "What it says", version.body)
        for version in reversed(update.versions)
    ]
    reasons = [(f"Why version {one.number} was corrected", one.reason) for one in update.versions if one.reason]
    advice = update.current.workaround if update.public else ""
    more = [("What customers can do", advice), *reasons, ("Why it was retracted", update.retraction_reason)]
    return words + [(label, text) for label, text in more if text]


def _elsewhere(incident: "Incident", form: Form) -> list[tuple[str, str]]:
    """Return the updates that go on saying the passage, with the pages where it is removed from them."""
    if form.ticked("whole"):
        return []
    return [
        (f"{'Public' if one.public else 'Internal'}, {_when(one)}, {one.author_name}", _address(one))
        for one in still_said(incident, form.text("passage"))
    ]


def _when(update: "Update") -> str:
    return write_local(update.display_at, zone()).replace("T", " ")


def _address(update: "Update") -> str:
    return url_for("admin.incidents.redacting.page", ref=update.incident.ref, update_id=update.id)


def _room(ref: str) -> str:
    return url_for("admin.incidents.room.page", ref=ref)
