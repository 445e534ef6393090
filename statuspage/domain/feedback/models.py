"""Reports, counts of answers, and how many reports suggest something."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from statuspage.core.db import Instant, Model, enum_type, new_id
from statuspage.domain.components.models import Component
from statuspage.domain.feedback.enums import Question, ReportKind, Verdict
from statuspage.domain.incidents.models import Incident


class ProblemReport(Model):
    """A reader saw something wrong: in a component (None: could not say), or still in a resolved incident.

    `incident_id` is the incident it was attached to or asked about. `address` is empty when none was left, and again
    once its one mail is on the way; `follow_up_id` names that mail's event.
    """

    __tablename__ = "problem_reports"
    __table_args__ = (
        sa.CheckConstraint("kind <> 'still' OR incident_id IS NOT NULL", name="still_names_incident"),
        sa.CheckConstraint("(verdict IS NULL) = (answered_at IS NULL)", name="verdict_has_time"),
        sa.CheckConstraint("address = '' OR dismissed_at IS NULL", name="dismissed_without_address"),
        sa.Index(None, "created_at"),
        sa.Index(None, "component_id", "created_at"),
        sa.Index(None, "incident_id", "created_at"),
        sa.Index(None, "follow_up_id", "id"),
        sa.Index(
            "ix_problem_reports_address",
            "address",
            unique=True,
            postgresql_where=sa.text("address <> ''"),
            sqlite_where=sa.text("address <> ''"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[ReportKind] = mapped_column(enum_type(ReportKind))
    component_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("components.id", ondelete="CASCADE"))
    incident_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("incidents.id", ondelete="CASCADE"))
    words: Mapped[str] = mapped_column(sa.String(1000), default="")
    address: Mapped[str] = mapped_column(sa.String(320), default="")
    locale: Mapped[str] = mapped_column(sa.String(12))
    created_at: Mapped[datetime] = mapped_column(Instant)
    dismissed_at: Mapped[datetime | None] = mapped_column(Instant)
    follow_up_id: Mapped[uuid.UUID | None]
    verdict: Mapped[Verdict | None] = mapped_column(enum_type(Verdict))
    answered_at: Mapped[datetime | None] = mapped_column(Instant)

    component: Mapped[Component | None] = relationship()
    incident: Mapped[Incident | None] = relationship()


class UpdateVotes(Model):
    """How many readers said that a public update helped them, or that it did not."""

    __tablename__ = "update_votes"
    __table_args__ = (sa.CheckConstraint("yes >= 0 AND no >= 0", name="counted"),)

    update_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("updates.id", ondelete="CASCADE"), primary_key=True)
    yes: Mapped[int] = mapped_column(default=0)
    no: Mapped[int] = mapped_column(default=0)


class IncidentVotes(Model):
    """How many readers said of an incident that they were told, or helped, soon enough."""

    __tablename__ = "incident_votes"
    __table_args__ = (sa.CheckConstraint("yes >= 0 AND no >= 0", name="counted"),)

    incident_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("incidents.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[Question] = mapped_column(enum_type(Question), primary_key=True)
    yes: Mapped[int] = mapped_column(default=0)
    no: Mapped[int] = mapped_column(default=0)


class ReportRules(Model):
    """How many reports within how many minutes suggest something: one row, made by the first change."""

    __tablename__ = "report_rules"
    __table_args__ = (
        sa.CheckConstraint("id = 1", name="one_row"),
        sa.CheckConstraint("reports BETWEEN 2 AND 100", name="reports"),
        sa.CheckConstraint("minutes BETWEEN 1 AND 120", name="minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reports: Mapped[int]
    minutes: Mapped[int]
