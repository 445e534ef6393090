"""Removing words from an incident for good: a passage or all of an update, or its title."""

import uuid
from typing import TYPE_CHECKING

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.editorial.actions.redacting import redact_everywhere, retitle_everywhere
from statuspage.domain.incidents.actions.redacting import still_said
from statuspage.domain.incidents.queries import incident_by_ref, update_of
from statuspage.web.admin.desk import done, zone
from statuspage.web.admin.removing import (
    Left,
    Subject,
    is_sure,
    redaction_in,
    removal_page,
    retitling_page,
    title_in,
)
from statuspage.web.kit.current import by, now, reader, session
from statuspage.web.kit.forms import FORM_FAULT, Form, refused, start_over
from statuspage.web.kit.rights import requires
from statuspage.web.kit.times import write_local

if TYPE_CHECKING:
    from statuspage.domain.incidents.models import Incident, Update

blueprint = Blueprint("redacting", __name__)


@blueprint.get("/<ref>/updates/<uuid:update_id>/redaction")
@requires(Right.PUBLISH)
def page(ref: str, update_id: uuid.UUID) -> ResponseReturnValue:
    """Show every wording of an update, for choosing what is to go."""
    update = update_of(incident_by_ref(session(), ref, reader()), update_id)
    return removal_page(_subject(update), Form({"seen_version": str(update.current.number)}))


@blueprint.post("/<ref>/updates/<uuid:update_id>/redaction")
@requires(Right.PUBLISH)
def redact(ref: str, update_id: uuid.UUID) -> ResponseReturnValue:
    """Show what will be left; sent again, do it."""
    form, incident = Form.sent(), incident_by_ref(session(), ref, reader())
    update = update_of(incident, update_id)
    try:
        sure = is_sure(form)
        removal = redact_everywhere(session(), update, redaction_in(form), by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, lambda typed: removal_page(_subject(update), typed))
    except Conflict as clash:
        start_over()
        form.values.setlist("seen_version", [str(update.current.number)])
        told = Invalid({FORM_FAULT: clash.message})
        return refused(form, told, lambda typed: removal_page(_subject(update), typed), status=409)
    if sure:
        what = "The whole text" if removal.whole else "The passage"
        return done(f"{what} is removed; readers see when.", _room(ref))
    left = Left(_texts(update), removal.places, _elsewhere(incident, form))
    start_over()
    return removal_page(_subject(update), form, left)


@blueprint.get("/<ref>/title-redaction")
@requires(Right.PUBLISH)
def title_page(ref: str) -> ResponseReturnValue:
    """Show the title that stands."""
    incident = incident_by_ref(session(), ref, reader())
    return retitling_page(_titles(incident), Form({"seen_version": str(incident.version)}))


@blueprint.post("/<ref>/title-redaction")
@requires(Right.PUBLISH)
def retitle(ref: str) -> ResponseReturnValue:
    """Put another title in its place, everywhere."""
    form, incident = Form.sent(), incident_by_ref(session(), ref, reader())
    try:
        retitle_everywhere(session(), incident, title_in(form), by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, lambda typed: retitling_page(_titles(incident), typed))
    except Conflict as clash:
        start_over()
        form.values.setlist("seen_version", [str(incident.version)])
        told = Invalid({FORM_FAULT: clash.message})
        return refused(form, told, lambda typed: retitling_page(_titles(incident), typed), status=409)
    return done("The title is replaced; readers see when.", _room(ref))


def _subject(update: "Update") -> Subject:
    ref = update.incident.ref
    return Subject(f"Remove text from {ref}", "Incidents", _texts(update), _room(ref))


def _titles(incident: "Incident") -> Subject:
    texts = [("The title on the page", incident.public_title or ""), ("Inside", incident.title)]
    return Subject(f"Remove the title of {incident.ref}", "Incidents", texts, _room(incident.ref))


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
