"""Trials, their answers and votes as the database's rows hold them."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from app.database.timestamps import from_timestamp
from app.trials.setup import SetUp
from app.trials.trial import Choice, Trial, TrialAnswer, Vote


def trial_of(row: Row[Any]) -> Trial:
    """A row of `trials`."""
    return Trial(
        tenant=row.tenant,
        id=row.id,
        created_at=from_timestamp(row.created_at),
        account_name=row.account_name,
        name=row.name,
        left=SetUp.model_validate_json(row.left),
        right=SetUp.model_validate_json(row.right),
        expires_at=_moment(row.expires_at),
        closed_at=_moment(row.closed_at),
        visitors_may_ask=bool(row.visitors_may_ask),
    )


def answer_of(row: Row[Any]) -> TrialAnswer:
    """A row of `trial_answers`."""
    return TrialAnswer(
        id=row.id,
        trial_id=row.trial_id,
        at=from_timestamp(row.at),
        question=row.question,
        by_visitor=bool(row.by_visitor),
        left=json.loads(row.left),
        right=json.loads(row.right),
    )


def vote_of(row: Row[Any]) -> Vote:
    """A row of `trial_votes`."""
    return Vote(row.answer_id, from_timestamp(row.at), row.account_name, Choice(row.choice), row.comment)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else from_timestamp(text)
