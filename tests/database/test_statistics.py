"""SQLite chooses indexes by how many rows there are."""

from pathlib import Path

from sqlalchemy import select, text

from app.database.connection import Database
from app.database.tables import answer_index
from app.records.repository import RecordRepository
from tests.insight.samples import NOW, TOWN, log

_ROWS = 60


def test_answers_are_looked_up_by_their_ids_once_it_is_known_how_many_there_are(tmp_path: Path) -> None:
    records = RecordRepository(tmp_path / "records.sqlite3")
    for number in range(_ROWS):
        log(records, f"a{number}", "Wie?", at=NOW)
    database = records.database
    database.refresh_statistics()
    assert "ix_answer_index_answer" in plan(database)
    log(records, "later", "Wann?", at=NOW)  # the log goes on
    assert records.get(TOWN, "later").id == "later"
    records.close()


def plan(database: Database) -> str:
    """How the database finds two answers by their ids."""
    _i = answer_index.c
    query = select(_i.question).where(_i.tenant == TOWN, _i.answer_id.in_(["a1", "a2"]))
    with database.reading() as connection:
        written = query.compile(connection, compile_kwargs={"literal_binds": True})
        return " ".join(row[3] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {written}")))
