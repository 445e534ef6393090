"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_tokens",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "scope",
            sa.Enum(
                "read", "publish", "manage", "admin", name="scope", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_tokens_token_hash")),
    )
    op.create_table(
        "audit_lines",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "actor_kind",
            sa.Enum(
                "user",
                "token",
                "subscriber",
                "shell",
                "system",
                name="actorkind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.String(length=120), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_lines")),
    )
    with op.batch_alter_table("audit_lines", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_lines_subject_type_subject_id_id"), ["subject_type", "subject_id", "id"], unique=False
        )

    op.create_table(
        "buckets",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("level", sa.Double(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_buckets")),
    )
    with op.batch_alter_table("buckets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_buckets_at"), ["at"], unique=False)

    op.create_table(
        "component_groups",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("description", sa.String(length=500), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_component_groups")),
        sa.UniqueConstraint("code", name=op.f("uq_component_groups_code")),
        sa.UniqueConstraint("slug", name=op.f("uq_component_groups_slug")),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
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
                "mail.test",
                name="eventkind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cursor", sa.Uuid(), nullable=True),
        sa.Column("expanded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(length=500), nullable=False),
        sa.CheckConstraint("faults >= 0", name=op.f("ck_events_faults_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("kind", "subject_id", name=op.f("uq_events_kind_subject_id")),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_events_thread_id_id"), ["thread_id", "id"], unique=False)
        batch_op.create_index(
            "ix_events_waiting",
            ["id"],
            unique=False,
            postgresql_where=sa.text("expanded_at IS NULL"),
            sqlite_where=sa.text("expanded_at IS NULL"),
        )

    op.create_table(
        "maintenance_series",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(length=220), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_maintenance_series")),
    )
    with op.batch_alter_table("maintenance_series", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_maintenance_series_next_at"), ["next_at"], unique=False)

    op.create_table(
        "publication_counter",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_publication_counter_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_counter")),
    )
    op.create_table(
        "publications",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touches", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_publications")),
    )
    op.create_table(
        "ref_counters",
        sa.Column("series", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_ref_counters")),
    )
    op.create_table(
        "site_profile",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("support_url", sa.String(length=300), nullable=False),
        sa.Column("weight_major", sa.Integer(), nullable=False),
        sa.Column("weight_partial", sa.Integer(), nullable=False),
        sa.Column("weight_degraded", sa.Integer(), nullable=False),
        sa.Column("weight_maintenance", sa.Integer(), nullable=False),
        sa.Column("notice_hours", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("test_mail_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("backup_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "0 <= weight_maintenance AND weight_maintenance <= weight_degraded"
            " AND weight_degraded <= weight_partial AND weight_partial <= weight_major AND weight_major <= 100",
            name=op.f("ck_site_profile_weights_grow"),
        ),
        sa.CheckConstraint("id = 1", name=op.f("ck_site_profile_one_row")),
        sa.CheckConstraint("notice_hours BETWEEN 0 AND 720", name=op.f("ck_site_profile_notice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_profile")),
    )
    op.create_table(
        "subscribers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("email", name="channel", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("endpoint", sa.String(length=320), nullable=False),
        sa.Column("endpoint_key", sa.String(length=320), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending", "confirmed", name="subscriberstate", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("all_components", sa.Boolean(), nullable=False),
        sa.Column(
            "minimum_impact",
            sa.Enum(
                "none",
                "minor",
                "major",
                "critical",
                name="impact",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("maintenance", sa.Boolean(), nullable=False),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'confirmed') = (confirmed_at IS NOT NULL)", name=op.f("ck_subscribers_confirmed_has_time")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscribers")),
        sa.UniqueConstraint("channel", "endpoint_key", name=op.f("uq_subscribers_channel_endpoint_key")),
    )
    with op.batch_alter_table("subscribers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_subscribers_state_id"), ["state", "id"], unique=False)

    op.create_table(
        "sweeps",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sweeps")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("email_key", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "viewer",
                "responder",
                "publisher",
                "manager",
                "admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email_key", name=op.f("uq_users_email_key")),
    )
    op.create_table(
        "workers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("host", sa.String(length=120), nullable=False),
        sa.Column("version", sa.String(length=30), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workers")),
    )
    with op.batch_alter_table("workers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workers_seen_at"), ["seen_at"], unique=False)

    op.create_table(
        "account_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "setup", "invite", "reset", name="linkpurpose", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(user_id IS NULL) = (purpose = 'setup')", name=op.f("ck_account_links_setup_has_no_user")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_account_links_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_links")),
    )
    with op.batch_alter_table("account_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_links_user_id"), ["user_id"], unique=False)

    op.create_table(
        "components",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("description", sa.String(length=500), nullable=False),
        sa.Column("owner_team", sa.String(length=120), nullable=False),
        sa.Column("runbook_url", sa.String(length=300), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "visibility",
            sa.Enum("public", "internal", name="visibility", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("showcase_uptime", sa.Boolean(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["component_groups.id"], name=op.f("fk_components_group_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_components")),
        sa.UniqueConstraint("code", name=op.f("uq_components_code")),
        sa.UniqueConstraint("slug", name=op.f("uq_components_slug")),
    )
    with op.batch_alter_table("components", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_components_group_id"), ["group_id"], unique=False)

    op.create_table(
        "confirmations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subscriber_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscribers.id"], name=op.f("fk_confirmations_subscriber_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmations")),
    )
    with op.batch_alter_table("confirmations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_confirmations_subscriber_id"), ["subscriber_id"], unique=False)

    op.create_table(
        "deliveries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("email", name="channel", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column(
            "lane",
            sa.Enum(
                "account", "live", "retry", "bulk", name="lane", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "claimed",
                "delivered",
                "uncertain",
                "collapsed",
                "skipped",
                "gone",
                "dead",
                name="deliverystate",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claim_token", sa.Uuid(), nullable=True),
        sa.Column("claimed_by", sa.Uuid(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("transport_called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("uncertain_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("receipt", sa.String(length=300), nullable=False),
        sa.Column("last_error", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "(state = 'claimed') = (claim_token IS NOT NULL)", name=op.f("ck_deliveries_claimed_by_token")
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_deliveries_attempts_not_negative")),
        sa.CheckConstraint("faults >= 0", name=op.f("ck_deliveries_faults_not_negative")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_deliveries_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint(
            "event_id", "recipient_id", "channel", name=op.f("uq_deliveries_event_id_recipient_id_channel")
        ),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_deliveries_due",
            ["lane", "next_attempt_at", "id"],
            unique=False,
            postgresql_where=sa.text("state = 'queued'"),
            sqlite_where=sa.text("state = 'queued'"),
        )
        batch_op.create_index(
            "ix_deliveries_leased",
            ["lease_until"],
            unique=False,
            postgresql_where=sa.text("state = 'claimed'"),
            sqlite_where=sa.text("state = 'claimed'"),
        )
        batch_op.create_index(
            batch_op.f("ix_deliveries_recipient_id_thread_id_event_id"),
            ["recipient_id", "thread_id", "event_id"],
            unique=False,
        )

    op.create_table(
        "incidents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("public_title", sa.String(length=200), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "real",
                "drill",
                "false_alarm",
                name="incidentkind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
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
            "source",
            sa.Enum(
                "monitor",
                "staff",
                "customer",
                "partner",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "severity",
            sa.Enum(
                "sev1", "sev2", "sev3", "sev4", name="severity", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column(
            "severity_initial",
            sa.Enum(
                "sev1",
                "sev2",
                "sev3",
                "sev4",
                name="severity_initial",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "severity_peak",
            sa.Enum(
                "sev1",
                "sev2",
                "sev3",
                "sev4",
                name="severity_peak",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "impact",
            sa.Enum(
                "none",
                "minor",
                "major",
                "critical",
                name="impact",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "investigating",
                "identified",
                "mitigated",
                "resolved",
                "closed",
                "cancelled",
                "merged",
                name="incidentstate",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "visibility",
            sa.Enum("public", "internal", name="visibility", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column(
            "public_status",
            sa.Enum(
                "investigating",
                "identified",
                "monitoring",
                "resolved",
                name="publicstatus",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("workaround", sa.String(length=1000), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=True),
        sa.Column("communications_id", sa.Uuid(), nullable=True),
        sa.Column("declared_by_id", sa.Uuid(), nullable=True),
        sa.Column(
            "resolution_kind",
            sa.Enum(
                "permanent",
                "workaround",
                "none_needed",
                name="resolutionkind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("resolution_text", sa.Text(), nullable=False),
        sa.Column("closure_code", sa.String(length=60), nullable=False),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'merged') = (merged_into_id IS NOT NULL)", name=op.f("ck_incidents_merged_names_other")
        ),
        sa.CheckConstraint(
            "(visibility = 'public') = (public_status IS NOT NULL)", name=op.f("ck_incidents_public_has_status")
        ),
        sa.CheckConstraint(
            "visibility = 'internal' OR NOT restricted", name=op.f("ck_incidents_restricted_stay_inside")
        ),
        sa.CheckConstraint("visibility = 'internal' OR kind <> 'drill'", name=op.f("ck_incidents_drills_stay_inside")),
        sa.CheckConstraint(
            "visibility = 'internal' OR public_title IS NOT NULL", name=op.f("ck_incidents_public_has_title")
        ),
        sa.CheckConstraint("merged_into_id <> id", name=op.f("ck_incidents_merged_into_other")),
        sa.ForeignKeyConstraint(
            ["communications_id"], ["users.id"], name=op.f("fk_incidents_communications_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["declared_by_id"], ["users.id"], name=op.f("fk_incidents_declared_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["users.id"], name=op.f("fk_incidents_lead_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["incidents.id"], name=op.f("fk_incidents_merged_into_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
        sa.UniqueConstraint("code", name=op.f("uq_incidents_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_incidents_ref")),
    )
    with op.batch_alter_table("incidents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incidents_communications_id"), ["communications_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_incidents_declared_by_id"), ["declared_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_incidents_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_incidents_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_incidents_state"), ["state"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_incidents_visibility_public_resolved_at"), ["visibility", "public_resolved_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_incidents_visibility_public_started_at"), ["visibility", "public_started_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_incidents_visibility_public_status"), ["visibility", "public_status"], unique=False
        )

    op.create_table(
        "maintenances",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "scheduled",
                "in_progress",
                "verifying",
                "completed",
                "cancelled",
                name="maintenancestatus",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("auto_start", sa.Boolean(), nullable=False),
        sa.Column("auto_end", sa.Boolean(), nullable=False),
        sa.Column("notify", sa.Boolean(), nullable=False),
        sa.Column("series_id", sa.Uuid(), nullable=True),
        sa.Column("reminder_hours", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_maintenances_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["series_id"], ["maintenance_series.id"], name=op.f("fk_maintenances_series_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_maintenances")),
        sa.UniqueConstraint("code", name=op.f("uq_maintenances_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_maintenances_ref")),
    )
    with op.batch_alter_table("maintenances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_maintenances_series_id"), ["series_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_maintenances_starts_at"), ["starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_maintenances_status_starts_at"), ["status", "starts_at"], unique=False)

    op.create_table(
        "remembered_answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("location", sa.String(length=300), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["token_id"], ["api_tokens.id"], name=op.f("fk_remembered_answers_token_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remembered_answers")),
        sa.UniqueConstraint("token_id", "key", name=op.f("uq_remembered_answers_token_id_key")),
    )
    with op.batch_alter_table("remembered_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_remembered_answers_created_at"), ["created_at"], unique=False)

    op.create_table(
        "user_sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_user_sessions_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_user_sessions_token_hash")),
    )
    with op.batch_alter_table("user_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_sessions_user_id"), ["user_id"], unique=False)

    op.create_table(
        "impact_intervals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("component_id", sa.Uuid(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "operational",
                "under_maintenance",
                "degraded_performance",
                "partial_outage",
                "major_outage",
                name="componentstatus",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column(
            "cause",
            sa.Enum(
                "manual", "incident", "maintenance", name="cause", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("cause_id", sa.Uuid(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(cause = 'manual') = (cause_id IS NULL)", name=op.f("ck_impact_intervals_manual_has_no_cause")
        ),
        sa.CheckConstraint("level <> 'operational'", name=op.f("ck_impact_intervals_impaired")),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_at > started_at", name=op.f("ck_impact_intervals_ends_after_start")
        ),
        sa.CheckConstraint(
            "voided_at IS NULL OR ended_at IS NOT NULL", name=op.f("ck_impact_intervals_voided_has_ended")
        ),
        sa.ForeignKeyConstraint(
            ["component_id"], ["components.id"], name=op.f("fk_impact_intervals_component_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impact_intervals")),
    )
    with op.batch_alter_table("impact_intervals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_impact_intervals_cause_id"), ["cause_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_impact_intervals_component_id_started_at"), ["component_id", "started_at"], unique=False
        )
        batch_op.create_index(
            "ix_impact_intervals_open",
            ["component_id"],
            unique=False,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "incident_components",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("component_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "operational",
                "under_maintenance",
                "degraded_performance",
                "partial_outage",
                "major_outage",
                name="componentstatus",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "published_status",
            sa.Enum(
                "operational",
                "under_maintenance",
                "degraded_performance",
                "partial_outage",
                "major_outage",
                name="published_status",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["component_id"], ["components.id"], name=op.f("fk_incident_components_component_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_incident_components_incident_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_components")),
        sa.UniqueConstraint(
            "incident_id", "component_id", name=op.f("uq_incident_components_incident_id_component_id")
        ),
    )
    with op.batch_alter_table("incident_components", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_components_component_id"), ["component_id"], unique=False)

    op.create_table(
        "maintenance_components",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("maintenance_id", sa.Uuid(), nullable=False),
        sa.Column("component_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["component_id"],
            ["components.id"],
            name=op.f("fk_maintenance_components_component_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["maintenance_id"],
            ["maintenances.id"],
            name=op.f("fk_maintenance_components_maintenance_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_maintenance_components")),
        sa.UniqueConstraint(
            "maintenance_id", "component_id", name=op.f("uq_maintenance_components_maintenance_id_component_id")
        ),
    )
    with op.batch_alter_table("maintenance_components", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_maintenance_components_component_id"), ["component_id"], unique=False)

    op.create_table(
        "maintenance_reminders",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("maintenance_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["maintenance_id"],
            ["maintenances.id"],
            name=op.f("fk_maintenance_reminders_maintenance_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_maintenance_reminders")),
    )
    with op.batch_alter_table("maintenance_reminders", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_maintenance_reminders_maintenance_id"), ["maintenance_id"], unique=False)
        batch_op.create_index(
            "ix_maintenance_reminders_waiting",
            ["due_at"],
            unique=False,
            postgresql_where=sa.text("done_at IS NULL"),
            sqlite_where=sa.text("done_at IS NULL"),
        )

    op.create_table(
        "maintenance_updates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("maintenance_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "scheduled",
                "in_progress",
                "verifying",
                "completed",
                "cancelled",
                name="maintenancestatus",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("notify", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["maintenance_id"],
            ["maintenances.id"],
            name=op.f("fk_maintenance_updates_maintenance_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_maintenance_updates")),
        sa.UniqueConstraint("code", name=op.f("uq_maintenance_updates_code")),
    )
    with op.batch_alter_table("maintenance_updates", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_maintenance_updates_maintenance_id_id"), ["maintenance_id", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_maintenance_updates_published_at"), ["published_at"], unique=False)

    op.create_table(
        "maintenance_windows",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("maintenance_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["maintenance_id"],
            ["maintenances.id"],
            name=op.f("fk_maintenance_windows_maintenance_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_maintenance_windows")),
    )
    with op.batch_alter_table("maintenance_windows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_maintenance_windows_maintenance_id"), ["maintenance_id"], unique=False)

    op.create_table(
        "milestones",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "impact_started",
                "detected",
                "declared",
                "alerted",
                "acknowledged",
                "identified",
                "mitigated",
                "resolved",
                "closed",
                "reopened",
                "first_public_update",
                name="milestonekind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_milestones_incident_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestones")),
    )
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestones_incident_id_id"), ["incident_id", "id"], unique=False)

    op.create_table(
        "subscriber_components",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subscriber_id", sa.Uuid(), nullable=False),
        sa.Column("component_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["component_id"], ["components.id"], name=op.f("fk_subscriber_components_component_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["subscribers.id"],
            name=op.f("fk_subscriber_components_subscriber_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriber_components")),
        sa.UniqueConstraint(
            "subscriber_id", "component_id", name=op.f("uq_subscriber_components_subscriber_id_component_id")
        ),
    )
    with op.batch_alter_table("subscriber_components", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_subscriber_components_component_id"), ["component_id"], unique=False)

    op.create_table(
        "updates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column(
            "visibility",
            sa.Enum(
                "internal_note",
                "internal_status",
                "public",
                name="updatevisibility",
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
                name="publicstatus",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "investigating",
                "identified",
                "mitigated",
                "resolved",
                "closed",
                "cancelled",
                "merged",
                name="incidentstate",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("notify", sa.Boolean(), nullable=False),
        sa.Column("display_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("author_name", sa.String(length=120), nullable=False),
        sa.Column("retracted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retraction_reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "(visibility = 'public') = (published_at IS NOT NULL)", name=op.f("ck_updates_public_is_published")
        ),
        sa.CheckConstraint("(visibility = 'public') = (status IS NOT NULL)", name=op.f("ck_updates_public_has_status")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_updates_author_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_updates_incident_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_updates")),
        sa.UniqueConstraint("code", name=op.f("uq_updates_code")),
    )
    with op.batch_alter_table("updates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_updates_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_updates_incident_id_id"), ["incident_id", "id"], unique=False)
        batch_op.create_index(
            "ix_updates_published",
            ["published_at"],
            unique=False,
            postgresql_where=sa.text("visibility = 'public'"),
            sqlite_where=sa.text("visibility = 'public'"),
        )

    op.create_table(
        "component_changes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("update_id", sa.Uuid(), nullable=False),
        sa.Column("component_id", sa.Uuid(), nullable=False),
        sa.Column(
            "old_status",
            sa.Enum(
                "operational",
                "under_maintenance",
                "degraded_performance",
                "partial_outage",
                "major_outage",
                name="old_status",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "new_status",
            sa.Enum(
                "operational",
                "under_maintenance",
                "degraded_performance",
                "partial_outage",
                "major_outage",
                name="new_status",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["component_id"], ["components.id"], name=op.f("fk_component_changes_component_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["update_id"], ["updates.id"], name=op.f("fk_component_changes_update_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_component_changes")),
        sa.UniqueConstraint("update_id", "component_id", name=op.f("uq_component_changes_update_id_component_id")),
    )
    with op.batch_alter_table("component_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_component_changes_component_id"), ["component_id"], unique=False)

    op.create_table(
        "promises",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("update_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("due_at > made_at", name=op.f("ck_promises_due_later")),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_promises_incident_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["update_id"], ["updates.id"], name=op.f("fk_promises_update_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
        sa.UniqueConstraint("update_id", name=op.f("uq_promises_update_id")),
    )
    with op.batch_alter_table("promises", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_promises_incident_id"), ["incident_id"], unique=False)

    op.create_table(
        "update_versions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("update_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("workaround", sa.String(length=1000), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("author_name", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["update_id"], ["updates.id"], name=op.f("fk_update_versions_update_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_update_versions")),
        sa.UniqueConstraint("update_id", "number", name=op.f("uq_update_versions_update_id_number")),
    )


def downgrade() -> None:
    op.drop_table("update_versions")
    with op.batch_alter_table("promises", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_promises_incident_id"))

    op.drop_table("promises")
    with op.batch_alter_table("component_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_component_changes_component_id"))

    op.drop_table("component_changes")
    with op.batch_alter_table("updates", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_updates_published",
            postgresql_where=sa.text("visibility = 'public'"),
            sqlite_where=sa.text("visibility = 'public'"),
        )
        batch_op.drop_index(batch_op.f("ix_updates_incident_id_id"))
        batch_op.drop_index(batch_op.f("ix_updates_author_id"))

    op.drop_table("updates")
    with op.batch_alter_table("subscriber_components", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subscriber_components_component_id"))

    op.drop_table("subscriber_components")
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_milestones_incident_id_id"))

    op.drop_table("milestones")
    with op.batch_alter_table("maintenance_windows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_maintenance_windows_maintenance_id"))

    op.drop_table("maintenance_windows")
    with op.batch_alter_table("maintenance_updates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_maintenance_updates_published_at"))
        batch_op.drop_index(batch_op.f("ix_maintenance_updates_maintenance_id_id"))

    op.drop_table("maintenance_updates")
    with op.batch_alter_table("maintenance_reminders", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_maintenance_reminders_waiting",
            postgresql_where=sa.text("done_at IS NULL"),
            sqlite_where=sa.text("done_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_maintenance_reminders_maintenance_id"))

    op.drop_table("maintenance_reminders")
    with op.batch_alter_table("maintenance_components", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_maintenance_components_component_id"))

    op.drop_table("maintenance_components")
    with op.batch_alter_table("incident_components", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incident_components_component_id"))

    op.drop_table("incident_components")
    with op.batch_alter_table("impact_intervals", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_impact_intervals_open",
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_impact_intervals_component_id_started_at"))
        batch_op.drop_index(batch_op.f("ix_impact_intervals_cause_id"))

    op.drop_table("impact_intervals")
    with op.batch_alter_table("user_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_sessions_user_id"))

    op.drop_table("user_sessions")
    with op.batch_alter_table("remembered_answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_remembered_answers_created_at"))

    op.drop_table("remembered_answers")
    with op.batch_alter_table("maintenances", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_maintenances_status_starts_at"))
        batch_op.drop_index(batch_op.f("ix_maintenances_starts_at"))
        batch_op.drop_index(batch_op.f("ix_maintenances_series_id"))

    op.drop_table("maintenances")
    with op.batch_alter_table("incidents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incidents_visibility_public_status"))
        batch_op.drop_index(batch_op.f("ix_incidents_visibility_public_started_at"))
        batch_op.drop_index(batch_op.f("ix_incidents_visibility_public_resolved_at"))
        batch_op.drop_index(batch_op.f("ix_incidents_state"))
        batch_op.drop_index(batch_op.f("ix_incidents_merged_into_id"))
        batch_op.drop_index(batch_op.f("ix_incidents_lead_id"))
        batch_op.drop_index(batch_op.f("ix_incidents_declared_by_id"))
        batch_op.drop_index(batch_op.f("ix_incidents_communications_id"))

    op.drop_table("incidents")
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deliveries_recipient_id_thread_id_event_id"))
        batch_op.drop_index(
            "ix_deliveries_leased",
            postgresql_where=sa.text("state = 'claimed'"),
            sqlite_where=sa.text("state = 'claimed'"),
        )
        batch_op.drop_index(
            "ix_deliveries_due", postgresql_where=sa.text("state = 'queued'"), sqlite_where=sa.text("state = 'queued'")
        )

    op.drop_table("deliveries")
    with op.batch_alter_table("confirmations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_confirmations_subscriber_id"))

    op.drop_table("confirmations")
    with op.batch_alter_table("components", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_components_group_id"))

    op.drop_table("components")
    with op.batch_alter_table("account_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_links_user_id"))

    op.drop_table("account_links")
    with op.batch_alter_table("workers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workers_seen_at"))

    op.drop_table("workers")
    op.drop_table("users")
    op.drop_table("sweeps")
    with op.batch_alter_table("subscribers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subscribers_state_id"))

    op.drop_table("subscribers")
    op.drop_table("site_profile")
    op.drop_table("ref_counters")
    op.drop_table("publications")
    op.drop_table("publication_counter")
    with op.batch_alter_table("maintenance_series", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_maintenance_series_next_at"))

    op.drop_table("maintenance_series")
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_events_waiting",
            postgresql_where=sa.text("expanded_at IS NULL"),
            sqlite_where=sa.text("expanded_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_events_thread_id_id"))

    op.drop_table("events")
    op.drop_table("component_groups")
    with op.batch_alter_table("buckets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_buckets_at"))

    op.drop_table("buckets")
    with op.batch_alter_table("audit_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_lines_subject_type_subject_id_id"))

    op.drop_table("audit_lines")
    op.drop_table("api_tokens")
