"""Message templates."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from statuspage.core.db import Instant, Model, enum_type, new_id
from statuspage.core.languages import Language
from statuspage.domain.components.models import Component
from statuspage.domain.incidents.enums import Category, Severity
from statuspage.domain.wording.enums import Purpose, TemplateStatus


class MessageTemplate(Model):
    """Words for an occasion. Status, category and severity None mean any; `title` and `length_minutes` are proposals.

    `name_key` is the name folded for comparing, None once the template is removed. One that was shipped carries its
    key in `shipped_key`; when removed, its row stays so that it does not come back by itself.
    """

    __tablename__ = "message_templates"
    __table_args__ = (
        sa.CheckConstraint(
            "status IS NULL OR (purpose IN ('maintenance', 'maintenance_update')) = "
            "(status IN ('scheduled', 'in_progress', 'verifying', 'completed', 'cancelled'))",
            name="status_of_purpose",
        ),
        sa.CheckConstraint(
            "purpose NOT IN ('maintenance', 'maintenance_update') OR (category IS NULL AND severity IS NULL)",
            name="planned_has_no_cause",
        ),
        sa.CheckConstraint("purpose = 'maintenance' OR length_minutes IS NULL", name="only_planned_has_length"),
        sa.CheckConstraint("length_minutes BETWEEN 5 AND 43200", name="length"),
        sa.CheckConstraint("(removed_at IS NULL) = (name_key IS NOT NULL)", name="removed_frees_name"),
        sa.Index(None, "language", "purpose", "position"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(sa.String(120))
    name_key: Mapped[str | None] = mapped_column(sa.String(240), unique=True)
    purpose: Mapped[Purpose] = mapped_column(enum_type(Purpose))
    status: Mapped[TemplateStatus | None] = mapped_column(enum_type(TemplateStatus))
    category: Mapped[Category | None] = mapped_column(enum_type(Category))
    severity: Mapped[Severity | None] = mapped_column(enum_type(Severity))
    language: Mapped[Language] = mapped_column(enum_type(Language))
    title: Mapped[str] = mapped_column(sa.String(200), default="")
    body: Mapped[str] = mapped_column(sa.Text)
    workaround: Mapped[str] = mapped_column(sa.String(1000), default="")
    length_minutes: Mapped[int | None]
    position: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)
    shipped_key: Mapped[str | None] = mapped_column(sa.String(60), unique=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    updated_at: Mapped[datetime] = mapped_column(Instant)
    removed_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    components: Mapped[list["TemplateComponent"]] = relationship(
        order_by="TemplateComponent.id", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # read once by the mapper


class TemplateComponent(Model):
    """A component that planned work of this kind usually touches."""

    __tablename__ = "message_template_components"
    __table_args__ = (sa.UniqueConstraint("template_id", "component_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    template_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("message_templates.id", ondelete="CASCADE"))
    component_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("components.id", ondelete="CASCADE"), index=True)

    component: Mapped[Component] = relationship()
