"""Durable settings, migrations, and failures that say what to do."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, create_engine, event, text

from app.database.connection import Database
from app.database.tables import metadata
from app.errors import RecordsError
from app.records.repository import RecordRepository
from tests.records.samples import fill, new_record, run_sql


def test_migrations_build_the_tables_that_the_code_declares(records: RecordRepository, path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_a_committed_answer_survives_a_power_cut(path: Path) -> None:
    database = Database(path)
    with database.reading() as connection:
        pragmas = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }
    database.close()
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 10_000,
    }


def test_an_error_inside_a_transaction_undoes_it(path: Path) -> None:
    database = Database(path)
    with pytest.raises(KeyError), database.writing() as connection:
        connection.execute(text("INSERT INTO chain_heads VALUES ('a', 1, 'h')"))
        raise KeyError
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM chain_heads")).scalar() == 0
    database.close()


def test_reading_sees_one_state_while_others_write(records: RecordRepository, path: Path) -> None:
    fill(records, 2)
    database = Database(path)
    with database.reading() as connection:
        count = text("SELECT count(*) FROM answer_records")
        assert connection.execute(count).scalar() == 2
        records.append(new_record("late"))
        assert connection.execute(count).scalar() == 2
    database.close()


def test_a_log_of_a_newer_version_is_refused(records: RecordRepository, path: Path) -> None:
    records.close()
    run_sql(path, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(RecordsError, match="newer Amtslotse"):
        RecordRepository(path)


def test_a_file_that_is_no_database_is_refused_and_kept(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database, but somebody's file" * 100)
    before = path.read_bytes()
    with pytest.raises(RecordsError, match="the file is damaged"):
        RecordRepository(path)
    assert path.read_bytes() == before


def test_damaged_pages_are_reported(records: RecordRepository, path: Path) -> None:
    fill(records, 200)
    records.close()
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xa5" * (path.stat().st_size - 8192))
    with pytest.raises(RecordsError, match="damaged"):
        RecordRepository(path).verify()


def test_a_full_disk_loses_the_answer_but_not_the_chain(path: Path) -> None:
    def limit_to_400_kb(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA max_page_count = 100")

    event.listen(Engine, "connect", limit_to_400_kb)
    try:
        records = RecordRepository(path)
        fill(records, 3)
        with pytest.raises(RecordsError, match="the disk is full"):
            records.append(new_record("big", payload={"text": "x" * 1_000_000}))
        assert records.verify().intact
        assert records.append(new_record("small")).sequence == 4
        records.close()
    finally:
        event.remove(Engine, "connect", limit_to_400_kb)


def test_a_log_that_may_only_be_read_can_be_verified_but_not_written(records: RecordRepository, path: Path) -> None:
    fill(records, 2)
    read_only = RecordRepository(f"sqlite:///file:{path}?mode=ro&uri=true")
    assert read_only.verify().records == 2
    with pytest.raises(RecordsError, match="cannot be written"):
        read_only.append(new_record("a"))
    read_only.close()


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, not a folder")
    with pytest.raises(RecordsError, match="Check AMTSLOTSE_DATA_DIR"):
        RecordRepository(tmp_path / "data" / "records.sqlite3")


def test_a_log_that_somebody_keeps_locked_is_reported(
    records: RecordRepository, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.database.connection.BUSY_TIMEOUT_MS", 1)
    impatient = RecordRepository(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RecordsError, match="another process keeps it locked"):
            impatient.append(new_record("a"))
    assert impatient.append(new_record("a")).sequence == 1
    impatient.close()
