"""Recording milestones: a row per statement, the order checked against those that stand."""

from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.audit.actor import Actor
from statuspage.core.errors import Invalid
from statuspage.domain.incidents.enums import MilestoneKind
from statuspage.domain.incidents.models import Incident, Milestone
from statuspage.domain.incidents.queries import current_milestones
from statuspage.domain.incidents.rules import milestone_fault


def instants(session: Session, incident: Incident) -> dict[MilestoneKind, datetime]:
    """Return the instant that counts for each milestone of an incident."""
    return current_milestones(session, incident.id)


def add_milestones(
    session: Session, incident: Incident, given: dict[MilestoneKind, datetime], *, by: Actor, now: datetime
) -> None:
    """Record instants of an incident. Raises `Invalid` (field `milestones`) when their order is impossible."""
    fault = milestone_fault({**current_milestones(session, incident.id), **given}, now)
    if fault:
        raise Invalid({"milestones": fault})
    for kind, at in given.items():
        row = Milestone(incident_id=incident.id, kind=kind, at=at, recorded_at=now, recorded_by=by.name)
        session.add(row)
    session.flush()


def add_if_missing(
    session: Session,
    incident: Incident,
    kinds: list[MilestoneKind],
    at: datetime,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Record `at` for those of `kinds` that have no instant yet; what was resolved before a reopening has none."""
    known = current_milestones(session, incident.id)
    reopened = known.get(MilestoneKind.REOPENED)
    if reopened and MilestoneKind.RESOLVED in known and known[MilestoneKind.RESOLVED] <= reopened:
        del known[MilestoneKind.RESOLVED]
    missing = {kind: at for kind in kinds if kind not in known}
    if missing:
        add_milestones(session, incident, missing, by=by, now=now)
