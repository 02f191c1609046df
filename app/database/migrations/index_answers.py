"""The part of migration 0002 that makes what was logged before it searchable."""

import sqlalchemy as sa
from alembic import op

_COPIED = ("tenant", "sequence", "id", "created_at", "status", "language", "generation")
_BATCH = 500


def create_answer_index() -> None:
    """Creates the table that answers are searched by, with a row for every answer that is in the log already.

    The database itself takes the questions out of the records, because these are long and their rest is not needed.
    """
    index = op.create_table(
        "answer_index",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column(
            "sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=False
        ),
        sa.Column("answer_id", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("status", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("generation", sa.Text),
        sa.Column("question", sa.Text),
        sa.Column("folded", sa.Text),
        sqlite_with_rowid=False,
    )
    records = sa.table("answer_records", *(sa.column(name) for name in (*_COPIED, "payload")))
    copied = [records.c[name] for name in _COPIED]
    connection = op.get_bind()
    # PostgreSQL must be told that the text is JSON; to SQLite a cast would mean a number.
    as_json = sa.cast if connection.dialect.name == "postgresql" else sa.type_coerce
    question = as_json(records.c.payload, sa.JSON)["inputs", "question"].as_string().label("question")
    for found in connection.execute(sa.select(*copied, question)).partitions(_BATCH):
        connection.execute(sa.insert(index), [_indexed(row._mapping) for row in found])
    op.create_index("ix_answer_index_answer", "answer_index", ["tenant", "answer_id"], unique=True)
    op.create_index("ix_answer_index_generation", "answer_index", ["tenant", "generation", "sequence"])


def _indexed(row: sa.RowMapping) -> dict[str, object]:
    """As `app.records.answer_index` writes it; erased records have no content."""
    question = None if row["status"] is None else row["question"] or ""
    folded = None if question is None else " ".join(question.casefold().split())
    fields = {name: value for name, value in row.items() if name != "id"}
    return {**fields, "answer_id": row["id"], "question": question, "folded": folded}
