"""Number of the submission whose letter was released last."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

RELEASED = """
    UPDATE assessment SET released_number = coalesce((
        SELECT max(snapshot.number) FROM snapshot
        JOIN feedback ON feedback.snapshot_id = snapshot.id
        WHERE snapshot.assessment_id = assessment.id AND feedback.released_at IS NOT NULL
    ), 0)
"""


def upgrade() -> None:
    op.add_column(
        "assessment",
        sa.Column("released_number", sa.Integer(), nullable=False, server_default=sa.text("0")),
    )
    op.execute(RELEASED)


def downgrade() -> None:
    op.drop_column("assessment", "released_number")
