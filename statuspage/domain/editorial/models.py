"""The draft."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from statuspage.core.db import Instant, Model, enum_type, new_id
from statuspage.domain.editorial.enums import DraftState
from statuspage.domain.incidents.enums import Approval
from statuspage.domain.incidents.models import Incident


def _where(condition: str) -> dict[str, Any]:
    return {"postgresql_where": sa.text(condition), "sqlite_where": sa.text(condition)}


class Draft(Model):
    """What somebody is writing about an incident, or (without one) about an incident not declared yet.

    `fields` is the form as it was typed, faulty fields included. `word` is what will be published: set when it was
    checked and sent off. `due_at` is when it goes out, or is to go out once it is approved. `asked_id` names the
    request for approval that stands; `returned_*` say who gave it back and why. Editing voids the approval.
    """

    __tablename__ = "drafts"
    __table_args__ = (
        sa.CheckConstraint("incident_id IS NOT NULL OR state IN ('writing', 'discarded')", name="sent_about_incident"),
        sa.CheckConstraint("state <> 'queued' OR due_at IS NOT NULL", name="queued_is_due"),
        sa.CheckConstraint("state NOT IN ('queued', 'waiting_approval') OR word IS NOT NULL", name="sent_has_word"),
        sa.CheckConstraint("(state = 'waiting_approval') = (asked_id IS NOT NULL)", name="waiting_was_asked"),
        sa.CheckConstraint("(state IN ('published', 'discarded')) = (finished_at IS NOT NULL)", name="finished_when"),
        sa.CheckConstraint("(approval IN ('approved', 'self')) = (approved_by_name <> '')", name="approved_by_whom"),
        sa.CheckConstraint("(approval = 'waived') = (unapproved_reason <> '')", name="waived_with_reason"),
        sa.Index("ix_drafts_writing", "author_id", "incident_id", unique=True,
                 **_where("state = 'writing' AND incident_id IS NOT NULL")),
        sa.Index("ix_drafts_declaring", "author_id", unique=True,
                 **_where("state = 'writing' AND incident_id IS NULL")),
        sa.Index("ix_drafts_due", "due_at", **_where("state = 'queued'")),
        sa.Index(None, "incident_id", "state"),
    )  # fmt: skip

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    incident_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("incidents.id", ondelete="CASCADE"))
    author_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    author_name: Mapped[str] = mapped_column(sa.String(120))
    state: Mapped[DraftState] = mapped_column(enum_type(DraftState), default=DraftState.WRITING)
    fields: Mapped[dict[str, Any]]
    word: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    begun_at: Mapped[datetime] = mapped_column(Instant)
    saved_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
    asked_id: Mapped[uuid.UUID | None]
    returned_by_name: Mapped[str] = mapped_column(sa.String(120), default="")
    returned_reason: Mapped[str] = mapped_column(sa.String(500), default="")
    approval: Mapped[Approval] = mapped_column(enum_type(Approval), default=Approval.NOT_NEEDED)
    approved_by_name: Mapped[str] = mapped_column(sa.String(120), default="")
    unapproved_reason: Mapped[str] = mapped_column(sa.String(500), default="")
    update_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("updates.id", ondelete="SET NULL"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    incident: Mapped[Incident | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # read once by the mapper

    @property
    def body(self) -> str:
        """The words: as they will be published, or as far as they are written."""
        return str(self.word["body"]) if self.word else str((self.fields.get("body") or [""])[0])

    @property
    def seen_version(self) -> int | None:
        """The version of the incident that its author had before them, where the form said so."""
        text = str((self.fields.get("seen_version") or [""])[0])
        return int(text) if text.isascii() and text.isdigit() else None

    def note_seen(self, version: int) -> None:
        """Note that its author knows the incident in `version`: their own sending-off made it."""
        self.fields = {**self.fields, "seen_version": [str(version)]}
