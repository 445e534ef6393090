"""Ending an incident another way: it was nothing, it is called off, it continues in another one."""

from typing import TYPE_CHECKING

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.incidents.actions import Ending, cancel_incident, close_as_false_alarm, merge_incident
from statuspage.domain.incidents.queries import IncidentFilter, incident_by_ref, incidents_page
from statuspage.domain.incidents.rules import may_cancel, may_prove_false
from statuspage.web.admin.desk import done, show
from statuspage.web.admin.incidents.clearing import asks_why, typed_clearance
from statuspage.web.kit.current import by, installation, now, reader, session
from statuspage.web.kit.entrances import demand
from statuspage.web.kit.forms import FORM_FAULT, Form, refused
from statuspage.web.kit.rights import requires

if TYPE_CHECKING:
    from statuspage.domain.incidents.models import Incident

blueprint = Blueprint("endings", __name__)
FALSE_ALARM, CALLED_OFF, MERGED = "false_alarm", "called_off", "merged"
_WORDS = {FALSE_ALARM: "is closed as a false alarm", CALLED_OFF: "is called off", MERGED: "continues in"}
_ACTIONS = {FALSE_ALARM: close_as_false_alarm, CALLED_OFF: cancel_incident}


@blueprint.get("/<ref>/ending")
@requires(Right.RESPOND)
def page(ref: str) -> ResponseReturnValue:
    """Show the ways out."""
    return _page(Form({"notify": "yes"}), incident_by_ref(session(), ref, reader()))


@blueprint.post("/<ref>/ending")
@requires(Right.RESPOND)
def end(ref: str) -> ResponseReturnValue:
    """Take one of them; what customers have read of ends with a word to them."""
    form, incident = Form.sent(), incident_by_ref(session(), ref, reader())
    if incident.public:
        demand(Right.PUBLISH)
    way = form.text("way")
    try:
        into = _merge(form, incident) if way == MERGED else _end(form, incident, way)
    except Invalid as fault:
        return refused(form, fault, lambda typed: _page(typed, incident))
    except Conflict as clash:
        told = Invalid({FORM_FAULT: clash.message})
        return refused(form, told, lambda typed: _page(typed, incident), status=409)
    words = f"{incident.ref} {_WORDS[way]} {into}".strip()
    return done(f"{words}.", url_for("admin.incidents.room.page", ref=into or ref))


def _end(form: Form, incident: "Incident", way: str) -> str:
    if way not in _ACTIONS:
        raise Invalid({FORM_FAULT: "Choose one of the ways below."})
    clearance = typed_clearance(incident.severity, form) if incident.public else None
    ending = Ending(form.text("reason"), form.text("body"), form.ticked("notify"), clearance)
    _ACTIONS[way](session(), incident, ending, by=by(), now=now())
    return ""


def _merge(form: Form, incident: "Incident") -> str:
    if not form.text("into"):
        raise Invalid({"into": "Choose the incident it continues in."})
    into = incident_by_ref(session(), form.text("into"), reader())
    links, notify = installation().links, form.ticked("notify")
    link = links.absolute(links.incident(into.code))
    merge_incident(session(), incident, into, link, notify=notify, by=by(), now=now())
    return into.ref


def _page(form: Form, incident: "Incident") -> str:
    others = incidents_page(session(), reader(), IncidentFilter(open_only=True), limit=100)
    return show(
        "admin/incidents/ending.html",
        form=form,
        incident=incident,
        asks_why=incident.public and asks_why(incident.severity),
        ways=[
            (FALSE_ALARM, may_prove_false(incident.kind, incident.state)),
            (CALLED_OFF, may_cancel(incident.state)),
        ],
        others=[(row.ref, f"{row.ref}: {row.title}") for row in others if row.id != incident.id],
    )
