"""Reading audit lines, newest first."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.audit.models import AuditLine


def lines_about(session: Session, subject_type: str, subject_id: uuid.UUID) -> Sequence[AuditLine]:
    """Return every line about one object, newest first."""
    wanted = select(AuditLine).where(AuditLine.subject_type == subject_type, AuditLine.subject_id == subject_id)
    return session.scalars(wanted.order_by(AuditLine.id.desc())).all()


def recent_lines(session: Session, *, before: uuid.UUID | None = None, limit: int = 50) -> Sequence[AuditLine]:
    """Return the newest lines, or those older than the line `before`: a page of at most `limit`."""
    wanted = select(AuditLine).order_by(AuditLine.id.desc()).limit(limit)
    if before:
        wanted = wanted.where(AuditLine.id < before)
    return session.scalars(wanted).all()
