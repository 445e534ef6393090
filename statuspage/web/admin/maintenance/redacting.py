"""Removing words from a maintenance for good: a passage or all of an update, or its title."""

import uuid
from typing import TYPE_CHECKING

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.maintenance.actions import redact_maintenance_title, redact_maintenance_update
from statuspage.domain.maintenance.queries import maintenance_by_ref, maintenance_update_of
from statuspage.web.admin.desk import done
from statuspage.web.admin.removing import (
    Left,
    Subject,
    is_sure,
    redaction_in,
    removal_page,
    retitling_page,
    title_in,
)
from statuspage.web.kit.current import by, now, session
from statuspage.web.kit.forms import FORM_FAULT, Form, refused, start_over
from statuspage.web.kit.rights import requires

if TYPE_CHECKING:
    from statuspage.domain.maintenance.models import Maintenance, MaintenanceUpdate

blueprint = Blueprint("redacting", __name__)


@blueprint.get("/<ref>/updates/<uuid:update_id>/redaction")
@requires(Right.PUBLISH)
def page(ref: str, update_id: uuid.UUID) -> ResponseReturnValue:
    """Show the words of an update, for choosing what is to go."""
    maintenance = maintenance_by_ref(session(), ref)
    subject = _subject(maintenance, maintenance_update_of(maintenance, update_id))
    return removal_page(subject, Form({"seen_version": str(maintenance.version)}))


@blueprint.post("/<ref>/updates/<uuid:update_id>/redaction")
@requires(Right.PUBLISH)
def redact(ref: str, update_id: uuid.UUID) -> ResponseReturnValue:
    """Show what will be left; sent again, do it."""
    form, maintenance = Form.sent(), maintenance_by_ref(session(), ref)
    update = maintenance_update_of(maintenance, update_id)
    try:
        sure = is_sure(form)
        removal = redact_maintenance_update(session(), update, redaction_in(form), by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, lambda typed: removal_page(_subject(maintenance, update), typed))
    except Conflict as clash:
        start_over()
        form.values.setlist("seen_version", [str(maintenance.version)])
        told = Invalid({FORM_FAULT: clash.message})
        return refused(form, told, lambda typed: removal_page(_subject(maintenance, update), typed), status=409)
    if sure:
        what = "The whole text" if removal.whole else "The passage"
        return done(f"{what} is removed; readers see when.", _story(ref))
    left = Left([("What it says", update.body)], places=1)
    start_over()
    return removal_page(_subject(maintenance, update), form, left)


@blueprint.get("/<ref>/title-redaction")
@requires(Right.PUBLISH)
def title_page(ref: str) -> ResponseReturnValue:
    """Show the title that stands."""
    maintenance = maintenance_by_ref(session(), ref)
    return retitling_page(_title(maintenance), Form({"seen_version": str(maintenance.version)}))


@blueprint.post("/<ref>/title-redaction")
@requires(Right.PUBLISH)
def retitle(ref: str) -> ResponseReturnValue:
    """Put another title in its place, everywhere."""
    form, maintenance = Form.sent(), maintenance_by_ref(session(), ref)
    try:
        redact_maintenance_title(session(), maintenance, title_in(form), by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, lambda typed: retitling_page(_title(maintenance), typed))
    except Conflict as clash:
        start_over()
        form.values.setlist("seen_version", [str(maintenance.version)])
        told = Invalid({FORM_FAULT: clash.message})
        return refused(form, told, lambda typed: retitling_page(_title(maintenance), typed), status=409)
    return done("The title is replaced; readers see when.", _story(ref))


def _subject(maintenance: "Maintenance", update: "MaintenanceUpdate") -> Subject:
    texts = [("What it says", update.body)]
    return Subject(f"Remove text from {maintenance.ref}", "Maintenance", texts, _story(maintenance.ref))


def _title(maintenance: "Maintenance") -> Subject:
    texts = [("The title on the page", maintenance.title)]
    return Subject(f"Remove the title of {maintenance.ref}", "Maintenance", texts, _story(maintenance.ref))


def _story(ref: str) -> str:
    return url_for("admin.maintenance.one.page", ref=ref)
