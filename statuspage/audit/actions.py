"""Writing audit lines."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from statuspage.audit.actor import Actor
from statuspage.audit.models import AuditLine


def record(
    session: Session, by: Actor, action: str, subject: tuple[str, uuid.UUID], now: datetime, **details: Any
) -> None:
    """Add the line "`by` did `action` to `subject` at `now`" to the open transaction.

    `action` is a dotted word such as `incident.declared`; `subject` is a type and an id; `details` are JSON values
    without personal data.
    """
    line = AuditLine(
        at=now,
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.name,
        action=action,
        subject_type=subject[0],
        subject_id=subject[1],
        details=details,
    )
    session.add(line)
