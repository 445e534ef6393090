"""Entering an incident that is over: bars, uptime and history take it in at its own times; nobody is told."""

from datetime import datetime

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.incidents.actions import PastIncident, UpdateDraft, enter_past_incident
from statuspage.domain.incidents.enums import PublicStatus, Severity, Source
from statuspage.web.admin.desk import done, show, zone
from statuspage.web.admin.incidents import choices, prefill
from statuspage.web.admin.incidents.clearing import asks_why, typed_clearance
from statuspage.web.admin.incidents.typed import impacts
from statuspage.web.kit.current import by, now, session
from statuspage.web.kit.forms import Form, refused
from statuspage.web.kit.rights import requires
from statuspage.web.kit.times import read_local

blueprint = Blueprint("past", __name__)
_FIELDS = {"updates.0.display_at": "ended_at"}


@blueprint.get("/past")
@requires(Right.PUBLISH)
def page() -> ResponseReturnValue:
    """Show an empty form."""
    return _page(Form({"severity": prefill.USUAL_SEVERITY.value}))


@blueprint.post("/past")
@requires(Right.PUBLISH)
def enter() -> ResponseReturnValue:
    """Enter it: public with the words customers are to read, or internal without any."""
    form = Form.sent()
    try:
        incident = enter_past_incident(session(), _past(form), by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, _page, renamed=_FIELDS)
    return done(f"{incident.ref} is entered.", url_for("admin.incidents.room.page", ref=incident.ref))


def _past(form: Form) -> PastIncident:
    started_at, ended_at = _instant(form, "started_at"), _instant(form, "ended_at")
    severity, public = form.word("severity", Severity), bool(form.text("body").strip())
    clearance = typed_clearance(severity, form) if public else None
    told = UpdateDraft(body=form.text("body"), status=PublicStatus.RESOLVED, display_at=ended_at, clearance=clearance)
    return PastIncident(
        title=form.text("title") or form.text("public_title"),
        public_title=form.text("public_title") or None,
        severity=severity,
        started_at=started_at,
        ended_at=ended_at,
        components=impacts(form),
        updates=(told,) if public else (),
        source=Source.STAFF,
        notify=form.ticked("notify"),
    )


def _instant(form: Form, name: str) -> datetime:
    found = read_local(form.text(name), zone(), name)
    if found is None:
        raise Invalid({name: "Say when."})
    return found


def _page(form: Form) -> str:
    return show(
        "admin/incidents/past.html",
        form=form,
        asks_why=asks_why(*Severity),
        severities=choices.SEVERITIES,
        shelves=choices.shelves(),
        levels=choices.LEVELS,
    )
