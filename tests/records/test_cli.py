"""`amtslotse records`."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import JsonValue
from typer.testing import CliRunner

from app.errors import InvalidInputError, NotFoundError
from app.records.repository import RecordRepository
from app.settings import get_settings
from app.signing import make_signing_key, public_key
from cli.records import app
from tests.records.samples import fill, new_record, run_sql


@pytest.fixture(autouse=True)
def data_dir(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("AMTSLOTSE_DATA_DIR", str(path.parent))
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


def _run(*arguments: str, exit_code: int = 0) -> str:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == exit_code, result.output
    return result.stdout


def test_verify_says_that_a_log_is_intact(records: RecordRepository) -> None:
    fill(records, 3)
    assert _run("verify") == "3 records checked, 0 of them erased: intact.\n"
    assert json.loads(_run("verify", "--json", "--tenant", "musterstadt"))["intact"] is True


def test_verify_names_the_fault_and_fails(records: RecordRepository, path: Path) -> None:
    fill(records, 3)
    run_sql(path, "DELETE FROM answer_records WHERE sequence = 2")
    output = _run("verify", exit_code=1)
    assert "musterstadt: deleted: Record 2 is missing." in output
    assert "tampered" in output
    report = json.loads(_run("verify", "--json", exit_code=1))
    assert (report["intact"], report["faults"][0]["kind"], report["faults"][0]["sequence"]) == (False, "deleted", 2)


def test_verify_stays_short_when_everything_is_broken(records: RecordRepository, path: Path) -> None:
    fill(records, 110)
    run_sql(path, "UPDATE answer_records SET language = 'xx'")
    assert "There are more faults" in _run("verify", exit_code=1)


def test_show_prints_the_record(records: RecordRepository) -> None:
    fill(records, 1, "beispielheim")
    output = _run("show", "beispielheim-1", "--tenant", "beispielheim")
    assert "status: answered" in output
    assert "Was kostet ein neuer Personalausweis?" in output
    shown = json.loads(_run("show", "beispielheim-1", "--tenant", "beispielheim", "--json"))
    assert shown["payload"]["scores"] == [0.25, 1.0]


def test_show_does_not_know_other_ids(records: RecordRepository) -> None:
    result = CliRunner().invoke(app, ["show", "nichts"])
    assert isinstance(result.exception, NotFoundError)


def test_erase_leaves_only_the_place_in_the_chain(records: RecordRepository) -> None:
    fill(records, 2)
    assert "Answer musterstadt-1 is erased" in _run("erase", "musterstadt-1")
    output = _run("show", "musterstadt-1")
    assert "status: -" in output
    assert "Personalausweis" not in output
    assert "1 of them erased: intact" in _run("verify")


def test_a_whole_conversation_can_be_erased_by_one_of_its_answers(records: RecordRepository) -> None:
    fill(records, 3)
    conversation = records.get("musterstadt", "musterstadt-1").conversation_id
    assert conversation is not None
    _run("erase", "musterstadt-1", "--conversation")
    assert records.recent("musterstadt", conversation, limit=3) == ()


def test_answers_that_took_over_from_an_erased_one_are_named(records: RecordRepository) -> None:
    records.append(new_record("a", conversation_id="talk"))
    copied: dict[str, JsonValue] = {"inputs": {"question": "b", "history": [{"question": "a"}]}, "walk": {}}
    records.append(new_record("b", conversation_id="talk", payload=copied))
    assert _run("erase", "a") == "Answer a is erased.\nAnswer b is erased.\n"


def test_a_checkpoint_proves_that_nothing_before_it_changed(
    records: RecordRepository, path: Path, tmp_path: Path
) -> None:
    fill(records, 3)
    file = tmp_path / "checkpoint.json"
    assert f"{file}: 3 records of musterstadt, signed by " in _run("checkpoint", "--to", str(file))
    key = json.loads(file.read_text("utf-8"))["public_key"]
    fill_more = [records.append(new_record(f"more-{number}")) for number in range(2)]
    told = _run("verify", "--checkpoint", str(file))
    assert "5 records checked, 0 of them erased: intact.\nmusterstadt: the first 3 are exactly those of" in told
    assert _run("verify", "--checkpoint", str(file), "--trust", key) == told
    head = records.get("musterstadt", "musterstadt-2").hash
    run_sql(
        path,
        "DELETE FROM answer_records WHERE sequence > 2",
        f"UPDATE chain_heads SET length = 2, hash = '{head}'",
    )
    assert "intact" in _run("verify")
    output = _run("verify", "--checkpoint", str(file), exit_code=1)
    assert "musterstadt: deleted: The log has no record 3" in output
    assert len(fill_more) == 2


def test_a_checkpoint_can_be_piped(records: RecordRepository, tmp_path: Path) -> None:
    fill(records, 1, "beispielheim")
    file = tmp_path / "checkpoint.json"
    file.write_text(_run("checkpoint", "--tenant", "beispielheim"), "utf-8")
    assert "beispielheim: the first 1 are exactly" in _run("verify", "--checkpoint", str(file))


def test_forged_and_foreign_checkpoints_are_refused(records: RecordRepository, path: Path, tmp_path: Path) -> None:
    fill(records, 2)
    file, forged = tmp_path / "checkpoint.json", tmp_path / "forged.json"
    _run("checkpoint", "--to", str(file))
    other = public_key(make_signing_key(tmp_path, "other"))
    forged.write_text(file.read_text("utf-8").replace('"sequence": 2', '"sequence": 1'), "utf-8")
    (path.parent / "musterstadt" / "keys").rename(tmp_path / "keys")
    for arguments, words in (
        (["--checkpoint", str(forged)], "changed after it was signed"),
        (["--checkpoint", str(file), "--tenant", "beispielheim"], "of musterstadt, not of beispielheim"),
        (["--checkpoint", str(file), "--trust", other], "--trust"),
        (["--checkpoint", str(file), "--trust", "x"], "64 hexadecimal digits"),
        (["--checkpoint", str(file)], "--trust"),  # no key of the town on this machine
        (["--checkpoint", str(path)], "no checkpoint"),
        (["--trust", other], "--checkpoint"),
    ):
        result = CliRunner().invoke(app, ["verify", *arguments])
        assert isinstance(result.exception, InvalidInputError), arguments
        assert words in result.exception.message


def test_purge_erases_what_is_older_than_the_retention_period(records: RecordRepository) -> None:
    fill(records, 2)
    records.append(new_record("new", created_at=datetime.now(UTC)))
    assert _run("purge").startswith("2 answers")
    assert _run("purge", "--days", "0").startswith("1 answers")
