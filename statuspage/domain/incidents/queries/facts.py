"""What belongs to incidents: an update by id, milestones, promises."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import exists, select, tuple_
from sqlalchemy.orm import Session, aliased, selectinload

from statuspage.domain.components.enums import Cause
from statuspage.domain.components.models import Component, ImpactInterval
from statuspage.domain.incidents.enums import MilestoneKind, UpdateVisibility
from statuspage.domain.incidents.models import (
    ComponentChange,
    Incident,
    IncidentComponent,
    Milestone,
    Promise,
    Update,
)


def update_by_id(session: Session, update_id: uuid.UUID) -> Update | None:
    """Return an update with versions, changes, promise and its incident's components, for building messages."""
    query = (
        select(Update)
        .where(Update.id == update_id)
        .options(
            selectinload(Update.versions),
            selectinload(Update.promise),
            selectinload(Update.changes).joinedload(ComponentChange.component),
            selectinload(Update.incident).selectinload(Incident.components).joinedload(IncidentComponent.component),
        )
    )
    return session.scalar(query)


def current_milestones(session: Session, incident_id: uuid.UUID) -> dict[MilestoneKind, datetime]:
    """Return the instant that counts for each milestone of an incident."""
    query = select(Milestone).where(Milestone.incident_id == incident_id).order_by(Milestone.id)
    return {row.kind: row.at for row in session.scalars(query)}


def milestones_of(
    session: Session, incident_ids: Iterable[uuid.UUID]
) -> dict[uuid.UUID, dict[MilestoneKind, datetime]]:
    """Return, by incident, the instant that counts for each of its milestones."""
    query = select(Milestone.incident_id, Milestone.kind, Milestone.at).order_by(Milestone.id)
    found: dict[uuid.UUID, dict[MilestoneKind, datetime]] = {}
    for incident_id, kind, at in session.execute(query.where(Milestone.incident_id.in_(list(incident_ids)))):
        found.setdefault(incident_id, {})[kind] = at
    return found


def open_promises(session: Session, incident_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Promise]:
    """Return the promise that stands for each incident: that of its newest public, not retracted update.

    An incident whose newest public update promised nothing, or resolved it, has none.
    """
    said, newer = aliased(Update), aliased(Update)
    overtaken = exists().where(
        newer.incident_id == said.incident_id,
        newer.visibility == UpdateVisibility.PUBLIC,
        newer.retracted_at.is_(None),
        tuple_(newer.published_at, newer.id) > tuple_(said.published_at, said.id),
    )
    query = (
        select(Promise)
        .join(said, Promise.update_id == said.id)
        .where(Promise.incident_id.in_(list(incident_ids)), said.retracted_at.is_(None), ~overtaken)
    )
    return {promise.incident_id: promise for promise in session.scalars(query)}


def intervals_held_by(session: Session, incident_id: uuid.UUID) -> list[tuple[Component, ImpactInterval]]:
    """Return what an incident did to components, with the component; what was voided is left out."""
    query = (
        select(Component, ImpactInterval)
        .join(ImpactInterval, ImpactInterval.component_id == Component.id)
        .where(
            ImpactInterval.cause == Cause.INCIDENT,
            ImpactInterval.cause_id == incident_id,
            ImpactInterval.voided_at.is_(None),
        )
        .order_by(ImpactInterval.id)
    )
    return [(component, interval) for component, interval in session.execute(query)]
