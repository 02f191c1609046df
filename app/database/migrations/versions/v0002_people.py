"""Staff accounts, citizens' feedback and hand-overs, trial rooms."""

import sqlalchemy as sa
from alembic import op

from app.database.migrations.count_answers import create_daily_figures
from app.database.migrations.index_answers import create_answer_index

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TABLES = (
    "answer_index",
    "daily_answers",
    "daily_durations",
    "daily_ratings",
    "accounts",
    "account_roles",
    "sessions",
    "audit_events",
    "audit_ends",
    "feedback",
    "handovers",
    "marks",
    "tasks",
    "trials",
    "trial_answers",
    "trial_votes",
)


def upgrade() -> None:
    """Creates the tables and their indexes."""
    sequence = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    create_answer_index()
    create_daily_figures()
    op.create_table(
        "accounts",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("display_name", sa.Text, nullable=False),
        sa.Column("email", sa.Text),
        sa.Column("password_hash", sa.Text),
        sa.Column("issuer", sa.Text),
        sa.Column("subject", sa.Text),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("signed_in_at", sa.Text),
        sa.UniqueConstraint("issuer", "subject", name="uq_accounts_issuer_subject"),
    )
    op.create_table(
        "account_roles",
        sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("role", sa.Text, primary_key=True),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.Text, primary_key=True),
        sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("csrf", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("seen_at", sa.Text, nullable=False),
    )
    op.create_index("ix_sessions_account", "sessions", ["account_id"])
    op.create_table(
        "audit_events",
        sa.Column("sequence", sequence, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("account_id", sa.Text),
        sa.Column("account_name", sa.Text, nullable=False),
        sa.Column("tenant", sa.Text),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
    )
    op.create_index("ix_audit_events_tenant", "audit_events", ["tenant", "sequence"])
    op.create_index("ix_audit_events_action", "audit_events", ["tenant", "action", "sequence"])
    op.create_index("ix_audit_events_person", "audit_events", ["tenant", "account_name", "sequence"])
    op.create_table(
        "audit_ends",
        sa.Column("place", sa.Text, primary_key=True),
        sa.Column("sequence", sequence, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
    )
    op.create_table(
        "feedback",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("answer_id", sa.Text, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("comment", sa.Text),
    )
    op.create_index("ix_feedback_at", "feedback", ["tenant", "at"])
    op.create_table(
        "handovers",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("answer_id", sa.Text),
        sa.Column("conversation_id", sa.Text),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("contact", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("account_id", sa.Text),
        sa.Column("account_name", sa.Text),
        sa.Column("reply", sa.Text),
        sa.Column("replied_at", sa.Text),
        sa.Column("way", sa.Text),
    )
    op.create_index("ix_handovers_at", "handovers", ["tenant", "at"])
    op.create_index("ix_handovers_conversation", "handovers", ["tenant", "conversation_id"])
    op.create_table(
        "marks",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("answer_id", sa.Text, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("account_name", sa.Text, nullable=False),
        sa.Column("right", sa.Boolean, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_table(
        "tasks",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("account_name", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("closed_at", sa.Text),
        sa.Column("closed_by", sa.Text),
    )
    op.create_index("ix_tasks_owner", "tasks", ["tenant", "status", "owner"])
    op.create_table(
        "trials",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("account_name", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("left", sa.Text, nullable=False),
        sa.Column("right", sa.Text, nullable=False),
        sa.Column("token_hash", sa.Text),
        sa.Column("expires_at", sa.Text),
        sa.Column("closed_at", sa.Text),
        sa.Column("visitors_may_ask", sa.Boolean, nullable=False),
    )
    op.create_index("ix_trials_token", "trials", ["token_hash"], unique=True)
    op.create_table(
        "trial_answers",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("trial_id", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("by_visitor", sa.Boolean, nullable=False),
        sa.Column("left", sa.Text, nullable=False),
        sa.Column("right", sa.Text, nullable=False),
    )
    op.create_index("ix_trial_answers_trial", "trial_answers", ["tenant", "trial_id", "at"])
    op.create_table(
        "trial_votes",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("trial_id", sa.Text, nullable=False),
        sa.Column("answer_id", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("account_name", sa.Text),
        sa.Column("choice", sa.Text, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
    )
    op.create_index("ix_trial_votes_trial", "trial_votes", ["tenant", "trial_id", "answer_id"])


def downgrade() -> None:
    """Removes the tables and all that is in them; the answer log stays."""
    for table in reversed(_TABLES):
        op.drop_table(table)
