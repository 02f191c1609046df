"""Erasing: what was told in an answer goes from the later ones that took it over, and from no other."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.answering.rights import erase_answer, erase_conversation
from app.errors import NotFoundError
from app.records.repository import RecordRepository
from tests.records.samples import new_record

TOWN = "musterstadt"


@pytest.fixture
def records(tmp_path: Path) -> RecordRepository:
    return RecordRepository(tmp_path / "records.sqlite3")


def _log(records: RecordRepository, id_: str, *history: object, table: str | None = None, talk: str = "talk") -> None:
    """An answer that follows those of `history`, by a decision table or without one."""
    rule = {"table": {"rule": table, "inputs": {"dogs": "2"}}} if table else None
    payload = {"inputs": {"question": id_, "history": list(history)}, "walk": {"rule": rule}}
    records.append(replace(new_record(id_, conversation_id=talk), payload=payload))  # type: ignore[arg-type]


def _left(records: RecordRepository) -> list[str]:
    return [record.id for record in records.iterate(TOWN) if record.payload is not None]


def test_an_answer_goes_and_those_around_it_stay(records: RecordRepository) -> None:
    _log(records, "a")
    _log(records, "b", "a")
    _log(records, "c", "a", "b")
    assert erase_answer(records, TOWN, "b") == ("b",)
    assert _left(records) == ["a", "c"]
    assert records.verify().intact


def test_answers_that_went_on_with_its_table_go_too_and_those_after_them(records: RecordRepository) -> None:
    _log(records, "before", table="dogs@1")
    _log(records, "a", "before", table="kita@1")
    _log(records, "b", "before", "a", table="kita@1")
    _log(records, "c", "before", "a", "b", table="kita@1")
    _log(records, "other", "a", "b", "c", table="dogs@1")
    _log(records, "elsewhere", "a", table="kita@1", talk="another-talk")
    assert erase_answer(records, TOWN, "a") == ("a", "b", "c")
    assert _left(records) == ["before", "other", "elsewhere"]


def test_a_table_in_a_part_of_a_message_counts(records: RecordRepository) -> None:
    _log(records, "a", table="kita@1")
    parts = [{"rule": None}, {"rule": {"table": {"rule": "kita@1", "inputs": {}}}}]
    payload = {"inputs": {"question": "b", "history": ["a"]}, "walk": {"rule": None, "parts": parts}}
    records.append(replace(new_record("b", conversation_id="talk"), payload=payload))  # type: ignore[arg-type]
    assert erase_answer(records, TOWN, "a") == ("a", "b")


def test_a_record_of_the_first_format_goes_because_it_copied_the_question(records: RecordRepository) -> None:
    _log(records, "a")
    _log(records, "old", {"question": "a"})
    _log(records, "new", "a", "old")
    assert erase_answer(records, TOWN, "a") == ("a", "old")
    assert _left(records) == ["new"]


def test_the_named_one_goes_last_so_that_a_failure_can_be_made_good(
    records: RecordRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    _log(records, "a", table="kita@1")
    _log(records, "b", "a", table="kita@1")
    erased: list[str] = []
    monkeypatch.setattr(records, "erase", lambda tenant, id_: erased.append(id_))
    erase_answer(records, TOWN, "a")
    assert erased == ["b", "a"]


def test_a_conversation_goes_as_a_whole_and_once(records: RecordRepository) -> None:
    _log(records, "a")
    _log(records, "b", "a")
    _log(records, "x", talk="another-talk")
    assert erase_conversation(records, TOWN, "talk") == ("a", "b")
    assert _left(records) == ["x"]
    with pytest.raises(NotFoundError, match="kein Gespräch"):
        erase_conversation(records, TOWN, "talk")


def test_what_is_gone_or_never_was_cannot_be_erased(records: RecordRepository) -> None:
    _log(records, "a")
    erase_answer(records, TOWN, "a")
    for unknown in ("a", "b"):
        with pytest.raises(NotFoundError):
            erase_answer(records, TOWN, unknown)
