"""Removing words from a maintenance for good: a passage or all of an update, or its title."""

import uuid
from typing import TYPE_CHECKING

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.domain.accounts.enums import Right
from statuspage.domain.maintenance.actions import redact_maintenance_title, redact_maintenance_update
from statuspage.domain.maintenance.queries import maintenance_by_ref, maintenance_update_of
from statuspage.web.admin.removing import Subject, removal_page, remove_words, replace_title, retitling_page
from statuspage.web.kit.current import by, now, session
from statuspage.web.kit.forms import Form
from statuspage.web.kit.rights import requires

if TYPE_CHECKING:
    from statuspage.domain.maintenance.models import Maintenance, MaintenanceUpdate

blueprint = Blueprint("redacting", __name__)


@blueprint.get("/<ref>/updates/<uuid:update_id>/redaction")
@requires(Right.PUBLISH)
def page(ref: str, update_id: uuid.UUID) -> ResponseReturnValue:
    """Show the words of an update, for choosing what is to go."""
    maintenance = maintenance_by_ref(session(), ref)
    return removal_page(_subject(maintenance, maintenance_update_of(maintenance, update_id)))


@blueprint.post("/<ref>/updates/<uuid:update_id>/redaction")
@requires(Right.PUBLISH)
def redact(ref: str, update_id: uuid.UUID) -> ResponseReturnValue:
    """Show what will be left; sent again, do it."""
    form, maintenance = Form.sent(), maintenance_by_ref(session(), ref)
    update = maintenance_update_of(maintenance, update_id)
    return remove_words(
        form,
        lambda: _subject(maintenance, update),
        lambda wanted: redact_maintenance_update(session(), update, wanted, by=by(), now=now()),
    )


@blueprint.get("/<ref>/title-redaction")
@requires(Right.PUBLISH)
def title_page(ref: str) -> ResponseReturnValue:
    """Show the title that stands."""
    return retitling_page(_title(maintenance_by_ref(session(), ref)))


@blueprint.post("/<ref>/title-redaction")
@requires(Right.PUBLISH)
def retitle(ref: str) -> ResponseReturnValue:
    """Put another title in its place, everywhere."""
    form, maintenance = Form.sent(), maintenance_by_ref(session(), ref)
    return replace_title(
        form,
        lambda: _title(maintenance),
        lambda wanted: redact_maintenance_title(session(), maintenance, wanted, by=by(), now=now()),
    )


def _subject(maintenance: "Maintenance", update: "MaintenanceUpdate") -> Subject:
    texts = [("What it says", update.body)]
    heading = f"Remove text from {maintenance.ref}"
    return Subject(heading, "Maintenance", texts, maintenance.version, _story(maintenance.ref))


def _title(maintenance: "Maintenance") -> Subject:
    texts = [("The title on the page", maintenance.title)]
    heading = f"Remove the title of {maintenance.ref}"
    return Subject(heading, "Maintenance", texts, maintenance.version, _story(maintenance.ref))


def _story(ref: str) -> str:
    return url_for("admin.maintenance.one.page", ref=ref)
