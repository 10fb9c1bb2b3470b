"""Question mapping and retired versions."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "question_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("from_version_id", sa.Integer(), nullable=False),
        sa.Column("to_version_id", sa.Integer(), nullable=False),
        sa.Column("old_key", sa.String(), nullable=True),
        sa.Column("new_key", sa.String(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "old_key IS NOT NULL OR new_key IS NOT NULL",
            name=op.f("ck_question_mapping_names_a_question"),
        ),
        sa.ForeignKeyConstraint(
            ["from_version_id"],
            ["questionnaire_version.id"],
            name=op.f("fk_question_mapping_from_version_id_questionnaire_version"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_question_mapping_partnership_id_partnership"),
        ),
        sa.ForeignKeyConstraint(
            ["to_version_id"],
            ["questionnaire_version.id"],
            name=op.f("fk_question_mapping_to_version_id_questionnaire_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_mapping")),
        sa.UniqueConstraint(
            "partnership_id",
            "from_version_id",
            "to_version_id",
            "old_key",
            "new_key",
            name="uq_question_mapping_pair",
        ),
    )
    op.create_table(
        "retired_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=False),
        sa.Column("retired_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["questionnaire_version.id"],
            name=op.f("fk_retired_version_version_id_questionnaire_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retired_version")),
        sa.UniqueConstraint("version_id", name=op.f("uq_retired_version_version_id")),
    )
    op.make_append_only("question_mapping")
    op.make_append_only("retired_version")


def downgrade() -> None:
    op.drop_table("retired_version")
    op.drop_table("question_mapping")
