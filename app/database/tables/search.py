"""What the answers are searched by: short rows beside the long ones of the answer log."""

from sqlalchemy import Column, Float, Index, Table, Text

from app.database.tables.base import Sequence, metadata

answer_index = Table(
    "answer_index",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("sequence", Sequence, primary_key=True, autoincrement=False),
    Column("answer_id", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("status", Text),
    Column("language", Text),
    Column("generation", Text),
    Column("question", Text),
    Column("folded", Text),
    Column("energy_wh", Float),
    Index("ix_answer_index_answer", "tenant", "answer_id", unique=True),
    Index("ix_answer_index_generation", "tenant", "generation", "sequence"),
    sqlite_with_rowid=False,  # rows of one town lie together, in the order in which they are shown
)
"""Written with each record and emptied with it. `question` is the masked one; `folded` is what is searched; `energy_wh`
is an estimate in watt hours."""
