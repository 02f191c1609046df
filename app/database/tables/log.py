"""The tables of the answer log."""

from sqlalchemy import Column, Index, Table, Text, UniqueConstraint

from app.database.tables.base import Sequence, metadata

# Timestamps are text (`to_timestamp`): what was hashed is byte for byte what is stored.
answer_records = Table(
    "answer_records",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("sequence", Sequence, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("conversation_id", Text),
    Column("status", Text),
    Column("language", Text),
    Column("generation", Text),
    Column("payload", Text),
    Column("salt", Text),
    Column("content_hash", Text, nullable=False),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("erased_at", Text),
    Column("erasure_hash", Text),
    UniqueConstraint("tenant", "id", name="uq_answer_records_tenant_id"),
    Index("ix_answer_records_conversation", "tenant", "conversation_id", "sequence"),
    Index("ix_answer_records_created_at", "tenant", "created_at"),
)

chain_heads = Table(
    "chain_heads",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("length", Sequence, nullable=False),
    Column("hash", Text, nullable=False),
)
"""Where each tenant's chain ends: written in the transaction of every append, so that a cut-off end shows."""

CONTENT_COLUMNS = ("conversation_id", "status", "language", "generation", "payload", "salt")
"""What erasure sets to NULL."""
