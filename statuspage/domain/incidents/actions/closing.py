"""Closing what is over: by the clock, or several at once."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from statuspage.audit.actor import SYSTEM, Actor
from statuspage.domain.incidents.actions.steps import close_incident
from statuspage.domain.incidents.enums import IncidentState
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import EVERYTHING, closing_is_due, incident_by_ref
from statuspage.domain.incidents.rules import may_close


def close_due(session: Session, now: datetime) -> int:
    """Close what was resolved, inside and for customers, seven days ago or earlier; return how many.

    Each is claimed by one conditional write, so any number of followers and workers may call this at once.
    """
    due = session.execute(select(Incident.id, Incident.ref).where(closing_is_due(now))).all()
    return sum(_close(session, incident_id, ref, now) for incident_id, ref in due)


def _close(session: Session, incident_id: uuid.UUID, ref: str, now: datetime) -> bool:
    claim = update(Incident).where(Incident.id == incident_id, Incident.state == IncidentState.RESOLVED)
    claim = claim.values(updated_at=now, version=Incident.version + 1)
    if session.execute(claim.returning(Incident.id)).first() is None:
        return False
    close_incident(session, incident_by_ref(session, ref, EVERYTHING), by=SYSTEM, now=now)
    return True


def close_incidents(
    session: Session, incidents: Iterable[Incident], code: str = "", *, by: Actor, now: datetime
) -> list[Incident]:
    """Close those of `incidents` that are resolved inside and for customers; return the others, left as they are."""
    left = []
    for incident in incidents:
        if may_close(incident.state, incident.publicly_open):
            close_incident(session, incident, code, by=by, now=now)
        else:
            left.append(incident)
    return left
