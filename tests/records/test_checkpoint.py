"""A checkpoint that was kept elsewhere shows every later rewriting, also one that the log itself cannot show."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import InvalidInputError, NotFoundError, RecordsError
from app.records.checkpoint import Checkpoint, make_checkpoint, read_checkpoint, require_signer
from app.records.repository import RecordRepository
from app.records.verification import FaultKind
from app.signing import make_signing_key, public_key, signing_key
from tests.records.samples import fill, new_record, run_sql

TOWN = "musterstadt"
NOW = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def checkpoint(records: RecordRepository, path: Path) -> Checkpoint:
    """Of a log with three records."""
    fill(records, 3)
    return make_checkpoint(records.checked_head(TOWN), NOW, make_signing_key(path.parent, TOWN))


@pytest.fixture(scope="module")
def some_checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    folder = tmp_path_factory.mktemp("checkpoint")
    records = RecordRepository(folder / "records.sqlite3")
    fill(records, 1)
    made = make_checkpoint(records.checked_head(TOWN), NOW, make_signing_key(folder, TOWN))
    records.close()
    return made


def test_a_log_that_went_on_still_has_the_records_of_the_checkpoint(
    records: RecordRepository, checkpoint: Checkpoint
) -> None:
    assert records.verify_since(checkpoint).intact
    records.append(new_record("later"))
    records.append(new_record("elsewhere", "beispielheim"))
    report = records.verify_since(checkpoint)
    assert (report.intact, report.records) == (True, 4)


def test_lawful_erasure_is_no_fault(records: RecordRepository, checkpoint: Checkpoint) -> None:
    records.erase(TOWN, f"{TOWN}-2")
    assert records.purge(None, NOW) == 2
    assert records.verify_since(checkpoint).intact


def test_a_tail_that_was_cut_off_with_the_head_set_back_is_found(
    records: RecordRepository, checkpoint: Checkpoint, path: Path
) -> None:
    second = records.get(TOWN, f"{TOWN}-2").hash
    run_sql(
        path,
        "DELETE FROM answer_records WHERE sequence = 3",
        f"UPDATE chain_heads SET length = 2, hash = '{second}'",
    )
    assert records.verify().intact  # the log alone cannot show it
    faults = records.verify_since(checkpoint).faults
    assert [(fault.kind, fault.sequence) for fault in faults] == [(FaultKind.DELETED, 3)]


@pytest.mark.parametrize("count", [3, 5])
def test_a_chain_that_was_written_anew_is_found(checkpoint: Checkpoint, tmp_path: Path, count: int) -> None:
    forged = RecordRepository(tmp_path / "forged.sqlite3")
    fill(forged, count)  # the same answers, sealed once more: nobody has the old salts
    assert forged.verify().intact
    faults = forged.verify_since(checkpoint).faults
    assert [(fault.kind, fault.sequence) for fault in faults] == [(FaultKind.CHANGED, 3)]
    forged.close()


def test_a_log_that_is_gone_altogether_is_found(checkpoint: Checkpoint, tmp_path: Path) -> None:
    empty = RecordRepository(tmp_path / "empty.sqlite3")
    assert [fault.kind for fault in empty.verify_since(checkpoint).faults] == [FaultKind.DELETED]
    empty.close()


def test_faults_before_the_checkpoint_are_found_as_always(
    records: RecordRepository, checkpoint: Checkpoint, path: Path
) -> None:
    run_sql(path, "UPDATE answer_records SET payload = '{}' WHERE sequence = 1")
    assert [fault.sequence for fault in records.verify_since(checkpoint).faults] == [1]


def test_a_checkpoint_survives_the_way_through_a_file(checkpoint: Checkpoint, path: Path) -> None:
    read = read_checkpoint(checkpoint.model_dump_json(indent=2).encode())
    assert read == checkpoint
    require_signer(read, {public_key(signing_key(path.parent, TOWN))})


@settings(max_examples=100)
@given(field=st.sampled_from(sorted(Checkpoint.model_fields)), data=st.data())
def test_a_checkpoint_with_any_changed_field_is_refused(
    some_checkpoint: Checkpoint, field: str, data: st.DataObject
) -> None:
    before = getattr(some_checkpoint, field)
    near = st.text(max_size=140) | st.integers(0, 2**70) | st.text("0123456789abcdef", min_size=64, max_size=128)
    forged = data.draw(near.filter(lambda value: value != before))
    content = json.dumps({**some_checkpoint.model_dump(), field: forged}).encode()
    with pytest.raises(InvalidInputError):
        read_checkpoint(content)


@pytest.mark.parametrize("content", [b"", b"{}", b"null", b"\xff", b"[1]", b'{"tenant": "musterstadt"}'])
def test_other_files_are_refused(content: bytes) -> None:
    with pytest.raises(InvalidInputError, match="records checkpoint"):
        read_checkpoint(content)


def test_somebody_elses_checkpoint_is_refused_by_name(checkpoint: Checkpoint, path: Path) -> None:
    other = make_signing_key(path.parent, "other")
    with pytest.raises(InvalidInputError, match=checkpoint.public_key):
        require_signer(checkpoint, {public_key(other)})


def test_no_checkpoint_is_made_of_what_was_tampered_with(records: RecordRepository, path: Path) -> None:
    fill(records, 3)
    run_sql(path, "UPDATE answer_records SET payload = '{}' WHERE sequence = 2")
    with pytest.raises(RecordsError, match="records verify"):
        records.checked_head(TOWN)


def test_no_checkpoint_is_made_of_nothing(records: RecordRepository) -> None:
    with pytest.raises(NotFoundError):
        records.checked_head("nirgendwo")
