"""The page's profile, groups, components and impact intervals."""

import uuid
from datetime import datetime
from itertools import combinations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from statuspage.core.db import Instant, Model, enum_type, new_id
from statuspage.core.ids import public_code
from statuspage.core.languages import SOURCE, Language
from statuspage.domain.components.enums import Cause, ComponentStatus, Visibility

EVERY_LANGUAGE = " ".join(Language)
_SHOWN = [" ".join(some) for count in range(len(Language) + 1) for some in combinations(Language, count)]


class SiteProfile(Model):
    """What the owner calls the page: one row, seeded from `site.*` at the first start, edited in the panel.

    Staff write in `locale`; `languages` are those whose pages are shown, in the order of the enum with spaces between.
    Weights are percent of a level's time that count as downtime; maintenance announced `notice_hours` ahead is excused.
    """

    __tablename__ = "site_profile"
    __table_args__ = (
        sa.CheckConstraint("id = 1", name="one_row"),
        sa.CheckConstraint(
            "0 <= weight_maintenance AND weight_maintenance <= weight_degraded AND weight_degraded <= weight_partial"
            " AND weight_partial <= weight_major AND weight_major <= 100",
            name="weights_grow",
        ),
        sa.CheckConstraint("notice_hours BETWEEN 0 AND 720", name="notice"),
        sa.CheckConstraint(f"languages IN ({', '.join(repr(some) for some in _SHOWN)})", name="languages_are_spoken"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(sa.String(12), default=public_code)
    name: Mapped[str] = mapped_column(sa.String(80))
    timezone: Mapped[str] = mapped_column(sa.String(60))
    locale: Mapped[Language] = mapped_column(enum_type(Language), default=SOURCE)
    languages: Mapped[str] = mapped_column(sa.String(60), default=EVERY_LANGUAGE)
    support_url: Mapped[str] = mapped_column(sa.String(300), default="")
    weight_major: Mapped[int] = mapped_column(default=100)
    weight_partial: Mapped[int] = mapped_column(default=30)
    weight_degraded: Mapped[int] = mapped_column(default=0)
    weight_maintenance: Mapped[int] = mapped_column(default=0)
    notice_hours: Mapped[int] = mapped_column(default=24)
    created_at: Mapped[datetime] = mapped_column(Instant)
    test_mail_at: Mapped[datetime | None] = mapped_column(Instant)
    backup_at: Mapped[datetime | None] = mapped_column(Instant)


class ComponentGroup(Model):
    """A heading over components."""

    __tablename__ = "component_groups"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(sa.String(12), unique=True, default=public_code)
    slug: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    description: Mapped[str] = mapped_column(sa.String(500), default="")
    position: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Instant)
    updated_at: Mapped[datetime] = mapped_column(Instant)

    components: Mapped[list["Component"]] = relationship(
        back_populates="group", order_by="Component.position", passive_deletes="all"
    )


class Component(Model):
    """A part of the service that customers know by name. Archived ones stay in history.

    `owner_team` and `runbook_url` are for staff alone; uptime has no data before `started_at`.
    """

    __tablename__ = "components"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(sa.String(12), unique=True, default=public_code)
    slug: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    description: Mapped[str] = mapped_column(sa.String(500), default="")
    owner_team: Mapped[str] = mapped_column(sa.String(120), default="")
    runbook_url: Mapped[str] = mapped_column(sa.String(300), default="")
    group_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("component_groups.id", ondelete="SET NULL"), index=True
    )
    position: Mapped[int]
    visibility: Mapped[Visibility] = mapped_column(enum_type(Visibility), default=Visibility.PUBLIC)
    showcase_uptime: Mapped[bool] = mapped_column(default=True)
    started_at: Mapped[datetime] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    updated_at: Mapped[datetime] = mapped_column(Instant)
    archived_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    group: Mapped[ComponentGroup | None] = relationship(back_populates="components")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # read once by the mapper

    @property
    def public(self) -> bool:
        """Whether customers may know of it now."""
        return self.visibility is Visibility.PUBLIC and self.archived_at is None


class ImpactInterval(Model):
    """A component was impaired from `started_at` to `ended_at` (None: still) because of `cause`.

    Only public intervals move anything public. One that was entered by mistake is voided: it stays, and counts nowhere.
    """

    __tablename__ = "impact_intervals"
    __table_args__ = (
        sa.CheckConstraint("ended_at IS NULL OR ended_at > started_at", name="ends_after_start"),
        sa.CheckConstraint("(cause = 'manual') = (cause_id IS NULL)", name="manual_has_no_cause"),
        sa.CheckConstraint("level <> 'operational'", name="impaired"),
        sa.CheckConstraint("voided_at IS NULL OR ended_at IS NOT NULL", name="voided_has_ended"),
        sa.Index(None, "component_id", "started_at"),
        sa.Index(None, "ended_at"),
        sa.Index(None, "cause_id"),
        sa.Index(
            "ix_impact_intervals_open",
            "component_id",
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    component_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("components.id", ondelete="CASCADE"))
    level: Mapped[ComponentStatus] = mapped_column(enum_type(ComponentStatus))
    started_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    public: Mapped[bool]
    cause: Mapped[Cause] = mapped_column(enum_type(Cause))
    cause_id: Mapped[uuid.UUID | None]
    voided_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # read once by the mapper
