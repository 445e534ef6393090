"""Languages of the page, branding, what readers tell us."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
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
    "approval.asked",
    "approval.waived",
)


def change_event_kinds(*words: str) -> None:
    """Let `events.kind` hold these words."""
    listed = ", ".join(f"'{word}'" for word in words)
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_events_eventkind"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_events_eventkind"), f"kind IN ({listed})")


def upgrade() -> None:
    change_event_kinds(*EVENTS_BEFORE, "report.follow_up", "mail.test")
    op.create_table(
        "brand_images",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column(
            "use",
            sa.Enum("logo", "icon", name="imageuse", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("content_type", sa.String(length=20), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column(
            "ground",
            sa.Enum("any", "light", "dark", name="ground", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(use = 'icon') = (small IS NOT NULL)", name=op.f("ck_brand_images_icon_has_small")),
        sa.CheckConstraint("content_type IN ('image/png', 'image/webp')", name=op.f("ck_brand_images_content_type")),
        sa.CheckConstraint("width BETWEEN 1 AND 4096 AND height BETWEEN 1 AND 4096", name=op.f("ck_brand_images_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brand_images")),
        sa.UniqueConstraint("code", name=op.f("uq_brand_images_code")),
    )
    with op.batch_alter_table("brand_images", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_brand_images_created_at"), ["created_at"], unique=False)

    op.create_table(
        "report_rules",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_report_rules_one_row")),
        sa.CheckConstraint("minutes BETWEEN 1 AND 120", name=op.f("ck_report_rules_minutes")),
        sa.CheckConstraint("reports BETWEEN 2 AND 100", name=op.f("ck_report_rules_reports")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_rules")),
    )
    op.create_table(
        "brandings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("accent", sa.String(length=7), nullable=False),
        sa.Column("logo_id", sa.Uuid(), nullable=True),
        sa.Column("dark_logo_id", sa.Uuid(), nullable=True),
        sa.Column("icon_id", sa.Uuid(), nullable=True),
        sa.Column("footer", sa.Text(), nullable=False),
        sa.Column("privacy_url", sa.String(length=300), nullable=False),
        sa.Column("imprint_url", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_brandings_number")),
        sa.ForeignKeyConstraint(
            ["dark_logo_id"], ["brand_images.id"], name=op.f("fk_brandings_dark_logo_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["icon_id"], ["brand_images.id"], name=op.f("fk_brandings_icon_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["logo_id"], ["brand_images.id"], name=op.f("fk_brandings_logo_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brandings")),
        sa.UniqueConstraint("number", name=op.f("uq_brandings_number")),
    )
    with op.batch_alter_table("brandings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_brandings_dark_logo_id"), ["dark_logo_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_brandings_icon_id"), ["icon_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_brandings_logo_id"), ["logo_id"], unique=False)

    op.create_table(
        "brand_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("branding_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("url", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["branding_id"], ["brandings.id"], name=op.f("fk_brand_links_branding_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brand_links")),
        sa.UniqueConstraint("branding_id", "position", name=op.f("uq_brand_links_branding_id_position")),
    )
    with op.batch_alter_table("brand_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_brand_links_branding_id"), ["branding_id"], unique=False)

    op.create_table(
        "incident_votes",
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column(
            "question",
            sa.Enum("told", "fixed", name="question", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("yes", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.CheckConstraint("yes >= 0 AND no >= 0", name=op.f("ck_incident_votes_counted")),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_incident_votes_incident_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("incident_id", "question", name=op.f("pk_incident_votes")),
    )
    op.create_table(
        "problem_reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("problem", "still", name="reportkind", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("component_id", sa.Uuid(), nullable=True),
        sa.Column("incident_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("follow_up_id", sa.Uuid(), nullable=True),
        sa.Column(
            "verdict",
            sa.Enum("fixed", "broken", name="verdict", native_enum=False, create_constraint=True, length=30),
            nullable=True,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "address = '' OR dismissed_at IS NULL", name=op.f("ck_problem_reports_dismissed_without_address")
        ),
        sa.CheckConstraint(
            "kind <> 'still' OR incident_id IS NOT NULL", name=op.f("ck_problem_reports_still_names_incident")
        ),
        sa.CheckConstraint(
            "(verdict IS NULL) = (answered_at IS NULL)", name=op.f("ck_problem_reports_verdict_has_time")
        ),
        sa.ForeignKeyConstraint(
            ["component_id"], ["components.id"], name=op.f("fk_problem_reports_component_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_problem_reports_incident_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_reports")),
    )
    with op.batch_alter_table("problem_reports", schema=None) as batch_op:
        batch_op.create_index(
            "ix_problem_reports_address",
            ["address"],
            unique=True,
            postgresql_where=sa.text("address <> ''"),
            sqlite_where=sa.text("address <> ''"),
        )
        batch_op.create_index(
            batch_op.f("ix_problem_reports_component_id_created_at"), ["component_id", "created_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_problem_reports_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_problem_reports_follow_up_id_id"), ["follow_up_id", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_problem_reports_incident_id_created_at"), ["incident_id", "created_at"], unique=False
        )

    op.create_table(
        "update_votes",
        sa.Column("update_id", sa.Uuid(), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.CheckConstraint("yes >= 0 AND no >= 0", name=op.f("ck_update_votes_counted")),
        sa.ForeignKeyConstraint(
            ["update_id"], ["updates.id"], name=op.f("fk_update_votes_update_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_update_votes")),
    )
    with op.batch_alter_table("incident_components", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incident_components_component_id"))
        batch_op.create_index(
            batch_op.f("ix_incident_components_component_id_incident_id"), ["component_id", "incident_id"], unique=False
        )

    op.execute("UPDATE site_profile SET locale = 'en' WHERE locale NOT IN ('en', 'de')")
    with op.batch_alter_table("site_profile", schema=None) as batch_op:
        batch_op.add_column(sa.Column("languages", sa.String(length=60), nullable=False, server_default="en de"))
        batch_op.alter_column("locale", existing_type=sa.String(length=12), type_=sa.String(length=30))

    # Every page has its twin from here on; the owner takes a language away in the panel.
    with op.batch_alter_table("site_profile", schema=None) as batch_op:
        batch_op.alter_column("languages", existing_type=sa.String(length=60), server_default=None)
        batch_op.create_check_constraint(batch_op.f("ck_site_profile_language"), "locale IN ('en', 'de')")
        batch_op.create_check_constraint(
            batch_op.f("ck_site_profile_languages_are_spoken"), "languages IN ('', 'en', 'de', 'en de')"
        )


def downgrade() -> None:
    with op.batch_alter_table("site_profile", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_site_profile_languages_are_spoken"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_site_profile_language"), type_="check")

    with op.batch_alter_table("site_profile", schema=None) as batch_op:
        batch_op.alter_column("locale", existing_type=sa.String(length=30), type_=sa.String(length=12))
        batch_op.drop_column("languages")

    with op.batch_alter_table("incident_components", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incident_components_component_id_incident_id"))
        batch_op.create_index(batch_op.f("ix_incident_components_component_id"), ["component_id"], unique=False)

    op.drop_table("update_votes")
    with op.batch_alter_table("problem_reports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_problem_reports_incident_id_created_at"))
        batch_op.drop_index(batch_op.f("ix_problem_reports_follow_up_id_id"))
        batch_op.drop_index(batch_op.f("ix_problem_reports_created_at"))
        batch_op.drop_index(batch_op.f("ix_problem_reports_component_id_created_at"))
        batch_op.drop_index(
            "ix_problem_reports_address",
            postgresql_where=sa.text("address <> ''"),
            sqlite_where=sa.text("address <> ''"),
        )

    op.drop_table("problem_reports")
    op.drop_table("incident_votes")
    with op.batch_alter_table("brand_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_brand_links_branding_id"))

    op.drop_table("brand_links")
    with op.batch_alter_table("brandings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_brandings_logo_id"))
        batch_op.drop_index(batch_op.f("ix_brandings_icon_id"))
        batch_op.drop_index(batch_op.f("ix_brandings_dark_logo_id"))

    op.drop_table("brandings")
    op.drop_table("report_rules")
    with op.batch_alter_table("brand_images", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_brand_images_created_at"))

    op.drop_table("brand_images")

    op.execute("DELETE FROM deliveries WHERE event_id IN (SELECT id FROM events WHERE kind = 'report.follow_up')")
    op.execute("DELETE FROM events WHERE kind = 'report.follow_up'")
    change_event_kinds(*EVENTS_BEFORE, "mail.test")
