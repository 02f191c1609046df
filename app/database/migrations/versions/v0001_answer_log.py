"""The answer log: records and chain heads."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates both tables."""
    sequence = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "answer_records",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("sequence", sequence, primary_key=True, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("conversation_id", sa.Text),
        sa.Column("status", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("generation", sa.Text),
        sa.Column("payload", sa.Text),
        sa.Column("salt", sa.Text),
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("previous_hash", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("erased_at", sa.Text),
        sa.Column("erasure_hash", sa.Text),
        sa.UniqueConstraint("tenant", "id", name="uq_answer_records_tenant_id"),
    )
    op.create_index("ix_answer_records_conversation", "answer_records", ["tenant", "conversation_id", "sequence"])
    op.create_index("ix_answer_records_created_at", "answer_records", ["tenant", "created_at"])
    op.create_table(
        "chain_heads",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("length", sequence, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Refused: going back would delete the answer log."""
    raise NotImplementedError("The first migration of the answer log has no way back: restore a backup instead.")
