"""Incidents, their components, updates with versions, milestones and promises."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from statuspage.core.db import Instant, Model, enum_type, new_id
from statuspage.core.ids import public_code
from statuspage.domain.components.enums import ComponentStatus, Visibility
from statuspage.domain.components.models import Component
from statuspage.domain.incidents.enums import (
    Approval,
    Category,
    Impact,
    IncidentKind,
    IncidentState,
    MilestoneKind,
    PublicStatus,
    ResolutionKind,
    Severity,
    Source,
    UpdateVisibility,
)


def _user_key() -> Mapped[uuid.UUID | None]:
    return mapped_column(sa.ForeignKey("users.id", ondelete="SET NULL"), index=True)


class Incident(Model):
    """Something that went wrong. `public_*` columns hold what has been published and nothing else."""

    __tablename__ = "incidents"
    __table_args__ = (
        sa.CheckConstraint("visibility = 'internal' OR public_title IS NOT NULL", name="public_has_title"),
        sa.CheckConstraint("visibility = 'internal' OR kind <> 'drill'", name="drills_stay_inside"),
        sa.CheckConstraint("visibility = 'internal' OR NOT restricted", name="restricted_stay_inside"),
        sa.CheckConstraint("(visibility = 'public') = (public_status IS NOT NULL)", name="public_has_status"),
        sa.CheckConstraint("(state = 'merged') = (merged_into_id IS NOT NULL)", name="merged_names_other"),
        sa.CheckConstraint("merged_into_id <> id", name="merged_into_other"),
        sa.Index(None, "visibility", "public_started_at"),
        sa.Index(None, "visibility", "public_resolved_at"),
        sa.Index(None, "state"),
        sa.Index(None, "visibility", "public_status"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    ref: Mapped[str] = mapped_column(sa.String(20), unique=True)
    code: Mapped[str] = mapped_column(sa.String(12), unique=True, default=public_code)
    title: Mapped[str] = mapped_column(sa.String(200))
    public_title: Mapped[str | None] = mapped_column(sa.String(200))
    kind: Mapped[IncidentKind] = mapped_column(enum_type(IncidentKind))
    category: Mapped[Category | None] = mapped_column(enum_type(Category))
    source: Mapped[Source] = mapped_column(enum_type(Source))
    severity: Mapped[Severity] = mapped_column(enum_type(Severity))
    severity_initial: Mapped[Severity] = mapped_column(enum_type(Severity, "severity_initial"))
    severity_peak: Mapped[Severity] = mapped_column(enum_type(Severity, "severity_peak"))
    impact: Mapped[Impact] = mapped_column(enum_type(Impact))
    state: Mapped[IncidentState] = mapped_column(enum_type(IncidentState), default=IncidentState.INVESTIGATING)
    visibility: Mapped[Visibility] = mapped_column(enum_type(Visibility), default=Visibility.INTERNAL)
    restricted: Mapped[bool] = mapped_column(default=False)
    public_status: Mapped[PublicStatus | None] = mapped_column(enum_type(PublicStatus))
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    public_changed_at: Mapped[datetime | None] = mapped_column(Instant)
    public_started_at: Mapped[datetime | None] = mapped_column(Instant)
    public_resolved_at: Mapped[datetime | None] = mapped_column(Instant)
    title_redacted_at: Mapped[datetime | None] = mapped_column(Instant)
    workaround: Mapped[str] = mapped_column(sa.String(1000), default="")
    lead_id: Mapped[uuid.UUID | None] = _user_key()
    communications_id: Mapped[uuid.UUID | None] = _user_key()
    declared_by_id: Mapped[uuid.UUID | None] = _user_key()
    resolution_kind: Mapped[ResolutionKind | None] = mapped_column(enum_type(ResolutionKind))
    resolution_text: Mapped[str] = mapped_column(sa.Text, default="")
    closure_code: Mapped[str] = mapped_column(sa.String(60), default="")
    merged_into_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("incidents.id", ondelete="RESTRICT"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(Instant)
    updated_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    merged_into: Mapped["Incident | None"] = relationship(remote_side="Incident.id")
    components: Mapped[list["IncidentComponent"]] = relationship(order_by="IncidentComponent.id")
    updates: Mapped[list["Update"]] = relationship(back_populates="incident", order_by="Update.id.desc()")
    milestones: Mapped[list["Milestone"]] = relationship(order_by="Milestone.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # read once by the mapper

    @property
    def public(self) -> bool:
        """Whether customers may know of it."""
        return self.visibility is Visibility.PUBLIC

    @property
    def publicly_open(self) -> bool:
        """Whether customers see it as going on."""
        return self.public and self.public_status is not PublicStatus.RESOLVED


class IncidentComponent(Model):
    """A component an incident affects: how it is now, and what has been published of it (None: nothing)."""

    __tablename__ = "incident_components"
    __table_args__ = (
        sa.UniqueConstraint("incident_id", "component_id"),
        sa.Index(None, "component_id", "incident_id"),  # the newest incidents of a component, whatever the number
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    incident_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("incidents.id", ondelete="CASCADE"))
    component_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("components.id", ondelete="RESTRICT"))
    status: Mapped[ComponentStatus] = mapped_column(enum_type(ComponentStatus))
    published_status: Mapped[ComponentStatus | None] = mapped_column(enum_type(ComponentStatus, "published_status"))

    component: Mapped[Component] = relationship()


class Update(Model):
    """Something said about an incident. Its words are the newest of its versions; `display_at` is what readers see,
    `created_at` when it was recorded; a retracted one shows time and reason, not its words; `redacted_at` is when words
    were last taken out of it for good."""

    __tablename__ = "updates"
    __table_args__ = (
        sa.CheckConstraint("(visibility = 'public') = (status IS NOT NULL)", name="public_has_status"),
        sa.CheckConstraint("(visibility = 'public') = (published_at IS NOT NULL)", name="public_is_published"),
        sa.CheckConstraint("(approval IN ('approved', 'self')) = (approved_by_name <> '')", name="approved_by_whom"),
        sa.CheckConstraint("(approval = 'waived') = (unapproved_reason <> '')", name="waived_with_reason"),
        sa.Index(None, "incident_id", "id"),
        sa.Index(
            "ix_updates_published",
            "published_at",
            postgresql_where=sa.text("visibility = 'public'"),
            sqlite_where=sa.text("visibility = 'public'"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(sa.String(12), unique=True, default=public_code)
    incident_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("incidents.id", ondelete="CASCADE"))
    visibility: Mapped[UpdateVisibility] = mapped_column(enum_type(UpdateVisibility))
    status: Mapped[PublicStatus | None] = mapped_column(enum_type(PublicStatus))
    state: Mapped[IncidentState | None] = mapped_column(enum_type(IncidentState))
    notify: Mapped[bool]
    display_at: Mapped[datetime] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    author_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id", ondelete="SET NULL"), index=True)
    author_name: Mapped[str] = mapped_column(sa.String(120))
    retracted_at: Mapped[datetime | None] = mapped_column(Instant)
    retraction_reason: Mapped[str] = mapped_column(sa.String(500), default="")
    redacted_at: Mapped[datetime | None] = mapped_column(Instant)
    approval: Mapped[Approval] = mapped_column(enum_type(Approval), default=Approval.NOT_NEEDED)
    approved_by_name: Mapped[str] = mapped_column(sa.String(120), default="")
    unapproved_reason: Mapped[str] = mapped_column(sa.String(500), default="")

    incident: Mapped[Incident] = relationship(back_populates="updates")
    versions: Mapped[list["UpdateVersion"]] = relationship(order_by="UpdateVersion.number", back_populates="update")
    changes: Mapped[list["ComponentChange"]] = relationship(order_by="ComponentChange.id")
    promise: Mapped["Promise | None"] = relationship(back_populates="update")

    @property
    def public(self) -> bool:
        """Whether it was published."""
        return self.visibility is UpdateVisibility.PUBLIC

    @property
    def current(self) -> "UpdateVersion":
        """The words that stand."""
        return self.versions[-1]

    @property
    def edited(self) -> bool:
        """Whether the words were corrected."""
        return len(self.versions) > 1


class UpdateVersion(Model):
    """One wording of an update (CommonMark) and of what customers can do meanwhile."""

    __tablename__ = "update_versions"
    __table_args__ = (sa.UniqueConstraint("update_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    update_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("updates.id", ondelete="CASCADE"))
    number: Mapped[int]
    body: Mapped[str] = mapped_column(sa.Text)
    workaround: Mapped[str] = mapped_column(sa.String(1000), default="")
    reason: Mapped[str] = mapped_column(sa.String(500), default="")
    author_name: Mapped[str] = mapped_column(sa.String(120))
    created_at: Mapped[datetime] = mapped_column(Instant)

    update: Mapped[Update] = relationship(back_populates="versions")


class ComponentChange(Model):
    """What an update did to a component."""

    __tablename__ = "component_changes"
    __table_args__ = (sa.UniqueConstraint("update_id", "component_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    update_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("updates.id", ondelete="CASCADE"))
    component_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("components.id", ondelete="RESTRICT"), index=True)
    old_status: Mapped[ComponentStatus] = mapped_column(enum_type(ComponentStatus, "old_status"))
    new_status: Mapped[ComponentStatus] = mapped_column(enum_type(ComponentStatus, "new_status"))

    component: Mapped[Component] = relationship()


class Milestone(Model):
    """An instant in an incident's life. Changing one adds a row; the last recorded of a kind counts."""

    __tablename__ = "milestones"
    __table_args__ = (sa.Index(None, "incident_id", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    incident_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("incidents.id", ondelete="CASCADE"))
    kind: Mapped[MilestoneKind] = mapped_column(enum_type(MilestoneKind))
    at: Mapped[datetime] = mapped_column(Instant)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[str] = mapped_column(sa.String(120))


class Promise(Model):
    """ "Next update by": what a public update promised. It is kept by the next public update at or before it."""

    __tablename__ = "promises"
    __table_args__ = (sa.CheckConstraint("due_at > made_at", name="due_later"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    incident_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("incidents.id", ondelete="CASCADE"), index=True)
    update_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("updates.id", ondelete="CASCADE"), unique=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)

    update: Mapped[Update] = relationship(back_populates="promise")


class Removal(Model):
    """Words were taken out of an update, or (without one) out of the titles: who, when and why. Not which words.

    `places` counts where they stood; `whole` says that nothing of the update was left.
    """

    __tablename__ = "removals"
    __table_args__ = (sa.CheckConstraint("places > 0", name="found_somewhere"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    incident_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("incidents.id", ondelete="CASCADE"), index=True)
    update_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("updates.id", ondelete="CASCADE"), index=True)
    whole: Mapped[bool]
    places: Mapped[int]
    reason: Mapped[str] = mapped_column(sa.String(500))
    by_name: Mapped[str] = mapped_column(sa.String(120))
    at: Mapped[datetime] = mapped_column(Instant)


class RefCounter(Model):
    """The last number given in a series such as `INC-2026`."""

    __tablename__ = "ref_counters"

    series: Mapped[str] = mapped_column(sa.String(12), primary_key=True)
    number: Mapped[int]


class PublishingRules(Model):
    """How what staff write becomes public: one row, made by the first change; without it the usual rules count.

    `approval_severities` are the severities whose public updates need a second person.
    """

    __tablename__ = "publishing_rules"
    __table_args__ = (
        sa.CheckConstraint("id = 1", name="one_row"),
        sa.CheckConstraint("undo_seconds BETWEEN 0 AND 120", name="undo"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    undo_seconds: Mapped[int]
    approval_severities: Mapped[list[str]]
