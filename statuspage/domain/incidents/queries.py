"""Reading incidents. Queries for staff take a `reader` and leave out restricted incidents that are not theirs;
queries for the public return published incidents only."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, true, tuple_
from sqlalchemy.orm import Session, aliased, raiseload, selectinload

from statuspage.core.errors import NotFound
from statuspage.domain.components.enums import Visibility
from statuspage.domain.components.models import Component
from statuspage.domain.incidents.enums import (
    IncidentState,
    MilestoneKind,
    PublicStatus,
    Severity,
    UpdateVisibility,
)
from statuspage.domain.incidents.models import (
    ComponentChange,
    Incident,
    IncidentComponent,
    Milestone,
    Promise,
    Update,
)
from statuspage.domain.incidents.rules import OPEN_STATES


@dataclass(frozen=True)
class Reader:
    """Who reads: `sees_restricted` for administrators; others see restricted incidents that name them."""

    user_id: uuid.UUID | None = None
    sees_restricted: bool = False


EVERYTHING = Reader(sees_restricted=True)


@dataclass(frozen=True)
class IncidentFilter:
    """What a list of incidents is narrowed to; None does not narrow. `search` is looked for in ref and titles."""

    state: IncidentState | None = None
    open_only: bool = False
    public_status: PublicStatus | None = None
    severity: Severity | None = None
    component: str | None = None
    search: str = ""


def _visible_to(reader: Reader) -> ColumnElement[bool]:
    if reader.sees_restricted:
        return true()
    if reader.user_id is None:
        return Incident.restricted.is_(False)
    named = (Incident.lead_id, Incident.communications_id, Incident.declared_by_id)
    return or_(Incident.restricted.is_(False), *(column == reader.user_id for column in named))


def _with_components(query: Select[Incident]) -> Select[Incident]:
    return query.options(
        selectinload(Incident.components).joinedload(IncidentComponent.component).joinedload(Component.group)
    )


def _with_story(query: Select[Incident]) -> Select[Incident]:
    updates = selectinload(Incident.updates)
    return _with_components(query).options(
        updates.selectinload(Update.versions),
        updates.selectinload(Update.changes).joinedload(ComponentChange.component).joinedload(Component.group),
        updates.selectinload(Update.promise),
        selectinload(Incident.merged_into),
    )


def _with_public_story(query: Select[Incident]) -> Select[Incident]:
    """Load what customers may read and nothing else: public updates only, and no further look-up by accident."""
    updates = selectinload(Incident.updates.and_(Update.visibility == UpdateVisibility.PUBLIC))
    return _with_components(query).options(
        updates.selectinload(Update.versions),
        updates.selectinload(Update.changes).joinedload(ComponentChange.component).joinedload(Component.group),
        updates.selectinload(Update.promise),
        raiseload(Incident.milestones),
    )


def incidents_page(
    session: Session,
    reader: Reader,
    wanted: IncidentFilter,
    *,
    before: uuid.UUID | None = None,
    limit: int = 50,
) -> Sequence[Incident]:
    """Return incidents newest first with their components: a page of at most `limit`, older than the id `before`."""
    query = select(Incident).where(_visible_to(reader)).order_by(Incident.id.desc()).limit(limit)
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
        words = (Incident.ref, Incident.title, Incident.public_title)
        query = query.where(or_(*(column.icontains(wanted.search, autoescape=True) for column in words)))
    return session.scalars(_with_components(query).options(selectinload(Incident.merged_into))).all()


def incident_by_ref(session: Session, ref: str, reader: Reader) -> Incident:
    """Return an incident by ref (`INC-2026-0042`) or public code, with its whole story. Raises `NotFound`."""
    query = select(Incident).where(or_(Incident.ref == ref.upper(), Incident.code == ref), _visible_to(reader))
    found = session.scalar(_with_story(query).execution_options(populate_existing=True))
    if found is None:
        raise NotFound(f"There is no incident {ref}. See the list of incidents.")
    return found


def update_of(incident: Incident, update_id: uuid.UUID | str) -> Update:
    """Return one update of a loaded incident by id or code. Raises `NotFound`."""
    for update in incident.updates:
        if str(update_id) in (str(update.id), update.code):
            return update
    raise NotFound(f"{incident.ref} has no such update. See its timeline.")


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
    query = select(Milestone).where(Milestone.incident_id.in_(list(incident_ids))).order_by(Milestone.id)
    found: dict[uuid.UUID, dict[MilestoneKind, datetime]] = {}
    for row in session.scalars(query):
        found.setdefault(row.incident_id, {})[row.kind] = row.at
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


def open_incident_count(session: Session, reader: Reader) -> int:
    """Return how many incidents are not resolved."""
    query = select(func.count()).select_from(Incident).where(Incident.state.in_(OPEN_STATES), _visible_to(reader))
    return session.scalar(query) or 0


def _published() -> Select[Incident]:
    return select(Incident).where(Incident.visibility == Visibility.PUBLIC)


def open_public_incidents(session: Session) -> Sequence[Incident]:
    """Return incidents customers see as going on, newest first, with their story."""
    query = _published().where(Incident.public_status != PublicStatus.RESOLVED).order_by(Incident.published_at.desc())
    return session.scalars(_with_public_story(query)).all()


def public_incidents_between(session: Session, start: datetime, end: datetime) -> Sequence[Incident]:
    """Return public incidents that began (for customers) from `start` until before `end`, newest first, with story."""
    query = _published().where(Incident.public_started_at >= start, Incident.public_started_at < end)
    query = query.order_by(Incident.public_started_at.desc(), Incident.id.desc())
    return session.scalars(_with_public_story(query)).all()


def public_incidents_resolved_since(session: Session, since: datetime) -> Sequence[Incident]:
    """Return public incidents resolved for customers at or after `since`, the last resolved first, with story."""
    query = _published().where(Incident.public_resolved_at >= since).order_by(Incident.public_resolved_at.desc())
    return session.scalars(_with_public_story(query)).all()


def newest_public_incidents(session: Session, limit: int) -> Sequence[Incident]:
    """Return the `limit` public incidents that began last, newest first, with story."""
    query = _published().order_by(Incident.public_started_at.desc(), Incident.id.desc()).limit(limit)
    return session.scalars(_with_public_story(query)).all()


def public_incident_by_code(session: Session, code: str) -> Incident | None:
    """Return a public incident with its story, or None."""
    return session.scalar(_with_public_story(_published().where(Incident.code == code)))


def public_incident_codes(session: Session) -> Sequence[str]:
    """Return the codes of every public incident."""
    codes = select(Incident.code).where(Incident.visibility == Visibility.PUBLIC).order_by(Incident.id)
    return session.scalars(codes).all()


def public_starts(session: Session, codes: Iterable[str]) -> set[datetime]:
    """Return when the public incidents with these codes began for customers."""
    query = select(Incident.public_started_at).where(Incident.visibility == Visibility.PUBLIC)
    return {at for at in session.scalars(query.where(Incident.code.in_(list(codes)))) if at}


def first_public_start(session: Session) -> datetime | None:
    """Return when the oldest public incident began, or None."""
    return session.scalar(select(func.min(Incident.public_started_at)).where(Incident.visibility == Visibility.PUBLIC))



def incidents_told_last(session: Session, limit: int) -> Sequence[Incident]:
    """Return the public incidents that the `limit` updates published last belong to, with story, newest first."""
    newest = (
        select(Update.incident_id)
        .where(Update.visibility == UpdateVisibility.PUBLIC)
        .order_by(Update.published_at.desc(), Update.id.desc())
        .limit(limit)
        .subquery()
    )
    query = _published().where(Incident.id.in_(select(newest.c.incident_id))).order_by(Incident.id.desc())
    return session.scalars(_with_public_story(query)).all()


def newest_public_codes(session: Session, limit: int) -> Sequence[tuple[str, datetime | None]]:
    """Return code and last public change of the `limit` public incidents that began last, newest first."""
    query = (
        select(Incident.code, Incident.public_changed_at)
        .where(Incident.visibility == Visibility.PUBLIC)
        .order_by(Incident.public_started_at.desc(), Incident.id.desc())
        .limit(limit)
    )
    return [(code, changed_at) for code, changed_at in session.execute(query)]
