"""What customers may read: published incidents and updates only."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from statuspage.domain.components.enums import Visibility
from statuspage.domain.components.models import Component
from statuspage.domain.incidents.enums import PublicStatus, UpdateVisibility
from statuspage.domain.incidents.models import Incident, IncidentComponent, Update
from statuspage.domain.incidents.queries.readers import with_components, with_public_story

# Named one by one: an index finds what is equal, not what differs.
_OPEN = tuple(status for status in PublicStatus if status is not PublicStatus.RESOLVED)


def _published() -> Select[Incident]:
    return select(Incident).where(Incident.visibility == Visibility.PUBLIC)


def _ids() -> Select[uuid.UUID]:
    return select(Incident.id).where(Incident.visibility == Visibility.PUBLIC)


def open_public_incidents(session: Session) -> Sequence[Incident]:
    """Return incidents customers see as going on, newest first, with their story."""
    return session.scalars(with_public_story(_going_on())).all()


def publicly_open_incidents(session: Session) -> Sequence[Incident]:
    """Return the same with their components alone, for those who do not tell the story."""
    return session.scalars(with_components(_going_on())).all()


def _going_on() -> Select[Incident]:
    return _published().where(Incident.public_status.in_(_OPEN)).order_by(Incident.published_at.desc())


def public_incidents(session: Session, ids: Iterable[uuid.UUID]) -> Sequence[Incident]:
    """Return the public incidents with these ids, with their story, in no order."""
    return session.scalars(with_public_story(_published().where(Incident.id.in_(list(ids))))).all()


def public_incident_id(session: Session, code: str) -> uuid.UUID | None:
    """Return the id of the public incident with this code, or None."""
    return session.scalar(_ids().where(Incident.code == code))


def public_ids_of(session: Session, codes: Sequence[str]) -> dict[str, uuid.UUID]:
    """Return the ids of the public incidents with these codes, by code."""
    query = select(Incident.code, Incident.id).where(Incident.visibility == Visibility.PUBLIC)
    found = session.execute(query.where(Incident.code.in_(codes))).all() if codes else ()
    return {row.code: row.id for row in found}


def open_public_ids(session: Session) -> Sequence[uuid.UUID]:
    """Return the ids of incidents customers see as going on, newest first."""
    query = _ids().where(Incident.public_status.in_(_OPEN))
    return session.scalars(query.order_by(Incident.published_at.desc())).all()


def public_ids_between(session: Session, start: datetime, end: datetime) -> Sequence[uuid.UUID]:
    """Return the ids of public incidents that began (for customers) from `start` until before `end`, newest first."""
    query = _ids().where(Incident.public_started_at >= start, Incident.public_started_at < end)
    return session.scalars(query.order_by(Incident.public_started_at.desc(), Incident.id.desc())).all()


def public_ids_resolved_since(session: Session, since: datetime) -> Sequence[uuid.UUID]:
    """Return the ids of public incidents resolved for customers at or after `since`, the last resolved first."""
    query = _ids().where(Incident.public_resolved_at >= since)
    return session.scalars(query.order_by(Incident.public_resolved_at.desc())).all()


def newest_public_ids(session: Session, limit: int) -> Sequence[uuid.UUID]:
    """Return the ids of the `limit` public incidents that began last, newest first."""
    query = _ids().order_by(Incident.public_started_at.desc(), Incident.id.desc()).limit(limit)
    return session.scalars(query).all()


def ids_told_last(session: Session, limit: int) -> Sequence[uuid.UUID]:
    """Return the ids of the public incidents that the `limit` updates published last belong to, newest first."""
    newest = (
        select(Update.incident_id)
        .where(Update.visibility == UpdateVisibility.PUBLIC)
        .order_by(Update.published_at.desc(), Update.id.desc())
        .limit(limit)
        .subquery()
    )
    query = _ids().where(Incident.id.in_(select(newest.c.incident_id))).order_by(Incident.id.desc())
    return session.scalars(query).all()


def ids_told_last_of(session: Session, component_id: uuid.UUID, limit: int) -> Sequence[uuid.UUID]:
    """As `ids_told_last`, of the `limit` public incidents declared last that name a component to the public."""
    naming = (
        select(IncidentComponent.incident_id)
        .where(IncidentComponent.component_id == component_id, IncidentComponent.published_status.is_not(None))
        .order_by(IncidentComponent.incident_id.desc())
        .limit(limit)
        .subquery()
    )
    newest = (
        select(Update.incident_id)
        .where(
            Update.visibility == UpdateVisibility.PUBLIC,
            Update.incident_id.in_(select(naming.c.incident_id)),
        )
        .order_by(Update.published_at.desc(), Update.id.desc())
        .limit(limit)
        .subquery()
    )
    query = _ids().where(Incident.id.in_(select(newest.c.incident_id))).order_by(Incident.id.desc())
    return session.scalars(query).all()


def slugs_named_by(session: Session, codes: Iterable[str]) -> set[str]:
    """Return the slugs of every component, internal ones too, that the public incidents with these codes name."""
    query = select(Component.slug).join(IncidentComponent, IncidentComponent.component_id == Component.id)
    query = query.join(Incident, Incident.id == IncidentComponent.incident_id)
    return set(session.scalars(query.where(Incident.visibility == Visibility.PUBLIC, Incident.code.in_(list(codes)))))


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


def newest_public_codes(session: Session, limit: int) -> Sequence[tuple[str, datetime | None]]:
    """Return code and last public change of the `limit` public incidents that began last, newest first."""
    query = (
        select(Incident.code, Incident.public_changed_at)
        .where(Incident.visibility == Visibility.PUBLIC)
        .order_by(Incident.public_started_at.desc(), Incident.id.desc())
        .limit(limit)
    )
    return [(code, changed_at) for code, changed_at in session.execute(query)]
