"""The variant of its questionnaire that a submission was asked in."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column(
        "snapshot",
        sa.Column("variant", sa.String(), nullable=False, server_default=sa.text("''")),
    )


def downgrade() -> None:
    op.drop_column("snapshot", "variant")
