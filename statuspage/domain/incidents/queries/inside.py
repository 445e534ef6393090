"""Incidents for staff: lists, one of them, how many are open."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, selectinload

from statuspage.core.errors import NotFound
from statuspage.domain.components.models import Component
from statuspage.domain.incidents.enums import IncidentState, MilestoneKind, PublicStatus, Severity
from statuspage.domain.incidents.models import Incident, IncidentComponent, Milestone, Update
from statuspage.domain.incidents.queries.readers import Reader, visible_to, with_components, with_story
from statuspage.domain.incidents.rules import CLOSES_AFTER, OPEN_STATES
from statuspage.domain.incidents.search.engines import holds_all
from statuspage.domain.incidents.search.words import search_words


@dataclass(frozen=True)
class IncidentFilter:
    """What a list of incidents is narrowed to; None does not narrow. `search`: words of ref, titles or updates."""

    state: IncidentState | None = None
    open_only: bool = False
    public_status: PublicStatus | None = None
    severity: Severity | None = None
    component: str | None = None
    search: str = ""


def _found_by(session: Session, text: str) -> ColumnElement[bool]:
    named = Incident.ref.icontains(text.strip(), autoescape=True)
    words = search_words(text)
    return or_(named, holds_all(session, words)) if words else named


def incidents_page(
    session: Session,
    reader: Reader,
    wanted: IncidentFilter,
    *,
    before: uuid.UUID | None = None,
    limit: int = 50,
) -> Sequence[Incident]:
    """Return incidents newest first with their components: a page of at most `limit`, older than the id `before`."""
    query = select(Incident).where(visible_to(reader)).order_by(Incident.id.desc()).limit(limit)
    if before:
        query = query.where(Incident.id < before)
    if wanted.state:
        query = query.where(Incident.state == wanted.state)
    if wanted.open_only:
        query = query.where(Incident.state.in_(OPEN_STATES))
    if wanted.public_status:
        query = query.where(Incident.public_status == wanted.public_status)
    if wanted.severity:
        query = query.where(Incident.severity == wanted.severity)
    if wanted.component:
        inside = select(IncidentComponent.incident_id).join(Component).where(Component.slug == wanted.component)
        query = query.where(Incident.id.in_(inside))
    if wanted.search:
        query = query.where(_found_by(session, wanted.search))
    return session.scalars(with_components(query).options(selectinload(Incident.merged_into))).all()


def incident_by_ref(session: Session, ref: str, reader: Reader) -> Incident:
    """Return an incident by ref (`INC-2026-0042`) or public code, with its whole story. Raises `NotFound`."""
    query = select(Incident).where(or_(Incident.ref == ref.upper(), Incident.code == ref), visible_to(reader))
    found = session.scalar(with_story(query).execution_options(populate_existing=True))
    if found is None:
        raise NotFound(f"There is no incident {ref}. See the list of incidents.")
    return found


def update_of(incident: Incident, update_id: uuid.UUID | str) -> Update:
    """Return one update of a loaded incident by id or code. Raises `NotFound`."""
    for update in incident.updates:
        if str(update_id) in (str(update.id), update.code):
            return update
    raise NotFound(f"{incident.ref} has no such update. See its timeline.")


def open_incident_count(session: Session, reader: Reader) -> int:
    """Return how many incidents are not resolved."""
    query = select(func.count()).select_from(Incident).where(Incident.state.in_(OPEN_STATES), visible_to(reader))
    return session.scalar(query) or 0


def incidents_by_refs(session: Session, refs: Iterable[str], reader: Reader) -> Sequence[Incident]:
    """Return those incidents of these refs that `reader` may know of, newest first."""
    query = select(Incident).where(Incident.ref.in_(list(refs)), visible_to(reader)).order_by(Incident.id.desc())
    return session.scalars(query).all()


def closing_is_due(now: datetime) -> ColumnElement[bool]:
    """The condition that an incident closes by itself: resolved inside and for customers, long enough ago."""
    resolved_at = (
        select(Milestone.at)
        .where(Milestone.incident_id == Incident.id, Milestone.kind == MilestoneKind.RESOLVED)
        .order_by(Milestone.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return and_(
        Incident.state == IncidentState.RESOLVED,
        or_(Incident.public_status.is_(None), Incident.public_status == PublicStatus.RESOLVED),
        resolved_at <= now - CLOSES_AFTER,
    )


def anything_to_close(session: Session, now: datetime) -> bool:
    """Tell whether an incident is due to close by itself. Reads, writes nothing."""
    return session.scalar(select(Incident.id).where(closing_is_due(now)).limit(1)) is not None
