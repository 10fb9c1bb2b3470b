"""Phase of agencies."""

from alembic import op

revision = "0010"
down_revision = "0009"

# Only the areas' own lists wrote "", and of none of their types does a register know a phase.
REGISTERED = """
    UPDATE registration SET phase = 'none' WHERE phase = '' AND kind IN ('agency', 'early-years')
"""
SUBMITTED = "UPDATE snapshot SET phase = 'none' WHERE phase = ''"


def upgrade() -> None:
    op.execute(REGISTERED)
    # What reports group a submission by; the document that was signed, and its hash, stay.
    on_table = " ON snapshot" if op.get_bind().dialect.name == "postgresql" else ""
    for verb in ("update", "delete"):
        op.execute(f"DROP TRIGGER snapshot_refuses_{verb}{on_table}")
    op.execute(SUBMITTED)
    op.make_append_only("snapshot")


def downgrade() -> None:
    """What was wrong is not made wrong again."""
