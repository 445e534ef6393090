"""The audit line."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from statuspage.audit.actor import ActorKind
from statuspage.core.db import Instant, Model, enum_type, new_id


class AuditLine(Model):
    """One change: when, by whom, what to which object. `details` holds short machine-readable facts."""

    __tablename__ = "audit_lines"
    __table_args__ = (sa.Index(None, "subject_type", "subject_id", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column(Instant)
    actor_kind: Mapped[ActorKind] = mapped_column(enum_type(ActorKind))
    actor_id: Mapped[uuid.UUID | None]
    actor_name: Mapped[str] = mapped_column(sa.String(120))
    action: Mapped[str] = mapped_column(sa.String(60))
    subject_type: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[uuid.UUID]
    details: Mapped[dict[str, Any]]
