"""The conversation that a question goes on with: earlier answers, as far as a follow-up needs them.

A record only names the earlier answers. What was asked in them stays in their own records, so that erasing one
leaves no copy behind.
"""

from app.answering.record import answer_from, table_from
from app.answering.values import Status, Turn
from app.errors import NotFoundError
from app.records.record import StoredRecord
from app.records.repository import RecordRepository

REMEMBERED_TURNS = 3
"""How far back a follow-up may refer."""


class EarlierErasedError(NotFoundError):
    """A follow-up cannot be replayed: what it referred to was erased."""


def history_of(records: RecordRepository, tenant: str, conversation_id: str) -> tuple[Turn, ...]:
    """The last turns of a conversation, oldest first; erased ones no longer belong to it."""
    found = records.recent(tenant, conversation_id, REMEMBERED_TURNS)
    return tuple(turn for record in found if (turn := turn_of(record)) is not None)


def recorded_turn(records: RecordRepository, tenant: str, answer_id: str) -> Turn:
    """The turn that a later record names.

    Raises:
        EarlierErasedError: its content was erased.
        NotFoundError: there is no such answer.
    """
    turn = turn_of(records.get(tenant, answer_id))
    if turn is None:
        raise EarlierErasedError(
            f"An earlier question of the conversation was erased ({answer_id}); without it, what the citizen meant "
            "cannot be worked out again."
        )
    return turn


def turn_of(record: StoredRecord) -> Turn | None:
    """What a follow-up needs of an earlier answer; None after erasure."""
    payload = record.payload
    if payload is None:
        return None
    inputs, walk = payload["inputs"], payload["walk"]
    assert isinstance(inputs, dict) and isinstance(walk, dict)
    answer = answer_from(payload["answer"])
    evidence = walk["evidence"]
    topic = evidence["topic"] if isinstance(evidence, dict) and answer.sources else None
    title = answer.sources[0].title if topic else None
    table = table_from(walk["rule"])
    if table is not None and not isinstance(evidence, dict):
        topic, title = table.document, table.document_title
    screened = walk["screened"]
    return Turn(
        question=str(walk["resolved"] or inputs["question"]),
        topic_document_id=str(topic) if topic else None,
        topic_title=title,
        office=answer.office.id if answer.office else None,
        status=Status(record.status),
        table=table,
        language=str(screened["language"]) if isinstance(screened, dict) else None,
        answer_id=record.id,
    )
