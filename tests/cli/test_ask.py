"""`amtslotse ask` and `amtslotse replay`."""

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.models.ports import Embedder
from app.records.repository import RecordRepository
from tests.answering.samples import PRICE_QUESTION, QUOTED
from tests.cli.runner import Outcome, Run, in_this_process
from tests.knowledge import TENANT
from tests.servers import amtslotse, environment

FIELDS = {"answer_id", "status", "statements", "sources", "disclosure", "language", "model", "generation", "timings"}


@pytest.fixture
def data_dir(published_copy: Path, small_knowledge: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of the commands in this process; they quote only, which needs no language model."""
    for name, value in environment(published_copy, small_knowledge, llm_backend="none").items():
        if name.startswith("AMTSLOTSE_"):
            monkeypatch.setenv(name, value)
    return published_copy


@pytest.fixture
def run(
    data_dir: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Runs a command in this process, with the session's embedder."""
    monkeypatch.setattr("cli.runtime.open_embedder", lambda settings: embedder)
    with in_this_process(monkeypatch, capsys) as run:
        yield run


@pytest.mark.models
def test_ask_prints_one_object_and_replay_says_identical(published_copy: Path, small_knowledge: Path) -> None:
    """The whole command with the real models, as other programs call it."""
    env = environment(published_copy, small_knowledge)
    asked = amtslotse("ask", PRICE_QUESTION, "--json", env=env)
    assert asked.returncode == 0, asked.stderr
    answer = json.loads(asked.stdout)
    assert answer.keys() >= FIELDS
    assert answer["status"] == "answered"
    assert answer["model"] == "gemma-3-270m"
    assert all(statement.keys() >= {"text", "citations"} for statement in answer["statements"])
    assert "37,00" in str(answer["statements"])
    for source in answer["sources"]:
        assert source.keys() >= {"number", "title", "module", "url", "text", "chunk_id"}
    numbers = {source["number"] for source in answer["sources"]}
    assert {number for statement in answer["statements"] for number in statement["citations"]} == numbers

    replayed = amtslotse("replay", answer["answer_id"], env=env)
    assert (replayed.returncode, replayed.stdout) == (0, "identical\n")


def test_ask_prints_statements_sources_office_and_disclosure_for_people(run: Run) -> None:
    said = run("ask", PRICE_QUESTION)
    assert (said.code, said.err) == (0, "")
    assert f"{QUOTED} [1]" in said.out
    assert "[1] Personalausweis beantragen, Kosten: https://" in said.out
    assert "Bürgeramt, Rathausplatz 1" in said.out
    assert "Maschine" in said.out
    assert "Status: answered  Reference: " in said.out


def test_language_and_conversation_can_be_chosen(run: Run) -> None:
    assert run("ask", PRICE_QUESTION, "--conversation", "conversation-1").code == 0
    out = run("ask", "Was muss ich mitbringen?", "--conversation", "conversation-1", "--json").out
    answer = json.loads(out)
    assert answer["conversation_id"] == "conversation-1"
    assert answer["sources"][0]["title"] == "Personalausweis beantragen"
    assert json.loads(run("ask", "Wie wird das Wetter?", "--language", "en", "--json").out)["language"] == "en"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ask", ""], "Frage"),
        (["ask", "x" * 10_000], "1000 Zeichen"),
        (["ask", "😀"], "in Worten"),
        (["ask", "\udcff\udcfe"], "Zeichen"),
        (["ask", "Was?", "--tenant", "nirgendwo"], "nirgendwo"),
        (["replay", "0123456789abcdef"], "0123456789abcdef"),
        (["replay", "x", "--tenant", "nirgendwo"], "x"),
    ],
)
@pytest.mark.parametrize("json_flag", [[], ["--json"]])
def test_an_error_is_one_line_that_says_what_is_wrong(
    run: Run, arguments: list[str], json_flag: list[str], words: str
) -> None:
    flags = json_flag if arguments[0] == "ask" else []
    said = run(*arguments, *flags)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("amtslotse: ")
    assert said.err.count("\n") == 1
    assert words in said.err


def test_without_published_texts_it_names_the_command_that_publishes(run: Run, data_dir: Path) -> None:
    shutil.rmtree(data_dir / TENANT)
    said = run("ask", PRICE_QUESTION)
    assert said.code == 1
    assert "amtslotse knowledge publish" in said.err
    assert said.err.count("\n") == 1


def test_a_changed_record_makes_replay_fail_and_names_the_difference(run: Run, data_dir: Path) -> None:
    answer_id = json.loads(run("ask", PRICE_QUESTION, "--json").out)["answer_id"]
    assert run("replay", answer_id) == Outcome(0, "identical\n", "")
    _forge(data_dir / "records.sqlite3")
    said = run("replay", answer_id)
    assert said.code == 1
    assert said.out.startswith("first difference: answer.statements[1].text\n")
    assert "kostenlos" in said.out


def test_an_erased_answer_cannot_be_replayed(run: Run, data_dir: Path) -> None:
    answer_id = json.loads(run("ask", PRICE_QUESTION, "--json").out)["answer_id"]
    records = RecordRepository(data_dir / "records.sqlite3")
    records.erase(TENANT, answer_id)
    records.close()
    said = run("replay", answer_id)
    assert (said.code, said.out) == (1, "")
    assert answer_id in said.err


def test_all_answers_of_a_day_are_replayed_and_counted(run: Run, data_dir: Path) -> None:
    ids = [json.loads(run("ask", text, "--json").out)["answer_id"] for text in (PRICE_QUESTION, "Guten Tag!", "Danke!")]
    records = RecordRepository(data_dir / "records.sqlite3")
    records.erase(TENANT, ids[2])
    day = records.get(TENANT, ids[0]).created_at.astimezone(ZoneInfo("Europe/Berlin")).date()
    records.close()
    said = run("replay", "--all")
    assert said.code == 0
    assert f"{day}: 3 answers\n" in said.out
    assert _count(said.out, "identical") == 2
    assert _count(said.out, "erased") == 1
    assert run("replay", "--all", "--day", str(day)).out == said.out
    counted = json.loads(run("replay", "--all", "--json").out)
    assert (counted["answers"], counted["identical"], counted["erased"]) == (3, 2, 1)
    assert [each["answer_id"] for each in counted["each"]] == ids
    assert _count(run("replay", "--all", "--day", "2020-01-01").out, "identical") == 0


def test_a_difference_that_nothing_explains_makes_the_day_fail(run: Run, data_dir: Path) -> None:
    answer_id = json.loads(run("ask", PRICE_QUESTION, "--json").out)["answer_id"]
    _forge(data_dir / "records.sqlite3")
    said = run("replay", "--all")
    assert said.code == 1
    assert said.out.startswith(f"{answer_id}  different, unexplained: first difference: answer.statements[1].text\n")
    assert _count(said.out, "different, unexplained") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "--all"),
        (["0123456789abcdef", "--all"], "--all"),
        (["0123456789abcdef", "--day", "2026-11-02"], "--all"),
        (["--all", "--day", "2026-13-01"], "2026-13-01"),
        (["--all"], "nothing to replay"),
    ],
)
def test_what_cannot_be_replayed_is_told_in_one_line(run: Run, arguments: list[str], words: str) -> None:
    said = run("replay", *arguments)
    assert (said.code, said.out) == (1, "")
    assert words in said.err
    assert said.err.count("\n") == 1


def _count(out: str, outcome: str) -> int:
    (line,) = [line for line in out.splitlines() if re.fullmatch(rf"{outcome} +\d+", line)]
    return int(line.split()[-1])


def _forge(path: Path) -> None:
    """Changes what was said, behind the service's back."""
    with closing(sqlite3.connect(path)) as connection, connection:
        (payload,) = connection.execute("SELECT payload FROM answer_records").fetchone()
        forged = json.loads(payload)
        forged["answer"]["statements"][1]["text"] = "Der Personalausweis ist kostenlos."
        connection.execute("UPDATE answer_records SET payload = ?", (json.dumps(forged),))
