"""Staff: accounts, roles, sessions, and what they did."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, Text, UniqueConstraint

from app.database.tables.base import Sequence, metadata

accounts = Table(
    "accounts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("display_name", Text, nullable=False),
    Column("email", Text),
    Column("password_hash", Text),
    Column("issuer", Text),
    Column("subject", Text),
    Column("active", Boolean, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("signed_in_at", Text),
    UniqueConstraint("issuer", "subject", name="uq_accounts_issuer_subject"),
)
"""Local accounts have a password hash, those of a sign-in provider its issuer and subject."""

account_roles = Table(
    "account_roles",
    metadata,
    Column("account_id", Text, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("tenant", Text, primary_key=True),
    Column("role", Text, primary_key=True),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("account_id", Text, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("csrf", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    Index("ix_sessions_account", "account_id"),
)

audit_events = Table(
    "audit_events",
    metadata,
    Column("sequence", Sequence, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("account_id", Text),
    Column("account_name", Text, nullable=False),
    Column("tenant", Text),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("ix_audit_events_tenant", "tenant", "sequence"),
    Index("ix_audit_events_action", "tenant", "action", "sequence"),
    Index("ix_audit_events_person", "tenant", "account_name", "sequence"),
)
"""`detail` is JSON. `hash` covers the row and the hash of the one before it, so that changes show."""

audit_ends = Table(
    "audit_ends",
    metadata,
    Column("place", Text, primary_key=True),
    Column("sequence", Sequence, nullable=False),
    Column("hash", Text, nullable=False),
)
"""Both ends of the audit log: `start` is the last line that was purged, `end` the last that was written."""
