"""Evidence and rounds."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "evidence_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=10), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("blob_id", sa.Integer(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "(blob_id IS NULL) <> (url IS NULL)", name=op.f("ck_evidence_item_file_or_link")
        ),
        sa.ForeignKeyConstraint(
            ["added_by"], ["person.id"], name=op.f("fk_evidence_item_added_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["blob_id"], ["blob.id"], name=op.f("fk_evidence_item_blob_id_blob")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_evidence_item_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_item")),
        sa.UniqueConstraint("ref", name=op.f("uq_evidence_item_ref")),
    )
    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_item_blob_id"), ["blob_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_evidence_item_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "organisation_partnership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_partnership_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_organisation_partnership_partnership_id_partnership"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_partnership")),
        sa.UniqueConstraint(
            "organisation_id",
            "partnership_id",
            name=op.f("uq_organisation_partnership_organisation_id_partnership_id"),
        ),
    )
    with op.batch_alter_table("organisation_partnership", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisation_partnership_partnership_id"),
            ["partnership_id"],
            unique=False,
        )

    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("type_code", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("duty", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("la_code", sa.String(), nullable=False),
        sa.Column("establishment_number", sa.String(), nullable=False),
        sa.Column("ukprn", sa.String(), nullable=False),
        sa.Column("early_years", sa.Boolean(), nullable=False),
        sa.Column("boarding", sa.Boolean(), nullable=False),
        sa.Column("sixth_form", sa.Boolean(), nullable=False),
        sa.Column("commissions", sa.Boolean(), nullable=False),
        sa.Column("register", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_registration_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("scheme", "code", name=op.f("uq_registration_scheme_code")),
    )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_registration_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "uq_registration_current",
            ["organisation_id"],
            unique=True,
            sqlite_where=sa.text("current"),
            postgresql_where=sa.text("current"),
        )

    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=10), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("owner_organisation_id", sa.Integer(), nullable=True),
        sa.Column("questionnaire_version_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("statutory", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("sign_off", sa.String(), nullable=False),
        sa.Column("late_policy", sa.String(), nullable=False),
        sa.Column("asked_keys", sa.JSON(), nullable=True),
        sa.Column("overlays", sa.JSON(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("final_on", sa.Date(), nullable=False),
        sa.Column("moderation_ends_on", sa.Date(), nullable=True),
        sa.Column("feedback_by", sa.Date(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_round_owner_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_round_partnership_id_partnership")
        ),
        sa.ForeignKeyConstraint(
            ["questionnaire_version_id"],
            ["questionnaire_version.id"],
            name=op.f("fk_round_questionnaire_version_id_questionnaire_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("ref", name=op.f("uq_round_ref")),
    )
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_round_partnership_id"), ["partnership_id"], unique=False
        )

    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=10), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("snapshot_number", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=True),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("last_place", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_assessment_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_assessment_registration_id_registration"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_assessment_round_id_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("ref", name=op.f("uq_assessment_ref")),
        sa.UniqueConstraint(
            "round_id", "organisation_id", name=op.f("uq_assessment_round_id_organisation_id")
        ),
    )
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.create_index("ix_assessment_organisation_id", ["organisation_id"], unique=False)

    op.create_table(
        "invitee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_invitee_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_invitee_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitee")),
        sa.UniqueConstraint(
            "round_id", "organisation_id", name=op.f("uq_invitee_round_id_organisation_id")
        ),
    )
    with op.batch_alter_table("invitee", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_invitee_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=10), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=4), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("partnership_id", sa.Integer(), nullable=True),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "CASE WHEN organisation_id IS NULL THEN 0 ELSE 1 END + CASE WHEN partnership_id IS NULL THEN 0 ELSE 1 END + CASE WHEN round_id IS NULL THEN 0 ELSE 1 END <= 1",
            name=op.f("ck_membership_held_in_one_place"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_membership_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_membership_partnership_id_partnership"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_membership_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_membership_round_id_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("ref", name=op.f("uq_membership_ref")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(
            "ix_membership_organisation_id_role", ["organisation_id", "role"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_membership_partnership_id"), ["partnership_id"], unique=False
        )
        batch_op.create_index("ix_membership_person_id", ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_membership_round_id"), ["round_id"], unique=False)

    op.create_table(
        "round_partnership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_round_partnership_partnership_id_partnership"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_round_partnership_round_id_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_partnership")),
        sa.UniqueConstraint(
            "round_id", "partnership_id", name=op.f("uq_round_partnership_round_id_partnership_id")
        ),
    )
    with op.batch_alter_table("round_partnership", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_round_partnership_partnership_id"), ["partnership_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("round_partnership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_round_partnership_partnership_id"))

    op.drop_table("round_partnership")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_round_id"))
        batch_op.drop_index("ix_membership_person_id")
        batch_op.drop_index(batch_op.f("ix_membership_partnership_id"))
        batch_op.drop_index("ix_membership_organisation_id_role")

    op.drop_table("membership")
    with op.batch_alter_table("invitee", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitee_organisation_id"))

    op.drop_table("invitee")
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.drop_index("ix_assessment_organisation_id")

    op.drop_table("assessment")
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_round_partnership_id"))

    op.drop_table("round")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_registration_current",
            sqlite_where=sa.text("current"),
            postgresql_where=sa.text("current"),
        )
        batch_op.drop_index(batch_op.f("ix_registration_organisation_id"))

    op.drop_table("registration")
    with op.batch_alter_table("organisation_partnership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_partnership_partnership_id"))

    op.drop_table("organisation_partnership")
    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_item_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_item_blob_id"))

    op.drop_table("evidence_item")
