"""The installation's database, in SQLite or PostgreSQL: connection, tables, migrations."""
