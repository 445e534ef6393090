"""Drafts and approval, message templates, redaction."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

EVENTS_BEFORE = (
    "incident.opened",
    "incident.updated",
    "incident.current",
    "incident.corrected",
    "incident.retracted",
    "incident.resolved",
    "maintenance.announced",
    "maintenance.reminder",
    "maintenance.updated",
    "maintenance.started",
    "maintenance.completed",
    "maintenance.cancelled",
    "subscriber.confirm",
    "account.invite",
    "account.reset",
)
APPROVALS = ("approval.asked", "approval.waived")


def change_event_kinds(*words: str) -> None:
    """Let `events.kind` hold these words."""
    listed = ", ".join(f"'{word}'" for word in words)
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_events_eventkind"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_events_eventkind"), f"kind IN ({listed})")


def upgrade() -> None:
    change_event_kinds(*EVENTS_BEFORE, *APPROVALS, "mail.test")
    op.create_table(
        "message_templates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_key", sa.String(length=240), nullable=True),
        sa.Column(
            "purpose",
            sa.Enum(
                "first",
                "update",
                "resolution",
                "maintenance",
                "maintenance_update",
                name="purpose",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "investigating",
                "identified",
                "monitoring",
                "resolved",
                "scheduled",
                "in_progress",
                "verifying",
                "completed",
                "cancelled",
                name="templatestatus",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column(
            "category",
            sa.Enum(
                "hardware",
                "software",
                "network",
                "security",
                "third_party",
                "capacity",
                "change",
                "other",
                name="category",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column(
            "severity",
            sa.Enum(
                "sev1", "sev2", "sev3", "sev4", name="severity", native_enum=False, create_constraint=True, length=30
            ),
            nullable=True,
        ),
        sa.Column(
            "language",
            sa.Enum("en", "de", name="language", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("workaround", sa.String(length=1000), nullable=False),
        sa.Column("length_minutes", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("shipped_key", sa.String(length=60), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "purpose = 'maintenance' OR length_minutes IS NULL",
            name=op.f("ck_message_templates_only_planned_has_length"),
        ),
        sa.CheckConstraint(
            "purpose NOT IN ('maintenance', 'maintenance_update') OR (category IS NULL AND severity IS NULL)",
            name=op.f("ck_message_templates_planned_has_no_cause"),
        ),
        sa.CheckConstraint(
            "status IS NULL OR (purpose IN ('maintenance', 'maintenance_update'))"
            " = (status IN ('scheduled', 'in_progress', 'verifying', 'completed', 'cancelled'))",
            name=op.f("ck_message_templates_status_of_purpose"),
        ),
        sa.CheckConstraint(
            "(removed_at IS NULL) = (name_key IS NOT NULL)", name=op.f("ck_message_templates_removed_frees_name")
        ),
        sa.CheckConstraint("length_minutes BETWEEN 5 AND 43200", name=op.f("ck_message_templates_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_templates")),
        sa.UniqueConstraint("name_key", name=op.f("uq_message_templates_name_key")),
        sa.UniqueConstraint("shipped_key", name=op.f("uq_message_templates_shipped_key")),
    )
    with op.batch_alter_table("message_templates", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_message_templates_language_purpose_position"),
            ["language", "purpose", "position"],
            unique=False,
        )

    op.create_table(
        "publishing_rules",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("undo_seconds", sa.Integer(), nullable=False),
        sa.Column("approval_severities", sa.JSON(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_publishing_rules_one_row")),
        sa.CheckConstraint("undo_seconds BETWEEN 0 AND 120", name=op.f("ck_publishing_rules_undo")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publishing_rules")),
    )
    op.create_table(
        "message_template_components",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("component_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["component_id"],
            ["components.id"],
            name=op.f("fk_message_template_components_component_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["message_templates.id"],
            name=op.f("fk_message_template_components_template_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_template_components")),
        sa.UniqueConstraint(
            "template_id", "component_id", name=op.f("uq_message_template_components_template_id_component_id")
        ),
    )
    with op.batch_alter_table("message_template_components", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_template_components_component_id"), ["component_id"], unique=False)

    op.create_table(
        "drafts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.String(length=120), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "writing",
                "waiting_approval",
                "queued",
                "returned",
                "published",
                "discarded",
                name="draftstate",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("word", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_id", sa.Uuid(), nullable=True),
        sa.Column("returned_by_name", sa.String(length=120), nullable=False),
        sa.Column("returned_reason", sa.String(length=500), nullable=False),
        sa.Column(
            "approval",
            sa.Enum(
                "not_needed",
                "approved",
                "self",
                "waived",
                "notice",
                name="approval",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("approved_by_name", sa.String(length=120), nullable=False),
        sa.Column("unapproved_reason", sa.String(length=500), nullable=False),
        sa.Column("update_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(approval = 'waived') = (unapproved_reason <> '')", name=op.f("ck_drafts_waived_with_reason")
        ),
        sa.CheckConstraint(
            "(approval IN ('approved', 'self')) = (approved_by_name <> '')", name=op.f("ck_drafts_approved_by_whom")
        ),
        sa.CheckConstraint(
            "(state = 'waiting_approval') = (asked_id IS NOT NULL)", name=op.f("ck_drafts_waiting_was_asked")
        ),
        sa.CheckConstraint(
            "(state IN ('published', 'discarded')) = (finished_at IS NOT NULL)", name=op.f("ck_drafts_finished_when")
        ),
        sa.CheckConstraint(
            "incident_id IS NOT NULL OR state IN ('writing', 'discarded')", name=op.f("ck_drafts_sent_about_incident")
        ),
        sa.CheckConstraint("state <> 'queued' OR due_at IS NOT NULL", name=op.f("ck_drafts_queued_is_due")),
        sa.CheckConstraint(
            "state NOT IN ('queued', 'waiting_approval') OR word IS NOT NULL", name=op.f("ck_drafts_sent_has_word")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_drafts_author_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_drafts_incident_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["update_id"], ["updates.id"], name=op.f("fk_drafts_update_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drafts_author_id"), ["author_id"], unique=False)
        batch_op.create_index(
            "ix_drafts_declaring",
            ["author_id"],
            unique=True,
            postgresql_where=sa.text("state = 'writing' AND incident_id IS NULL"),
            sqlite_where=sa.text("state = 'writing' AND incident_id IS NULL"),
        )
        batch_op.create_index(
            "ix_drafts_due",
            ["due_at"],
            unique=False,
            postgresql_where=sa.text("state = 'queued'"),
            sqlite_where=sa.text("state = 'queued'"),
        )
        batch_op.create_index(batch_op.f("ix_drafts_incident_id_state"), ["incident_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_drafts_update_id"), ["update_id"], unique=False)
        batch_op.create_index(
            "ix_drafts_writing",
            ["author_id", "incident_id"],
            unique=True,
            postgresql_where=sa.text("state = 'writing' AND incident_id IS NOT NULL"),
            sqlite_where=sa.text("state = 'writing' AND incident_id IS NOT NULL"),
        )

    op.create_table(
        "maintenance_removals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("maintenance_id", sa.Uuid(), nullable=False),
        sa.Column("update_id", sa.Uuid(), nullable=True),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["maintenance_id"],
            ["maintenances.id"],
            name=op.f("fk_maintenance_removals_maintenance_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["update_id"],
            ["maintenance_updates.id"],
            name=op.f("fk_maintenance_removals_update_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_maintenance_removals")),
    )
    with op.batch_alter_table("maintenance_removals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_maintenance_removals_maintenance_id"), ["maintenance_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_maintenance_removals_update_id"), ["update_id"], unique=False)

    op.create_table(
        "removals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("update_id", sa.Uuid(), nullable=True),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("places > 0", name=op.f("ck_removals_found_somewhere")),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_removals_incident_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["update_id"], ["updates.id"], name=op.f("fk_removals_update_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removals")),
    )
    with op.batch_alter_table("removals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_removals_incident_id"), ["incident_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_removals_update_id"), ["update_id"], unique=False)

    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_deliveries_failed",
            ["id"],
            unique=False,
            postgresql_where=sa.text("state IN ('gone', 'dead')"),
            sqlite_where=sa.text("state IN ('gone', 'dead')"),
        )

    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_events_subject_id"), ["subject_id"], unique=False)

    with op.batch_alter_table("impact_intervals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_impact_intervals_ended_at"), ["ended_at"], unique=False)

    with op.batch_alter_table("incidents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("title_redacted_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("maintenance_updates", schema=None) as batch_op:
        batch_op.add_column(sa.Column("redacted_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("maintenances", schema=None) as batch_op:
        batch_op.add_column(sa.Column("title_redacted_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("updates", schema=None) as batch_op:
        batch_op.add_column(sa.Column("redacted_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("approval", sa.String(length=30), nullable=False, server_default="not_needed"))
        batch_op.add_column(sa.Column("approved_by_name", sa.String(length=120), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("unapproved_reason", sa.String(length=500), nullable=False, server_default=""))

    # What was published before needed nobody; from here on every row says it for itself.
    with op.batch_alter_table("updates", schema=None) as batch_op:
        for name in ("approval", "approved_by_name", "unapproved_reason"):
            batch_op.alter_column(name, existing_type=sa.String(), existing_nullable=False, server_default=None)
        batch_op.create_check_constraint(
            batch_op.f("ck_updates_approval"),
            "approval IN ('not_needed', 'approved', 'self', 'waived', 'notice')",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_updates_approved_by_whom"),
            "(approval IN ('approved', 'self')) = (approved_by_name <> '')",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_updates_waived_with_reason"), "(approval = 'waived') = (unapproved_reason <> '')"
        )


def downgrade() -> None:
    op.execute("DELETE FROM events WHERE kind IN ('approval.asked', 'approval.waived')")
    change_event_kinds(*EVENTS_BEFORE, "mail.test")
    with op.batch_alter_table("updates", schema=None) as batch_op:
        for name in ("approval", "approved_by_whom", "waived_with_reason"):
            batch_op.drop_constraint(batch_op.f(f"ck_updates_{name}"), type_="check")

    with op.batch_alter_table("updates", schema=None) as batch_op:
        batch_op.drop_column("unapproved_reason")
        batch_op.drop_column("approved_by_name")
        batch_op.drop_column("approval")
        batch_op.drop_column("redacted_at")

    with op.batch_alter_table("maintenances", schema=None) as batch_op:
        batch_op.drop_column("title_redacted_at")

    with op.batch_alter_table("maintenance_updates", schema=None) as batch_op:
        batch_op.drop_column("redacted_at")

    with op.batch_alter_table("incidents", schema=None) as batch_op:
        batch_op.drop_column("title_redacted_at")

    with op.batch_alter_table("impact_intervals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_impact_intervals_ended_at"))

    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_events_subject_id"))

    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_deliveries_failed",
            postgresql_where=sa.text("state IN ('gone', 'dead')"),
            sqlite_where=sa.text("state IN ('gone', 'dead')"),
        )

    with op.batch_alter_table("removals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_removals_update_id"))
        batch_op.drop_index(batch_op.f("ix_removals_incident_id"))

    op.drop_table("removals")
    with op.batch_alter_table("maintenance_removals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_maintenance_removals_update_id"))
        batch_op.drop_index(batch_op.f("ix_maintenance_removals_maintenance_id"))

    op.drop_table("maintenance_removals")
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_drafts_writing",
            postgresql_where=sa.text("state = 'writing' AND incident_id IS NOT NULL"),
            sqlite_where=sa.text("state = 'writing' AND incident_id IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_drafts_update_id"))
        batch_op.drop_index(batch_op.f("ix_drafts_incident_id_state"))
        batch_op.drop_index(
            "ix_drafts_due", postgresql_where=sa.text("state = 'queued'"), sqlite_where=sa.text("state = 'queued'")
        )
        batch_op.drop_index(
            "ix_drafts_declaring",
            postgresql_where=sa.text("state = 'writing' AND incident_id IS NULL"),
            sqlite_where=sa.text("state = 'writing' AND incident_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_drafts_author_id"))

    op.drop_table("drafts")
    with op.batch_alter_table("message_template_components", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_template_components_component_id"))

    op.drop_table("message_template_components")
    op.drop_table("publishing_rules")
    with op.batch_alter_table("message_templates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_templates_language_purpose_position"))

    op.drop_table("message_templates")
