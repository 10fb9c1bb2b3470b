"""Answers and actions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=10), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("standard_key", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_action_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_action_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("ref", name=op.f("uq_action_ref")),
    )
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.create_index(
            "ix_action_assessment_id_standard_key", ["assessment_id", "standard_key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_action_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("question_key", sa.String(), nullable=False),
        sa.Column("instance", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("grade_key", sa.String(), nullable=True),
        sa.Column("numeric_value", sa.Double(), nullable=True),
        sa.Column("not_applicable_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_answer_assessment_id_assessment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint(
            "assessment_id",
            "question_key",
            "instance",
            name=op.f("uq_answer_assessment_id_question_key_instance"),
        ),
    )
    op.create_table(
        "assessment_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("status_before", sa.String(), nullable=False),
        sa.Column("status_after", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_assessment_move_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_assessment_move_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_move")),
    )
    with op.batch_alter_table("assessment_move", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assessment_move_assessment_id"), ["assessment_id"], unique=False
        )

    op.create_table(
        "assessment_partnership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_assessment_partnership_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_assessment_partnership_partnership_id_partnership"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_partnership")),
        sa.UniqueConstraint(
            "assessment_id",
            "partnership_id",
            name=op.f("uq_assessment_partnership_assessment_id_partnership_id"),
        ),
    )
    with op.batch_alter_table("assessment_partnership", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assessment_partnership_partnership_id"), ["partnership_id"], unique=False
        )

    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("section_key", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_assignment_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_assignment_membership_id_membership"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint(
            "membership_id",
            "assessment_id",
            "section_key",
            name=op.f("uq_assignment_membership_id_assessment_id_section_key"),
        ),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assignment_assessment_id"), ["assessment_id"], unique=False
        )

    op.create_table(
        "citation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=10), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("question_key", sa.String(), nullable=False),
        sa.Column("instance", sa.String(), nullable=False),
        sa.Column("evidence_item_id", sa.Integer(), nullable=False),
        sa.Column("pointer", sa.String(), nullable=False),
        sa.Column("cited_by", sa.Integer(), nullable=False),
        sa.Column("cited_at", sa.DateTime(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_citation_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["cited_by"], ["person.id"], name=op.f("fk_citation_cited_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_item_id"],
            ["evidence_item.id"],
            name=op.f("fk_citation_evidence_item_id_evidence_item"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citation")),
        sa.UniqueConstraint("ref", name=op.f("uq_citation_ref")),
    )
    with op.batch_alter_table("citation", schema=None) as batch_op:
        batch_op.create_index(
            "ix_citation_assessment_id", ["assessment_id", "question_key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_citation_evidence_item_id"), ["evidence_item_id"], unique=False
        )

    op.create_table(
        "snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=10), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(), nullable=False),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("registration_code", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("duty", sa.String(), nullable=False),
        sa.Column("responsible_body", sa.String(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_snapshot_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["person.id"], name=op.f("fk_snapshot_signed_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
        sa.UniqueConstraint(
            "assessment_id", "number", name=op.f("uq_snapshot_assessment_id_number")
        ),
        sa.UniqueConstraint("ref", name=op.f("uq_snapshot_ref")),
    )
    op.create_table(
        "user_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_user_session_membership_id_membership"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_user_session_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_user_session_token_hash")),
    )
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "action_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_action_revision_action_id_action")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_action_revision_author_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_revision")),
        sa.UniqueConstraint(
            "action_id", "number", name=op.f("uq_action_revision_action_id_number")
        ),
    )
    op.create_table(
        "answer_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("save_id", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("grade_key", sa.String(), nullable=True),
        sa.Column("numeric_value", sa.Double(), nullable=True),
        sa.Column("not_applicable_reason", sa.String(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_answer_revision_answer_id_answer")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_answer_revision_author_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_revision")),
        sa.UniqueConstraint(
            "answer_id", "number", name=op.f("uq_answer_revision_answer_id_number")
        ),
        sa.UniqueConstraint(
            "answer_id", "save_id", name=op.f("uq_answer_revision_answer_id_save_id")
        ),
    )
    op.make_append_only("assessment_move")
    op.make_append_only("snapshot")
    op.make_append_only("action_revision")
    op.make_append_only("answer_revision")


def downgrade() -> None:
    op.drop_table("answer_revision")
    op.drop_table("action_revision")
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_session_person_id"))

    op.drop_table("user_session")
    op.drop_table("snapshot")
    with op.batch_alter_table("citation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_citation_evidence_item_id"))
        batch_op.drop_index("ix_citation_assessment_id")

    op.drop_table("citation")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_assessment_id"))

    op.drop_table("assignment")
    with op.batch_alter_table("assessment_partnership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_partnership_partnership_id"))

    op.drop_table("assessment_partnership")
    with op.batch_alter_table("assessment_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_move_assessment_id"))

    op.drop_table("assessment_move")
    op.drop_table("answer")
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_organisation_id"))
        batch_op.drop_index("ix_action_assessment_id_standard_key")

    op.drop_table("action")
