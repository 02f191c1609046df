"""The tables of the answer log. Plain types only: the same on SQLite and PostgreSQL."""

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text, UniqueConstraint

metadata = MetaData()

# Sequence numbers stay INTEGER on SQLite, where BIGINT in a key would be a type of its own.
_Sequence = BigInteger().with_variant(Integer(), "sqlite")

# Timestamps are text (`to_timestamp`): what was hashed is byte for byte what is stored.
answer_records = Table(
    "answer_records",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("sequence", _Sequence, primary_key=True, autoincrement=False),
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
    Column("length", _Sequence, nullable=False),
    Column("hash", Text, nullable=False),
)
"""Where each tenant's chain ends: written in the transaction of every append, so that a cut-off end shows."""

CONTENT_COLUMNS = ("conversation_id", "status", "language", "generation", "payload", "salt")
"""What erasure sets to NULL."""
