"""What customers may read: published incidents and updates only."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from statuspage.domain.components.enums import Visibility
from statuspage.domain.incidents.enums import PublicStatus, UpdateVisibility
from statuspage.domain.incidents.models import Incident, Update
from statuspage.domain.incidents.queries.readers import with_public_story


def _published() -> Select[Incident]:
    return select(Incident).where(Incident.visibility == Visibility.PUBLIC)


def open_public_incidents(session: Session) -> Sequence[Incident]:
    """Return incidents customers see as going on, newest first, with their story."""
    query = _published().where(Incident.public_status != PublicStatus.RESOLVED).order_by(Incident.published_at.desc())
    return session.scalars(with_public_story(query)).all()


def public_incidents_between(session: Session, start: datetime, end: datetime) -> Sequence[Incident]:
    """Return public incidents that began (for customers) from `start` until before `end`, newest first, with story."""
    query = _published().where(Incident.public_started_at >= start, Incident.public_started_at < end)
    query = query.order_by(Incident.public_started_at.desc(), Incident.id.desc())
    return session.scalars(with_public_story(query)).all()


def public_incidents_resolved_since(session: Session, since: datetime) -> Sequence[Incident]:
    """Return public incidents resolved for customers at or after `since`, the last resolved first, with story."""
    query = _published().where(Incident.public_resolved_at >= since).order_by(Incident.public_resolved_at.desc())
    return session.scalars(with_public_story(query)).all()


def newest_public_incidents(session: Session, limit: int) -> Sequence[Incident]:
    """Return the `limit` public incidents that began last, newest first, with story."""
    query = _published().order_by(Incident.public_started_at.desc(), Incident.id.desc()).limit(limit)
    return session.scalars(with_public_story(query)).all()


def public_incident_by_code(session: Session, code: str) -> Incident | None:
    """Return a public incident with its story, or None."""
    return session.scalar(with_public_story(_published().where(Incident.code == code)))


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
    return session.scalars(with_public_story(query)).all()


def newest_public_codes(session: Session, limit: int) -> Sequence[tuple[str, datetime | None]]:
    """Return code and last public change of the `limit` public incidents that began last, newest first."""
    query = (
        select(Incident.code, Incident.public_changed_at)
        .where(Incident.visibility == Visibility.PUBLIC)
        .order_by(Incident.public_started_at.desc(), Incident.id.desc())
        .limit(limit)
    )
    return [(code, changed_at) for code, changed_at in session.execute(query)]
