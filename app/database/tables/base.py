"""What all tables share. Plain types only: the same on SQLite and PostgreSQL.

Timestamps are text in UTC (`app.records.record.to_timestamp`), so that they sort and compare as written.
"""

from sqlalchemy import BigInteger, Integer, MetaData

metadata = MetaData()

# Stays INTEGER on SQLite, where BIGINT in a key would be a type of its own.
Sequence = BigInteger().with_variant(Integer(), "sqlite")
