"""What was logged before there were counts by day is counted when the database is opened."""

import json
from datetime import date
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from app.database import connection
from app.database.connection import Database
from app.records.figures import Figures, Step


def older_log(path: Path) -> None:
    """A log of the first schema: one answer late in the evening, and one that is erased."""
    config = Config()
    config.set_main_option("script_location", str(Path(connection.__file__).parent / "migrations"))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as opened:
        config.attributes["connection"] = opened
        command.upgrade(config, "0001")
        payload = {"inputs": {"question": "?"}, "energy_wh": 0.5, "timings_ms": {"done": 1000.0}}
        insert = text(
            "INSERT INTO answer_records (tenant, sequence, id, created_at, status, language, payload,"
            " content_hash, previous_hash, hash) VALUES ('musterstadt', :place, :id,"
            " '2026-03-01T23:30:00.000000+00:00', :status, :language, :payload, '0', '0', '0')"
        )
        kept = {"status": "answered", "language": "de", "payload": json.dumps(payload)}
        erased = {"status": None, "language": None, "payload": None}
        opened.execute(insert, [{"place": 1, "id": "a", **kept}, {"place": 2, "id": "b", **erased}])
    engine.dispose()


def test_kept_answers_are_counted_into_the_german_day(tmp_path: Path) -> None:
    older_log(tmp_path / "records.sqlite3")
    database = Database(tmp_path / "records.sqlite3")
    first, second = Figures(database).spans("musterstadt", date(2026, 3, 1), date(2026, 3, 2), Step.DAY)
    database.close()
    assert first.answers == 0
    assert (second.statuses, second.languages, second.energy_wh) == ({"answered": 1}, {"de": 1}, 0.5)
    assert second.durations.total() == 1
