"""Searching the log, page by page, and what stays to be found after erasure."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from app.database.connection import Database
from app.database.tables import answer_index, feedback, marks
from app.database.timestamps import to_timestamp
from app.records.record import NewRecord
from app.records.repository import RecordRepository
from app.records.search import AnswerSearch, FoundPage, Judged, Rating, Wanted
from tests.records.samples import START, run_sql

TOWN = "musterstadt"


def asked(
    records: RecordRepository,
    number: int,
    question: str,
    *,
    status: str = "answered",
    language: str = "de",
    generation: str = "g-1",
    tenant: str = TOWN,
) -> str:
    """Logs an answer of that many hours after the start; gives back its id."""
    id_ = f"{number:016x}"
    records.append(
        NewRecord(
            id=id_,
            tenant=tenant,
            conversation_id=None,
            created_at=START + timedelta(hours=number),
            status=status,
            language=language,
            generation=generation,
            payload={"inputs": {"question": question}},
        )
    )
    return id_


@pytest.fixture
def search(records: RecordRepository) -> AnswerSearch:
    return AnswerSearch(records.database)


def questions(page: FoundPage) -> list[str | None]:
    return [row.question for row in page.rows]


def test_the_newest_come_first_and_other_towns_never(records: RecordRepository, search: AnswerSearch) -> None:
    asked(records, 1, "eins")
    asked(records, 2, "zwei")
    asked(records, 1, "anderswo", tenant="anderswo")
    assert questions(search.page(TOWN, Wanted())) == ["zwei", "eins"]


@pytest.mark.parametrize("text", ["straße", "STRASSE gross", "Größe", "  größe   Straße ", "ösch"])
def test_words_are_found_in_any_case_and_place(records: RecordRepository, search: AnswerSearch, text: str) -> None:
    asked(records, 1, "Welche GRÖSSE darf mein Gerät an der Straße haben? Löschen? groß")
    asked(records, 2, "Was kostet ein Hund?")
    assert len(search.page(TOWN, Wanted(text=text)).rows) == 1


@pytest.mark.parametrize("text", ["%", "_", "' OR 1=1 --", "Hund Katze"])
def test_signs_of_the_database_mean_nothing(records: RecordRepository, search: AnswerSearch, text: str) -> None:
    asked(records, 1, "Was kostet ein Hund?")
    assert search.page(TOWN, Wanted(text=text)).rows == ()


def test_the_reference_of_an_answer_finds_it(records: RecordRepository, search: AnswerSearch) -> None:
    id_ = asked(records, 1, "Was kostet ein Hund?")
    assert [row.answer_id for row in search.page(TOWN, Wanted(text=id_)).rows] == [id_]


def test_filters_hold_together(records: RecordRepository, search: AnswerSearch) -> None:
    asked(records, 1, "a", status="declined", language="en", generation="g-0")
    asked(records, 2, "b", status="declined", language="de", generation="g-1")
    asked(records, 3, "c", status="answered", language="en", generation="g-1")
    assert questions(search.page(TOWN, Wanted(status="declined"))) == ["b", "a"]
    assert questions(search.page(TOWN, Wanted(status="declined", language="en"))) == ["a"]
    assert questions(search.page(TOWN, Wanted(generation="g-1"))) == ["c", "b"]
    period = Wanted(since=START + timedelta(hours=2), until=START + timedelta(hours=3))
    assert questions(search.page(TOWN, period)) == ["b"]
    assert search.generations(TOWN) == ("g-1", "g-0")


def test_ratings_and_marks_are_shown_and_searched(records: RecordRepository, search: AnswerSearch) -> None:
    good, bad, _ = (asked(records, number, name) for number, name in enumerate(("good", "bad", "plain")))
    now = to_timestamp(START)
    with records.database.writing() as connection:
        for id_, value in ((good, True), (bad, False)):
            connection.execute(insert(feedback).values(tenant=TOWN, answer_id=id_, at=now, helpful=value))
            connection.execute(
                insert(marks).values(
                    tenant=TOWN, answer_id=id_, at=now, account_id="a", account_name="A", right=value, note=""
                )
            )
    shown = {row.question: (row.helpful, row.right) for row in search.page(TOWN, Wanted()).rows}
    assert shown == {"good": (True, True), "bad": (False, False), "plain": (None, None)}
    assert questions(search.page(TOWN, Wanted(rating=Rating.UNHELPFUL))) == ["bad"]
    assert questions(search.page(TOWN, Wanted(rating=Rating.NONE))) == ["plain"]
    assert questions(search.page(TOWN, Wanted(judged=Judged.RIGHT))) == ["good"]
    assert questions(search.page(TOWN, Wanted(judged=Judged.NONE))) == ["plain"]


def test_pages_lead_forth_and_back_without_losing_any(records: RecordRepository, search: AnswerSearch) -> None:
    for number in range(7):
        asked(records, number, str(number))
    first = search.page(TOWN, Wanted(), size=3)
    second = search.page(TOWN, Wanted(), size=3, before=first.older)
    third = search.page(TOWN, Wanted(), size=3, before=second.older)
    assert [questions(page) for page in (first, second, third)] == [["6", "5", "4"], ["3", "2", "1"], ["0"]]
    assert first.newer is None and third.older is None
    assert questions(search.page(TOWN, Wanted(), size=3, after=third.newer)) == ["3", "2", "1"]
    back = search.page(TOWN, Wanted(), size=3, after=second.newer)
    assert (questions(back), back.newer, back.older) == (["6", "5", "4"], None, first.older)


def test_an_erased_answer_is_listed_without_content_and_found_by_none(
    records: RecordRepository, search: AnswerSearch
) -> None:
    id_ = asked(records, 1, "Geheimnis")
    records.erase(TOWN, id_)
    (row,) = search.page(TOWN, Wanted()).rows
    assert (row.answer_id, row.question, row.status, row.language, row.generation) == (id_, None, "", "", "")
    assert search.page(TOWN, Wanted(text="Geheimnis")).rows == ()
    assert search.page(TOWN, Wanted(status="answered")).rows == ()


def test_erased_words_leave_the_file(records: RecordRepository, path: Path) -> None:
    id_ = asked(records, 1, "Unverwechselbares-4711")
    records.erase(TOWN, id_)
    for file in (path, path.with_name(path.name + "-wal")):
        assert b"4711" not in file.read_bytes()


def test_a_record_that_cannot_be_logged_is_not_listed_either(records: RecordRepository, search: AnswerSearch) -> None:
    asked(records, 1, "eins")
    with pytest.raises(Exception, match="taken"):
        asked(records, 1, "noch einmal eins")
    assert questions(search.page(TOWN, Wanted())) == ["eins"]


def test_answers_of_the_time_before_are_listed_after_the_migration(records: RecordRepository, path: Path) -> None:
    kept, gone = asked(records, 1, "Größe?"), asked(records, 2, "weg")
    records.erase(TOWN, gone)
    with records.database.reading() as connection:
        before = connection.execute(select(answer_index)).all()
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
    records.close()
    of_the_log = ("answer_records", "chain_heads", "alembic_version")
    doomed = (f"DROP TABLE {name}" for name in tables if name not in of_the_log and not name.startswith("sqlite_"))
    run_sql(path, *doomed, "UPDATE alembic_version SET version_num = '0001'")
    migrated = Database(path)
    with migrated.reading() as connection:
        assert connection.execute(select(answer_index)).all() == before
    assert {row.answer_id for row in AnswerSearch(migrated).page(TOWN, Wanted()).rows} == {kept, gone}
    migrated.close()
