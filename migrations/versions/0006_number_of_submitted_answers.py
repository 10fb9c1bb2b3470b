"""Number of submitted answers."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    # Submissions of before have none: what they asked is numbered by its place, as it was then.
    op.add_column(
        "snapshot_answer",
        sa.Column("number", sa.String(), nullable=False, server_default=sa.text("''")),
    )


def downgrade() -> None:
    op.drop_column("snapshot_answer", "number")
