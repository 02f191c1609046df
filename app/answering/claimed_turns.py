"""The conversation that another program says a question belongs to.

Such programs send the whole conversation along with every question, and could write into it what nobody ever said.
So their words count for nothing. What counts is the reference at the end of each answer: it names our own record, and
the turn is taken from there, provided that its question is the one that the program shows before it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import uuid4

from app.answering.as_text import reference_in
from app.answering.conversation import REMEMBERED_TURNS, turn_of
from app.answering.personal_data import mask_personal_data
from app.answering.screen import clean_question
from app.answering.values import Turn
from app.errors import InvalidInputError, NotFoundError
from app.records.record import StoredRecord
from app.records.repository import RecordRepository
from app.tenants.tenant import Tenant


@dataclass(frozen=True, slots=True)
class ClaimedExchange:
    """A question and an answer as another program shows them."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class KnownConversation:
    """What of it we have said ourselves."""

    id: str
    """Of the conversation that the last known turn belongs to; a new one without any. Nobody outside may learn it:
    whoever knows it can export and erase the conversation, and a reference alone shall not allow that."""
    turns: tuple[Turn, ...]
    """Oldest first, at most REMEMBERED_TURNS."""


def known_conversation(
    records: RecordRepository, tenant: Tenant, claimed: Iterable[ClaimedExchange], max_question_chars: int
) -> KnownConversation:
    """The claimed exchanges, newest last, as far as our own log holds them. What it doesn't hold is left out."""
    last = tuple(claimed)[-REMEMBERED_TURNS:]
    held = [record for exchange in last if (record := _record(records, tenant, exchange, max_question_chars))]
    turns = tuple(turn for record in held if (turn := turn_of(record)) is not None)
    own_id = next((record.conversation_id for record in reversed(held) if record.conversation_id), None)
    return KnownConversation(own_id or uuid4().hex, turns)


def _record(
    records: RecordRepository, tenant: Tenant, exchange: ClaimedExchange, max_question_chars: int
) -> StoredRecord | None:
    reference = reference_in(exchange.answer)
    if reference is None:
        return None
    try:
        record = records.get(tenant.id, reference)
        asked = mask_personal_data(clean_question(exchange.question, max_question_chars), tenant).text
    except (NotFoundError, InvalidInputError):
        return None
    inputs = record.payload["inputs"] if record.payload else None
    return record if isinstance(inputs, dict) and inputs["question"] == asked else None
