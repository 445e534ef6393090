"""Putting reports aside, or making them part of an incident."""

import uuid

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.components.queries import component_by_slug
from statuspage.domain.feedback.actions import About, attach_reports, delete_report, dismiss_reports
from statuspage.domain.incidents.queries import incident_by_ref
from statuspage.web.admin.desk import done
from statuspage.web.kit.current import by, now, reader, session
from statuspage.web.kit.forms import FORM_FAULT, Form
from statuspage.web.kit.rights import requires

blueprint = Blueprint("handling", __name__)


@blueprint.post("/dismissals")
@requires(Right.RESPOND)
def dismiss() -> ResponseReturnValue:
    """Put a group of reports aside."""
    form = Form.sent()
    count = dismiss_reports(session(), _about(form), by=by(), now=now())
    return done(f"{_reports(count)} put aside.", _back(form))


@blueprint.post("/attachments")
@requires(Right.RESPOND)
def attach() -> ResponseReturnValue:
    """Make a group of reports part of an open incident."""
    form = Form.sent()
    incident = incident_by_ref(session(), form.text("into"), reader())
    count = attach_reports(session(), _about(form), incident, by=by(), now=now())
    words = f"{_reports(count)} attached. Who left an address is asked once it is resolved."
    return done(words, url_for("admin.incidents.room.page", ref=incident.ref))


@blueprint.post("/<uuid:report_id>/removal")
@requires(Right.MANAGE)
def delete(report_id: uuid.UUID) -> ResponseReturnValue:
    """Forget one report at once."""
    delete_report(session(), report_id, by=by(), now=now())
    return done("Deleted.", url_for("admin.readers.list.page"))


def _about(form: Form) -> About:
    """Return the group as the page put it into the form. Raises `Invalid`, `NotFound`."""
    try:
        newest = uuid.UUID(form.text("newest"))
    except ValueError:
        raise Invalid({FORM_FAULT: "The form is damaged. Load the page again."}) from None
    slug, still = form.text("component"), form.text("still")
    return About(
        newest,
        component_id=component_by_slug(session(), slug).id if slug else None,
        still_in=incident_by_ref(session(), still, reader()).id if still else None,
    )


def _back(form: Form) -> str:
    room = form.text("room")
    return url_for("admin.incidents.room.page", ref=room) if room else url_for("admin.now.page")


def _reports(count: int) -> str:
    return "1 report" if count == 1 else f"{count} reports"
