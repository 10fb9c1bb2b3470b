"""Moderation and feedback."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("released_at", sa.DateTime(), nullable=True),
        sa.Column("released_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["released_by"], ["person.id"], name=op.f("fk_feedback_released_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_feedback_snapshot_id_snapshot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("snapshot_id", name=op.f("uq_feedback_snapshot_id")),
    )
    op.create_table(
        "moderation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("revealed_at", sa.DateTime(), nullable=True),
        sa.Column("revealed_by", sa.Integer(), nullable=True),
        sa.Column("completed_at", sa.DateTime(), nullable=True),
        sa.Column("completed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["completed_by"], ["person.id"], name=op.f("fk_moderation_completed_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["revealed_by"], ["person.id"], name=op.f("fk_moderation_revealed_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_moderation_snapshot_id_snapshot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation")),
        sa.UniqueConstraint("snapshot_id", name=op.f("uq_moderation_snapshot_id")),
    )
    op.create_table(
        "snapshot_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("question_key", sa.String(), nullable=False),
        sa.Column("instance", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("grade_key", sa.String(), nullable=True),
        sa.Column("numeric_value", sa.Double(), nullable=True),
        sa.Column("not_applicable_reason", sa.String(), nullable=True),
        sa.Column("citations", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_snapshot_answer_snapshot_id_snapshot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot_answer")),
        sa.UniqueConstraint(
            "snapshot_id",
            "question_key",
            "instance",
            name=op.f("uq_snapshot_answer_snapshot_id_question_key_instance"),
        ),
    )
    with op.batch_alter_table("snapshot_answer", schema=None) as batch_op:
        batch_op.create_index(
            "ix_snapshot_answer_counting",
            ["snapshot_id", "question_key", "grade_key"],
            unique=False,
        )

    op.create_table(
        "feedback_read",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feedback_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["feedback_id"], ["feedback.id"], name=op.f("fk_feedback_read_feedback_id_feedback")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_feedback_read_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_read")),
        sa.UniqueConstraint(
            "feedback_id", "person_id", name=op.f("uq_feedback_read_feedback_id_person_id")
        ),
    )
    op.create_table(
        "feedback_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feedback_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("save_id", sa.String(), nullable=False),
        sa.Column("strengths", sa.String(), nullable=False),
        sa.Column("developments", sa.String(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_feedback_revision_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["feedback_id"], ["feedback.id"], name=op.f("fk_feedback_revision_feedback_id_feedback")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_revision")),
        sa.UniqueConstraint(
            "feedback_id", "number", name=op.f("uq_feedback_revision_feedback_id_number")
        ),
        sa.UniqueConstraint(
            "feedback_id", "save_id", name=op.f("uq_feedback_revision_feedback_id_save_id")
        ),
    )
    op.create_table(
        "panel_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("snapshot_answer_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("grade_key", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["person.id"], name=op.f("fk_panel_mark_member_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_answer_id"],
            ["snapshot_answer.id"],
            name=op.f("fk_panel_mark_snapshot_answer_id_snapshot_answer"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_mark")),
        sa.UniqueConstraint(
            "snapshot_answer_id",
            "member_id",
            name=op.f("uq_panel_mark_snapshot_answer_id_member_id"),
        ),
    )
    with op.batch_alter_table("panel_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_panel_mark_member_id"), ["member_id"], unique=False)

    op.create_table(
        "settled_grade",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("snapshot_answer_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("grade_key", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["snapshot_answer_id"],
            ["snapshot_answer.id"],
            name=op.f("fk_settled_grade_snapshot_answer_id_snapshot_answer"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settled_grade")),
        sa.UniqueConstraint("snapshot_answer_id", name=op.f("uq_settled_grade_snapshot_answer_id")),
    )
    op.create_table(
        "snapshot_citation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=10), nullable=False),
        sa.Column("snapshot_answer_id", sa.Integer(), nullable=False),
        sa.Column("evidence_item_id", sa.Integer(), nullable=False),
        sa.Column("blob_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("pointer", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["blob_id"], ["blob.id"], name=op.f("fk_snapshot_citation_blob_id_blob")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_item_id"],
            ["evidence_item.id"],
            name=op.f("fk_snapshot_citation_evidence_item_id_evidence_item"),
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_answer_id"],
            ["snapshot_answer.id"],
            name=op.f("fk_snapshot_citation_snapshot_answer_id_snapshot_answer"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot_citation")),
        sa.UniqueConstraint("ref", name=op.f("uq_snapshot_citation_ref")),
    )
    with op.batch_alter_table("snapshot_citation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_snapshot_citation_snapshot_answer_id"),
            ["snapshot_answer_id"],
            unique=False,
        )

    op.create_table(
        "panel_mark_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mark_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("save_id", sa.String(), nullable=False),
        sa.Column("self_grade_key", sa.String(), nullable=True),
        sa.Column("grade_key", sa.String(), nullable=False),
        sa.Column("rationale", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "grade_key = coalesce(self_grade_key, '') OR trim(rationale) <> ''",
            name=op.f("ck_panel_mark_revision_changed_grade_has_rationale"),
        ),
        sa.ForeignKeyConstraint(
            ["mark_id"], ["panel_mark.id"], name=op.f("fk_panel_mark_revision_mark_id_panel_mark")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_mark_revision")),
        sa.UniqueConstraint(
            "mark_id", "number", name=op.f("uq_panel_mark_revision_mark_id_number")
        ),
        sa.UniqueConstraint(
            "mark_id", "save_id", name=op.f("uq_panel_mark_revision_mark_id_save_id")
        ),
    )
    op.create_table(
        "settled_grade_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("settled_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("save_id", sa.String(), nullable=False),
        sa.Column("self_grade_key", sa.String(), nullable=True),
        sa.Column("grade_key", sa.String(), nullable=False),
        sa.Column("rationale", sa.String(), nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "grade_key = coalesce(self_grade_key, '') OR trim(rationale) <> ''",
            name=op.f("ck_settled_grade_revision_changed_grade_has_rationale"),
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["person.id"], name=op.f("fk_settled_grade_revision_settled_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["settled_id"],
            ["settled_grade.id"],
            name=op.f("fk_settled_grade_revision_settled_id_settled_grade"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settled_grade_revision")),
        sa.UniqueConstraint(
            "settled_id", "number", name=op.f("uq_settled_grade_revision_settled_id_number")
        ),
        sa.UniqueConstraint(
            "settled_id", "save_id", name=op.f("uq_settled_grade_revision_settled_id_save_id")
        ),
    )
    op.make_append_only("snapshot_answer")
    op.make_append_only("feedback_read")
    op.make_append_only("feedback_revision")
    op.make_append_only("snapshot_citation")
    op.make_append_only("panel_mark_revision")
    op.make_append_only("settled_grade_revision")


def downgrade() -> None:
    op.drop_table("settled_grade_revision")
    op.drop_table("panel_mark_revision")
    with op.batch_alter_table("snapshot_citation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_snapshot_citation_snapshot_answer_id"))

    op.drop_table("snapshot_citation")
    op.drop_table("settled_grade")
    with op.batch_alter_table("panel_mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_panel_mark_member_id"))

    op.drop_table("panel_mark")
    op.drop_table("feedback_revision")
    op.drop_table("feedback_read")
    with op.batch_alter_table("snapshot_answer", schema=None) as batch_op:
        batch_op.drop_index("ix_snapshot_answer_counting")

    op.drop_table("snapshot_answer")
    op.drop_table("moderation")
    op.drop_table("feedback")
