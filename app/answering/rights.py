"""What citizens can have done with their own conversations: erasing, also what later answers took over."""

from collections.abc import Iterator

from pydantic import JsonValue

from app.desk.erasure import erase_with_answers
from app.desk.handovers import HandoverStore
from app.errors import NotFoundError
from app.records.record import StoredRecord
from app.records.repository import RecordRepository


def erase_answer(records: RecordRepository, tenant: str, answer_id: str) -> tuple[str, ...]:
    """Erases an answer for good, and the later ones of its conversation that hold what was told in it.

    What was said about them and handed over with them goes, too. Gives back the ids of all that were erased, the named
    one first. Later answers hold it when they went on with
    its decision table, whose inputs they took over, or when their record is of the old format, which copied earlier
    questions. Whoever is stopped meanwhile can erase again: the named one goes last.

    Raises:
        NotFoundError: there is no such answer, or it is erased already.
    """
    record = records.get(tenant, answer_id)
    if record.payload is None:
        raise NotFoundError("Diese Antwort wurde gelöscht.")
    doomed = [answer_id]
    if record.conversation_id is not None:
        following = (
            later for later in records.conversation(tenant, record.conversation_id) if later.sequence > record.sequence
        )
        doomed += _taken_over(record, following)
    for id_ in reversed(doomed):
        records.erase(tenant, id_)
    erase_with_answers(records.database)
    return tuple(doomed)


def erase_conversation(records: RecordRepository, tenant: str, conversation_id: str) -> tuple[str, ...]:
    """Erases all answers of a conversation for good and gives back their ids, oldest first.

    What was said about them and handed over from it goes, too.

    Raises:
        NotFoundError: there is no such conversation, or all of it is erased already.
    """
    erased = tuple(record.id for record in records.conversation(tenant, conversation_id))
    handed_over = HandoverStore(records.database).erase_conversation(tenant, conversation_id)
    if not erased and not handed_over:
        raise unknown_conversation()
    records.erase_conversation(tenant, conversation_id)
    erase_with_answers(records.database)
    return erased


def unknown_conversation() -> NotFoundError:
    """The error for a conversation of which nothing is kept."""
    return NotFoundError(
        "Zu dieser Kennung ist kein Gespräch gespeichert. Vielleicht wurde es schon gelöscht, oder die Kennung stimmt "
        "nicht ganz."
    )


def _taken_over(record: StoredRecord, following: Iterator[StoredRecord]) -> Iterator[str]:
    """Ids of the answers that hold what was told in one that goes: directly, or through another one that goes."""
    tables = {record.id: _tables(record)}
    for later in following:
        history = _history(later)
        copied = any(isinstance(turn, dict) for turn in history)
        last = history[-1] if history else None
        went_on = isinstance(last, str) and bool(tables.get(last, frozenset()) & _tables(later))
        if copied or went_on:
            tables[later.id] = _tables(later)
            yield later.id


def _history(record: StoredRecord) -> list[JsonValue]:
    inputs = record.payload.get("inputs") if record.payload else None
    history = inputs.get("history") if isinstance(inputs, dict) else None
    return history if isinstance(history, list) else []


def _tables(record: StoredRecord) -> frozenset[str]:
    """The decision tables that were used, for the whole question or a part of it."""
    walk = record.payload.get("walk") if record.payload else None
    if not isinstance(walk, dict):
        return frozenset()
    parts = walk.get("parts")
    steps = [walk, *(part for part in (parts if isinstance(parts, list) else []) if isinstance(part, dict))]
    rules = (step.get("rule") for step in steps)
    tables = (rule.get("table") for rule in rules if isinstance(rule, dict))
    return frozenset(str(table["rule"]) for table in tables if isinstance(table, dict))
