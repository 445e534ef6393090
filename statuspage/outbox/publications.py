"""Following the publication number."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.outbox.models import Publication, PublicationCounter


def newest_number(session: Session) -> int:
    """Return the number of the newest publication; 0 before the first."""
    return session.scalar(select(PublicationCounter.number).where(PublicationCounter.id == 1)) or 0


def newest_publication_at(session: Session) -> datetime | None:
    """Return when something public last changed, or None before the first publication."""
    return session.scalar(select(Publication.at).order_by(Publication.number.desc()).limit(1))


def publications_since(session: Session, number: int, *, limit: int = 500) -> Sequence[Publication]:
    """Return the publications after `number`, oldest first, at most `limit`."""
    wanted = select(Publication).where(Publication.number > number).order_by(Publication.number).limit(limit)
    return session.scalars(wanted).all()
