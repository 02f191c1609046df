"""What citizens and staff say about answers: feedback, hand-overs, marks, tasks."""

from sqlalchemy import Boolean, Column, Index, Table, Text

from app.database.tables.base import metadata

feedback = Table(
    "feedback",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("answer_id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("reason", Text),
    Column("comment", Text),
    Index("ix_feedback_at", "tenant", "at"),
)
"""A citizen's word on an answer; the last one counts. `comment` is masked before it is stored."""

handovers = Table(
    "handovers",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("answer_id", Text),
    Column("conversation_id", Text),
    Column("question", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("account_id", Text),
    Column("account_name", Text),
    Column("reply", Text),
    Column("replied_at", Text),
    Column("way", Text),
    Index("ix_handovers_at", "tenant", "at"),
    Index("ix_handovers_conversation", "tenant", "conversation_id"),
)
"""Questions that a citizen wants a person to answer; `contact` is what they gave for the reply."""

marks = Table(
    "marks",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("answer_id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("account_id", Text, nullable=False),
    Column("account_name", Text, nullable=False),
    Column("right", Boolean, nullable=False),
    Column("note", Text, nullable=False),
)
"""Staff's judgement of an answer; the last one counts."""

tasks = Table(
    "tasks",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("created_at", Text, nullable=False),
    Column("account_name", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("closed_at", Text),
    Column("closed_by", Text),
    Index("ix_tasks_owner", "tenant", "status", "owner"),
)
"""Something that the owner of a text should do. `detail` is JSON."""
