"""What turned out to be nothing: closed in one step, and out of every number."""

from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.db import mark_changed
from statuspage.core.errors import Conflict
from statuspage.core.text import clean_line
from statuspage.domain.components.correcting import void_interval
from statuspage.domain.incidents.actions.drafts import Ending
from statuspage.domain.incidents.actions.exits import say_the_last_word
from statuspage.domain.incidents.actions.milestones import add_milestones
from statuspage.domain.incidents.enums import IncidentKind, IncidentState, MilestoneKind
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import intervals_held_by
from statuspage.domain.incidents.rules import may_prove_false


def close_as_false_alarm(session: Session, incident: Incident, ending: Ending, *, by: Actor, now: datetime) -> None:
    """Close an incident as a false alarm: its intervals are voided and leave bars and uptime.

    One that customers have read of needs a closing notice. Raises `Conflict` for a drill or one that has ended,
    `Invalid` without a reason or a notice.
    """
    why = clean_line(ending.reason, "reason", limit=500)
    if not may_prove_false(incident.kind, incident.state):
        raise Conflict(f"{incident.ref} is {_what(incident)}; only a real incident that goes on can prove false.")
    say_the_last_word(session, incident, ending, by=by, now=now)
    held = intervals_held_by(session, incident.id)
    for component, interval in held:
        void_interval(session, component, interval, why, by=by, now=now)
    incident.kind, incident.state = IncidentKind.FALSE_ALARM, IncidentState.CLOSED
    add_milestones(session, incident, {MilestoneKind.CLOSED: now}, by=by, now=now)
    mark_changed(incident, now)
    record(session, by, "incident.false_alarm", ("incident", incident.id), now, reason=why, voided=len(held))
    session.flush()


def _what(incident: Incident) -> str:
    return "a drill" if incident.kind is IncidentKind.DRILL else str(incident.state)
