"""The answer log: one hash-chained sequence of answer records a tenant, in SQLite or PostgreSQL."""
