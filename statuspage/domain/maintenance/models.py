"""Maintenances, the components they touch, their updates and every window that was announced."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from statuspage.core.db import Instant, Model, enum_type, new_id
from statuspage.core.ids import public_code
from statuspage.domain.components.models import Component
from statuspage.domain.maintenance.enums import MaintenanceStatus
from statuspage.domain.maintenance.rules import REMINDERS, RUNNING


class Maintenance(Model):
    """Planned work. `starts_at` and `ends_at` are the window announced last; `timezone` is how it was said."""

    __tablename__ = "maintenances"
    __table_args__ = (
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        sa.Index(None, "status", "starts_at"),
        sa.Index(None, "starts_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    ref: Mapped[str] = mapped_column(sa.String(20), unique=True)
    code: Mapped[str] = mapped_column(sa.String(12), unique=True, default=public_code)
    title: Mapped[str] = mapped_column(sa.String(200))
    status: Mapped[MaintenanceStatus] = mapped_column(enum_type(MaintenanceStatus), default=MaintenanceStatus.SCHEDULED)
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    timezone: Mapped[str] = mapped_column(sa.String(60))
    auto_start: Mapped[bool] = mapped_column(default=True)
    auto_end: Mapped[bool] = mapped_column(default=True)
    notify: Mapped[bool] = mapped_column(default=True)
    series_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("maintenance_series.id", ondelete="SET NULL"), index=True
    )
    reminder_hours: Mapped[list[int]] = mapped_column(sa.JSON, default=lambda: list(REMINDERS))
    published_at: Mapped[datetime] = mapped_column(Instant)
    public_changed_at: Mapped[datetime] = mapped_column(Instant)
    title_redacted_at: Mapped[datetime | None] = mapped_column(Instant)
    started_at: Mapped[datetime | None] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    updated_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    series: Mapped["Series | None"] = relationship()
    components: Mapped[list["MaintenanceComponent"]] = relationship(order_by="MaintenanceComponent.id")
    updates: Mapped[list["MaintenanceUpdate"]] = relationship(
        back_populates="maintenance", order_by="MaintenanceUpdate.id.desc()"
    )
    windows: Mapped[list["Window"]] = relationship(order_by="Window.id")
    reminders: Mapped[list["Reminder"]] = relationship(order_by="Reminder.due_at", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # read once by the mapper

    @property
    def running(self) -> bool:
        """Whether it has begun and not ended."""
        return self.status in RUNNING


class MaintenanceComponent(Model):
    """A component the work touches."""

    __tablename__ = "maintenance_components"
    __table_args__ = (sa.UniqueConstraint("maintenance_id", "component_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    maintenance_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("maintenances.id", ondelete="CASCADE"))
    component_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("components.id", ondelete="RESTRICT"), index=True)

    component: Mapped[Component] = relationship()


class MaintenanceUpdate(Model):
    """Something said about a maintenance, in CommonMark; always public. `redacted_at` is when words were last taken out
    of it for good."""

    __tablename__ = "maintenance_updates"
    __table_args__ = (sa.Index(None, "maintenance_id", "id"), sa.Index(None, "published_at"))

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(sa.String(12), unique=True, default=public_code)
    maintenance_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("maintenances.id", ondelete="CASCADE"))
    status: Mapped[MaintenanceStatus] = mapped_column(enum_type(MaintenanceStatus))
    body: Mapped[str] = mapped_column(sa.Text)
    notify: Mapped[bool]
    published_at: Mapped[datetime] = mapped_column(Instant)
    author_name: Mapped[str] = mapped_column(sa.String(120))
    redacted_at: Mapped[datetime | None] = mapped_column(Instant)

    maintenance: Mapped[Maintenance] = relationship(back_populates="updates")


class MaintenanceRemoval(Model):
    """Words were taken out of an update, or (without one) out of the title: who, when and why. Not which words."""

    __tablename__ = "maintenance_removals"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    maintenance_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("maintenances.id", ondelete="CASCADE"), index=True)
    update_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("maintenance_updates.id", ondelete="CASCADE"), index=True
    )
    whole: Mapped[bool]
    reason: Mapped[str] = mapped_column(sa.String(500))
    by_name: Mapped[str] = mapped_column(sa.String(120))
    at: Mapped[datetime] = mapped_column(Instant)

    @property
    def places(self) -> int:
        """In how many stored texts the words stood: an update of a maintenance has one wording."""
        return 1


class Window(Model):
    """A window as it was announced at `recorded_at`."""

    __tablename__ = "maintenance_windows"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    maintenance_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("maintenances.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    recorded_at: Mapped[datetime] = mapped_column(Instant)


class Reminder(Model):
    """People are reminded at `due_at` that work begins; `done_at` is when that was done or had become needless."""

    __tablename__ = "maintenance_reminders"
    __table_args__ = (
        sa.Index(
            "ix_maintenance_reminders_waiting",
            "due_at",
            postgresql_where=sa.text("done_at IS NULL"),
            sqlite_where=sa.text("done_at IS NULL"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    maintenance_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("maintenances.id", ondelete="CASCADE"), index=True)
    due_at: Mapped[datetime] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    sent: Mapped[bool] = mapped_column(default=False)


class Series(Model):
    """Work that repeats by `rule` from its first window on; its maintenances are made some weeks ahead.

    `made` windows of the rule have been dealt with; `next_at` is when the next one begins, None at the end of the rule
    or when somebody stopped it. `draft` is what every maintenance says.
    """

    __tablename__ = "maintenance_series"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    rule: Mapped[str] = mapped_column(sa.String(220))
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    timezone: Mapped[str] = mapped_column(sa.String(60))
    draft: Mapped[dict[str, Any]]
    made: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
