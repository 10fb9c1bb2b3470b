"""Questionnaire drafts."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "questionnaire_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=10), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("began_from", sa.Integer(), nullable=True),
        sa.Column("published_as", sa.Integer(), nullable=True),
        sa.Column("discarded_at", sa.DateTime(), nullable=True),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("started_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["began_from"],
            ["questionnaire_version.id"],
            name=op.f("fk_questionnaire_draft_began_from_questionnaire_version"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_questionnaire_draft_partnership_id_partnership"),
        ),
        sa.ForeignKeyConstraint(
            ["published_as"],
            ["questionnaire_version.id"],
            name=op.f("fk_questionnaire_draft_published_as_questionnaire_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_draft")),
        sa.UniqueConstraint("ref", name=op.f("uq_questionnaire_draft_ref")),
    )
    with op.batch_alter_table("questionnaire_draft", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_questionnaire_draft_partnership_id"), ["partnership_id"], unique=False
        )

    op.create_table(
        "questionnaire_draft_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("yaml_text", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("save_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["questionnaire_draft.id"],
            name=op.f("fk_questionnaire_draft_revision_draft_id_questionnaire_draft"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_questionnaire_draft_revision_person_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_draft_revision")),
        sa.UniqueConstraint(
            "draft_id", "number", name=op.f("uq_questionnaire_draft_revision_draft_id_number")
        ),
        sa.UniqueConstraint(
            "draft_id", "save_id", name=op.f("uq_questionnaire_draft_revision_draft_id_save_id")
        ),
    )
    op.make_append_only("questionnaire_draft_revision")


def downgrade() -> None:
    op.drop_table("questionnaire_draft_revision")
    with op.batch_alter_table("questionnaire_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_questionnaire_draft_partnership_id"))

    op.drop_table("questionnaire_draft")
