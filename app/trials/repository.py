"""Trials in the database. Nothing of them stands in the answer log."""

import hashlib
import secrets
from datetime import datetime

from pydantic import JsonValue
from sqlalchemy import Connection, delete, func, insert, select, update

from app.database.connection import Database
from app.database.tables import trial_answers, trial_votes, trials
from app.database.timestamps import to_timestamp
from app.errors import InvalidInputError, NotFoundError
from app.text.canonical_json import canonical_json
from app.trials.rows import answer_of, trial_of, vote_of
from app.trials.setup import SetUp
from app.trials.trial import Choice, Trial, TrialAnswer, Vote

MOST_ANSWERS = 1_000
"""In one trial, so that a link that got around fills no disk."""
MOST_VOTES = 20_000
_t, _a, _v = trials.c, trial_answers.c, trial_votes.c


class TrialRepository:
    """Safe to share between threads. Every method raises RecordsError when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, tenant: str, name: str, left: SetUp, right: SetUp, account_name: str, now: datetime) -> Trial:
        """Makes a trial without a link."""
        row = {
            "tenant": tenant,
            "id": secrets.token_hex(8),
            "created_at": to_timestamp(now),
            "account_name": account_name,
            "name": name,
            "left": left.model_dump_json(),
            "right": right.model_dump_json(),
            "visitors_may_ask": False,
        }
        with self._database.writing() as connection:
            connection.execute(insert(trials).values(row))
        return self.get(tenant, str(row["id"]))

    def get(self, tenant: str, trial_id: str) -> Trial:
        """Raises NotFoundError."""
        with self._database.reading() as connection:
            row = connection.execute(select(trials).where(_t.tenant == tenant, _t.id == trial_id)).first()
        if row is None:
            raise _gone()
        return trial_of(row)

    def all(self, tenant: str) -> tuple[Trial, ...]:
        """All trials of a town, newest first."""
        query = select(trials).where(_t.tenant == tenant).order_by(_t.created_at.desc())
        with self._database.reading() as connection:
            return tuple(trial_of(row) for row in connection.execute(query))

    def delete(self, tenant: str, trial_id: str) -> None:
        """Removes a trial with all that is in it."""
        with self._database.writing() as connection:
            for table in (trial_votes, trial_answers):
                connection.execute(delete(table).where(table.c.tenant == tenant, table.c.trial_id == trial_id))
            connection.execute(delete(trials).where(_t.tenant == tenant, _t.id == trial_id))
        self._database.scrub()

    def share(self, trial: Trial, expires_at: datetime, visitors_may_ask: bool) -> str:
        """Makes a link, an earlier one ends. Gives its token, 256 random bits, which nobody can look up again."""
        token = secrets.token_urlsafe(32)
        self._update(
            trial,
            token_hash=_hash(token),
            expires_at=to_timestamp(expires_at),
            closed_at=None,
            visitors_may_ask=visitors_may_ask,
        )
        return token

    def close(self, trial: Trial, now: datetime) -> None:
        """Ends the link; what was voted stays."""
        self._update(trial, closed_at=to_timestamp(now), token_hash=None)

    def by_token(self, token: str, now: datetime) -> Trial:
        """The trial that an open link leads to. Raises NotFoundError."""
        with self._database.reading() as connection:
            row = connection.execute(select(trials).where(_t.token_hash == _hash(token))).first()
        trial = None if row is None else trial_of(row)
        if trial is None or not trial.is_open(now):
            raise NotFoundError("Diesen Link gibt es nicht oder nicht mehr. This link does not exist any more.")
        return trial

    def add_answer(
        self, trial: Trial, question: str, left: JsonValue, right: JsonValue, now: datetime, *, by_visitor: bool
    ) -> TrialAnswer:
        """Keeps a masked question with both answers.

        Raises:
            NotFoundError: somebody has deleted the trial meanwhile.
            InvalidInputError: it is full.
        """
        row = {
            "tenant": trial.tenant,
            "id": secrets.token_urlsafe(12),
            "trial_id": trial.id,
            "at": to_timestamp(now),
            "question": question,
            "by_visitor": by_visitor,
            "left": canonical_json(left),
            "right": canonical_json(right),
        }
        with self._database.writing() as connection:
            _require_there(connection, trial)
            kept = select(func.count()).select_from(trial_answers)
            if connection.execute(kept.where(_a.tenant == trial.tenant, _a.trial_id == trial.id)).scalar_one() >= (
                MOST_ANSWERS
            ):
                raise InvalidInputError(
                    f"In diesem Versuch stehen schon {MOST_ANSWERS} Fragen. Legen Sie einen neuen an."
                )
            connection.execute(insert(trial_answers).values(row))
        return self.answer(trial, str(row["id"]))

    def answer(self, trial: Trial, answer_id: str) -> TrialAnswer:
        """Raises NotFoundError."""
        query = select(trial_answers).where(_a.tenant == trial.tenant, _a.trial_id == trial.id, _a.id == answer_id)
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise NotFoundError("Diese Frage gibt es in dem Versuch nicht. Öffnen Sie seine Übersicht.")
        return answer_of(row)

    def answers(self, trial: Trial, *, with_visitors: bool) -> tuple[TrialAnswer, ...]:
        """All questions in the order in which they were asked, those of visitors if wanted."""
        query = select(trial_answers).where(_a.tenant == trial.tenant, _a.trial_id == trial.id)
        if not with_visitors:
            query = query.where(_a.by_visitor.is_(False))
        with self._database.reading() as connection:
            return tuple(answer_of(row) for row in connection.execute(query.order_by(_a.at, _a.id)))

    def vote(
        self,
        answer: TrialAnswer,
        tenant: str,
        choice: Choice,
        comment: str,
        now: datetime,
        account_name: str | None,
        ballot: str = "",
    ) -> None:
        """Keeps an opinion with its masked comment; of staff, and of a visitor's ballot, the last one counts.

        `ballot` is a random name of the form that a visitor was shown; a hash of it is kept, so that the same form
        sent twice is one vote.

        Raises InvalidInputError when the trial has MOST_VOTES already.
        """
        here = (_v.tenant == tenant) & (_v.trial_id == answer.trial_id)
        with self._database.writing() as connection:
            vote_id = _hash(f"{answer.id}/{ballot}")[:16] if ballot else secrets.token_hex(8)
            earlier = _v.id == vote_id
            if account_name is not None:
                earlier = (_v.answer_id == answer.id) & (_v.account_name == account_name)
            connection.execute(delete(trial_votes).where(here & earlier))
            if connection.execute(select(func.count()).select_from(trial_votes).where(here)).scalar_one() >= MOST_VOTES:
                raise InvalidInputError("In diesem Versuch wurde schon sehr oft abgestimmt. Danke, es ist genug.")
            connection.execute(
                insert(trial_votes).values(
                    tenant=tenant,
                    id=vote_id,
                    trial_id=answer.trial_id,
                    answer_id=answer.id,
                    at=to_timestamp(now),
                    account_name=account_name,
                    choice=choice.value,
                    comment=comment,
                )
            )

    def votes(self, trial: Trial) -> tuple[Vote, ...]:
        """All votes, oldest first."""
        query = select(trial_votes).where(_v.tenant == trial.tenant, _v.trial_id == trial.id).order_by(_v.at)
        with self._database.reading() as connection:
            return tuple(vote_of(row) for row in connection.execute(query))

    def _update(self, trial: Trial, **values: object) -> None:
        with self._database.writing() as connection:
            connection.execute(update(trials).where(_t.tenant == trial.tenant, _t.id == trial.id).values(**values))


def _require_there(connection: Connection, trial: Trial) -> None:
    """In the transaction that adds to it, so that nothing of a trial stays when it is deleted at the same moment."""
    if connection.execute(select(_t.id).where(_t.tenant == trial.tenant, _t.id == trial.id)).first() is None:
        raise _gone()


def _gone() -> NotFoundError:
    return NotFoundError("Diesen Versuch gibt es nicht mehr. Öffnen Sie die Übersicht des Experimentierraums.")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
