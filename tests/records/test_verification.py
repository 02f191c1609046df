"""Tampering with the log is found, whatever it is."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.database.tables import answer_records, chain_heads
from app.records.chain import content_hash, record_hash
from app.records.repository import RecordRepository
from app.records.verification import MAX_FAULTS, FaultKind
from tests.records.samples import fill, new_record, run_sql

_CELLS = [("answer_records", rowid, column.name) for rowid in range(1, 9) for column in answer_records.columns]
_CELLS += [("chain_heads", rowid, column.name) for rowid in (1, 2) for column in chain_heads.columns]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two tenants with four records each, the second of each erased, in a single closed file."""
    path = tmp_path_factory.mktemp("original") / "records.sqlite3"
    records = RecordRepository(path)
    for tenant in ("musterstadt", "beispielheim"):
        fill(records, 4, tenant)
        records.erase(tenant, f"{tenant}-2")
    assert records.verify().intact
    records.close()
    return path


@pytest.fixture
def tampered(original: Path, tmp_path: Path) -> Callable[..., list[tuple[FaultKind, int | None]]]:
    """Runs SQL on a copy of the log and gives back the kinds and places of the faults of musterstadt."""

    def tamper(*statements: str) -> list[tuple[FaultKind, int | None]]:
        path = tmp_path / "records.sqlite3"
        shutil.copy(original, path)
        run_sql(path, *statements)
        return _faults(path)

    return tamper


def _faults(path: Path) -> list[tuple[FaultKind, int | None]]:
    records = RecordRepository(path)
    faults = records.verify("musterstadt").faults
    assert records.verify("beispielheim").intact
    records.close()
    return [(fault.kind, fault.sequence) for fault in faults]


_HERE = "tenant = 'musterstadt'"


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_changing_any_one_value_of_any_one_row_is_found(original: Path, tmp_path: Path, data: Any) -> None:
    path = tmp_path / "records.sqlite3"
    shutil.copy(original, path)
    table, rowid, column = data.draw(st.sampled_from(_CELLS))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.text_factory = bytes
        read = f"SELECT typeof({column}), {column} FROM {table}"
        values = [row[1] for row in connection.execute(read)]
        before = connection.execute(f"{read} WHERE rowid = ?", (rowid,)).fetchone()
        forged, place = data.draw(_forgeries(before[1], values))
        try:
            connection.execute(f"UPDATE {table} SET {column} = {place} WHERE rowid = ?", (forged, rowid))
        except sqlite3.IntegrityError:
            assume(False)
        after = connection.execute(f"{read} WHERE rowid = ?", (rowid,)).fetchone()
    assume(after != before)
    records = RecordRepository(path)
    report = records.verify()
    records.close()
    assert not report.intact


def _forgeries(before: Any, values: list[Any]) -> st.SearchStrategy[tuple[Any, str]]:
    """Values of every type that SQLite stores, and how to write them; bytes as text too, valid UTF-8 or not."""
    numbers = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False)
    near = st.sampled_from([*values, _swapped_case(before)])
    anything = st.none() | numbers | st.binary() | near
    return st.tuples(anything, st.just("?")) | st.tuples(st.binary() | near, st.just("CAST(? AS TEXT)"))


def _swapped_case(value: Any) -> Any:
    return value.swapcase() if isinstance(value, bytes) else value


def test_a_clean_log_is_intact_and_counted(original: Path, tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite3"
    shutil.copy(original, path)
    records = RecordRepository(path)
    assert (records.verify().records, records.verify().erased) == (8, 2)
    assert (records.verify("musterstadt").records, records.verify("nirgendwo").records) == (4, 0)
    records.close()


Tampered = Callable[..., list[tuple[FaultKind, int | None]]]


def test_changed_content_is_named(tampered: Tampered) -> None:
    change = f"UPDATE answer_records SET payload = replace(payload, 'kostet', 'Kostet') WHERE {_HERE} AND sequence = 3"
    assert tampered(change) == [(FaultKind.CHANGED, 3)]


def test_not_even_white_space_can_be_added(tampered: Tampered) -> None:
    change = f"UPDATE answer_records SET payload = payload || ' ' WHERE {_HERE} AND sequence = 1"
    assert tampered(change) == [(FaultKind.CHANGED, 1)]


@pytest.mark.parametrize("sequence", [1, 2, 3, 4])
def test_a_deleted_record_is_found_wherever_it_stood(tampered: Tampered, sequence: int) -> None:
    delete = f"DELETE FROM answer_records WHERE {_HERE} AND sequence = {sequence}"
    assert tampered(delete) == [(FaultKind.DELETED, sequence)]


def test_a_deleted_record_is_found_after_the_rest_was_renumbered(tampered: Tampered) -> None:
    assert tampered(
        f"DELETE FROM answer_records WHERE {_HERE} AND sequence = 2",
        f"UPDATE answer_records SET sequence = sequence - 1 WHERE {_HERE} AND sequence > 2",
    ) == [(FaultKind.REORDERED, 2), (FaultKind.REORDERED, 3), (FaultKind.DELETED, 4)]


def test_a_deleted_chain_is_found(tampered: Tampered) -> None:
    assert tampered(f"DELETE FROM answer_records WHERE {_HERE}") == [(FaultKind.DELETED, 1)]


def test_a_deleted_chain_head_is_found(tampered: Tampered) -> None:
    assert tampered(f"DELETE FROM chain_heads WHERE {_HERE}") == [(FaultKind.DELETED, 4)]


def test_swapped_records_are_found(tampered: Tampered) -> None:
    assert tampered(
        f"UPDATE answer_records SET sequence = 99 WHERE {_HERE} AND sequence = 1",
        f"UPDATE answer_records SET sequence = 1 WHERE {_HERE} AND sequence = 3",
        f"UPDATE answer_records SET sequence = 3 WHERE {_HERE} AND sequence = 99",
    ) == [(FaultKind.REORDERED, 1), (FaultKind.REORDERED, 3)]


def test_a_record_swapped_with_its_neighbour_is_found(tampered: Tampered) -> None:
    assert tampered(
        f"UPDATE answer_records SET sequence = 99 WHERE {_HERE} AND sequence = 3",
        f"UPDATE answer_records SET sequence = 3 WHERE {_HERE} AND sequence = 4",
        f"UPDATE answer_records SET sequence = 4 WHERE {_HERE} AND sequence = 99",
    ) == [(FaultKind.REORDERED, 3), (FaultKind.REORDERED, 4)]


@pytest.mark.parametrize("sequence", ["0", "-5", "2.5", "5", "'x'"])
def test_an_inserted_copy_is_found(tampered: Tampered, sequence: str) -> None:
    columns = ", ".join(column.name for column in answer_records.columns)
    values = columns.replace("sequence", sequence, 1).replace(" id,", " 'forged',", 1)
    faults = tampered(
        f"INSERT INTO answer_records ({columns}) SELECT {values} FROM answer_records WHERE {_HERE} AND sequence = 4"
    )
    assert [kind for kind, _ in faults] == [FaultKind.INSERTED]


def test_a_record_with_a_good_seal_added_behind_the_head_is_found(original: Path, tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite3"
    shutil.copy(original, path)
    run_sql(path, "CREATE TABLE kept AS SELECT * FROM chain_heads")
    records = RecordRepository(path)
    records.append(new_record("forged"))
    records.close()
    run_sql(path, "DELETE FROM chain_heads", "INSERT INTO chain_heads SELECT * FROM kept")
    assert _faults(path) == [(FaultKind.INSERTED, 5)]


def test_a_record_inserted_in_the_middle_of_a_renumbered_chain_is_found(tampered: Tampered) -> None:
    columns = ", ".join(column.name for column in answer_records.columns)
    values = columns.replace("sequence", "3", 1).replace(" id,", " 'forged',", 1)
    faults = tampered(
        f"UPDATE answer_records SET sequence = sequence + 100 WHERE {_HERE} AND sequence >= 3",
        f"INSERT INTO answer_records ({columns}) SELECT {values} FROM answer_records WHERE {_HERE} AND sequence = 1",
        f"UPDATE answer_records SET sequence = sequence - 99 WHERE {_HERE} AND sequence > 99",
    )
    assert (FaultKind.CHANGED, 3) in faults
    assert {place for kind, place in faults if kind is FaultKind.REORDERED} == {4}
    assert (FaultKind.INSERTED, 5) in faults


@pytest.mark.parametrize("left", [0, 1, 2, 3])
def test_a_cut_off_end_is_found_however_long_it_was(tampered: Tampered, left: int) -> None:
    cut = f"DELETE FROM answer_records WHERE {_HERE} AND sequence > {left}"
    assert tampered(cut) == [(FaultKind.DELETED, left + 1)]
    back = f"UPDATE chain_heads SET length = {left} WHERE {_HERE}"
    assert tampered(cut, back) == [(FaultKind.CHANGED, left)] if left else tampered(cut, back) != []


@pytest.mark.parametrize("change", ["erased_at = replace(erased_at, '20', '19')", "erased_at = NULL", "id = 'other'"])
def test_what_is_left_of_an_erased_record_cannot_be_changed(tampered: Tampered, change: str) -> None:
    assert tampered(f"UPDATE answer_records SET {change} WHERE {_HERE} AND sequence = 2") == [(FaultKind.CHANGED, 2)]


def test_an_erased_record_cannot_be_deleted_or_moved(tampered: Tampered) -> None:
    assert tampered(f"DELETE FROM answer_records WHERE {_HERE} AND sequence = 2") == [(FaultKind.DELETED, 2)]
    assert tampered(
        f"UPDATE answer_records SET sequence = 99 WHERE {_HERE} AND sequence = 2",
        f"UPDATE answer_records SET sequence = 2 WHERE {_HERE} AND sequence = 3",
        f"UPDATE answer_records SET sequence = 3 WHERE {_HERE} AND sequence = 99",
    ) == [(FaultKind.REORDERED, 2), (FaultKind.REORDERED, 3)]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_copying_deleting_or_swapping_any_rows_is_found(original: Path, tmp_path: Path, data: Any) -> None:
    path = tmp_path / "records.sqlite3"
    shutil.copy(original, path)
    first, second = data.draw(st.lists(st.integers(1, 8), min_size=2, max_size=2, unique=True))
    columns = [column.name for column in answer_records.columns]
    names = ", ".join(columns)
    content = [name for name in columns if name not in ("tenant", "sequence")]
    what = data.draw(st.sampled_from(["delete", "copy", "swap"]))
    with closing(sqlite3.connect(path)) as connection, connection:
        rows = dict(connection.execute(f"SELECT rowid, json_array({names}) FROM answer_records").fetchall())
        one, other = (dict(zip(columns, json.loads(rows[rowid]), strict=True)) for rowid in (first, second))
        if what == "delete":
            connection.execute("DELETE FROM answer_records WHERE rowid = ?", (first,))
        elif what == "copy":
            copy = {**one, "id": data.draw(st.text("abc", min_size=1)), "sequence": data.draw(st.integers(-9, 20))}
            assume(all(copy["sequence"] != json.loads(row)[columns.index("sequence")] for row in rows.values()))
            marks = ", ".join("?" * len(columns))
            connection.execute(f"INSERT INTO answer_records ({names}) VALUES ({marks})", tuple(copy.values()))
        else:
            connection.execute("DELETE FROM answer_records WHERE rowid IN (?, ?)", (first, second))
            marks = ", ".join("?" * len(columns))
            for place, filling in ((one, other), (other, one)):
                row = {**place, **{name: filling[name] for name in content}}
                connection.execute(f"INSERT INTO answer_records ({names}) VALUES ({marks})", tuple(row.values()))
    records = RecordRepository(path)
    report = records.verify()
    records.close()
    assert not report.intact


@pytest.mark.parametrize("sequence", [1, 3, 4])
def test_a_record_replaced_by_one_with_a_good_seal_is_found(original: Path, tmp_path: Path, sequence: int) -> None:
    path = tmp_path / "records.sqlite3"
    shutil.copy(original, path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.row_factory = sqlite3.Row
        where = f"{_HERE} AND sequence = {sequence}"
        row = connection.execute(f"SELECT * FROM answer_records WHERE {where}").fetchone()
        parts = (row["conversation_id"], row["status"], row["language"], row["generation"])
        content = content_hash(row["salt"], *parts, "{}")
        seal = record_hash(row["previous_hash"], sequence, row["id"], row["tenant"], row["created_at"], content)
        connection.execute(
            f"UPDATE answer_records SET payload = '{{}}', content_hash = ?, hash = ? WHERE {where}", (content, seal)
        )
    assert _faults(path) == [(FaultKind.CHANGED, sequence)]


def test_content_that_got_lost_does_not_pass_as_erased(tampered: Tampered) -> None:
    gone = "payload = NULL, salt = NULL, conversation_id = NULL, status = NULL, language = NULL, generation = NULL"
    where = f"WHERE {_HERE} AND sequence = 3"
    moment = "2026-03-05T10:00:00.000000+00:00"
    assert tampered(f"UPDATE answer_records SET {gone} {where}") == [(FaultKind.CHANGED, 3)]
    with_time = f"UPDATE answer_records SET {gone}, erased_at = '{moment}' {where}"
    assert tampered(with_time) == [(FaultKind.CHANGED, 3)]


def test_an_erased_record_cannot_be_filled_again(tampered: Tampered) -> None:
    fill_again = f"UPDATE answer_records SET payload = '{{}}' WHERE {_HERE} AND sequence = 2"
    assert tampered(fill_again) == [(FaultKind.CHANGED, 2)]


def test_a_report_lists_a_bounded_number_of_faults(records: RecordRepository, path: Path) -> None:
    fill(records, MAX_FAULTS + 5)
    run_sql(path, "UPDATE answer_records SET status = 'declined'")
    report = records.verify()
    assert (len(report.faults), report.more_faults) == (MAX_FAULTS, True)
