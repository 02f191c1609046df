"""The energy estimates of answers beside their questions, so that they are summed without reading long records."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column and fills it from the records that are kept."""
    op.add_column("answer_index", sa.Column("energy_wh", sa.Float))
    key = ("tenant", "sequence")
    index = sa.table("answer_index", *map(sa.column, (*key, "energy_wh")))
    records = sa.table("answer_records", *map(sa.column, (*key, "payload")))
    connection = op.get_bind()
    # PostgreSQL must be told that the text is JSON; to SQLite a cast would mean a number.
    as_json = sa.cast if connection.dialect.name == "postgresql" else sa.type_coerce
    estimate = as_json(records.c.payload, sa.JSON)["energy_wh"].as_float()
    of_record = sa.select(estimate).where(*(records.c[name] == index.c[name] for name in key)).scalar_subquery()
    connection.execute(sa.update(index).values(energy_wh=of_record))


def downgrade() -> None:
    """Removes the column; the records keep the estimates."""
    op.drop_column("answer_index", "energy_wh")
