"""`amtslotse knowledge` as people type it: what it prints, and its exit code."""

import json
from pathlib import Path

import pytest

from app.index.generation import active_id, generations_folder
from tests.cli.runner import Run
from tests.ingest.samples import markdown
from tests.knowledge import DOCUMENTS, TENANT

pytestmark = pytest.mark.models

ANEW = ("--force", "--skip-gold", "Test")
"""Publishes although nothing changed."""


def edit(knowledge_dir: Path, before: str, after: str) -> None:
    path = knowledge_dir / TENANT / "services" / "hund-anmelden.md"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


@pytest.mark.parametrize("command", ["check", "publish", "diff"])
def test_an_unknown_tenant_is_one_line_and_exit_code_1(amtslotse: Run, command: str) -> None:
    outcome = amtslotse(command, "--tenant", "xanadu")
    assert (outcome.code, outcome.err.count("\n")) == (1, 1)
    assert outcome.err.startswith("amtslotse: There is no tenant 'xanadu'")


def test_check_of_good_texts_exits_with_0(amtslotse: Run) -> None:
    outcome = amtslotse("check")
    assert outcome.code == 0
    assert f"{len(DOCUMENTS)} texts, 0 errors, " in outcome.out


def test_check_names_file_line_and_fix_and_exits_with_1(amtslotse: Run, knowledge_dir: Path) -> None:
    edit(knowledge_dir, "language: de", "language: deutsch")
    outcome = amtslotse("check")
    assert outcome.code == 1
    assert "services/hund-anmelden.md:" in outcome.out
    assert "error invalid-field: 'language'" in outcome.out
    assert "→ correct 'language'" in outcome.out
    assert ", 1 errors, " in outcome.out


def test_check_as_json_is_one_object_with_the_same_findings(amtslotse: Run, knowledge_dir: Path) -> None:
    edit(knowledge_dir, "office: steueramt", "office: hundeamt")
    outcome = amtslotse("check", "--json")
    assert outcome.code == 1
    checked = json.loads(outcome.out)
    assert checked["documents"] == len(DOCUMENTS)
    (error,) = [finding for finding in checked["findings"] if finding["severity"] == "error"]
    assert (error["code"], error["file"], error["line"]) == ("unknown-office", "services/hund-anmelden.md", 0)
    assert error["message"]
    assert error["fix"]


def test_publish_activates_a_new_generation_and_names_it(amtslotse: Run, data_dir: Path) -> None:
    before = active_id(data_dir, TENANT)
    outcome = amtslotse("publish", *ANEW, "--author", "Redaktion")
    after = active_id(data_dir, TENANT)
    assert outcome.code == 0
    assert after not in (before, None)
    assert f"{TENANT}: published {len(DOCUMENTS)} texts, " in outcome.out
    assert f"passages as {after}" in outcome.out
    assert "by Redaktion" in amtslotse("generations").out


def test_publish_if_empty_leaves_what_is_published(amtslotse: Run, data_dir: Path) -> None:
    before = active_id(data_dir, TENANT)
    outcome = amtslotse("publish", "--if-empty")
    assert (outcome.code, active_id(data_dir, TENANT)) == (0, before)
    assert f"generation {before} is already published" in outcome.out


def test_publish_refuses_texts_with_errors_and_lists_them(amtslotse: Run, knowledge_dir: Path, data_dir: Path) -> None:
    before = active_id(data_dir, TENANT)
    edit(knowledge_dir, "reviewed_on: 2026-10-05", "reviewed_on: 2026-02-30")
    outcome = amtslotse("publish")
    assert (outcome.code, active_id(data_dir, TENANT)) == (1, before)
    assert "nothing was published" in outcome.err
    assert "services/hund-anmelden.md:" in outcome.err


def test_publish_of_an_empty_folder_says_so(amtslotse: Run, knowledge_dir: Path) -> None:
    for path in (knowledge_dir / TENANT / "services").iterdir():
        path.unlink()
    outcome = amtslotse("publish")
    assert outcome.code == 1
    assert "there are no Markdown files below" in outcome.err


def test_diff_without_changes_says_so(amtslotse: Run) -> None:
    outcome = amtslotse("diff")
    assert (outcome.code, outcome.out) == (0, "no changes\n")


def test_diff_names_what_publishing_would_change(amtslotse: Run, knowledge_dir: Path) -> None:
    services = knowledge_dir / TENANT / "services"
    (services / "kita-platz.md").unlink()
    (services / "neu.md").write_text(markdown().replace("id: hund-anmelden", "id: neu"), encoding="utf-8")
    edit(knowledge_dir, "ein Hund: 96,00 Euro", "ein Hund: 98,00 Euro")
    with (knowledge_dir / TENANT / "tenant.yaml").open("a", encoding="utf-8") as file:
        file.write("# neu\n")
    lines = amtslotse("diff").out.splitlines()
    assert lines[:4] == ["added    neu", "changed  hund-anmelden", "removed  kita-platz", "changed  tenant.yaml"]
    assert lines[4].startswith("passages: 3 new, ")
    as_json = json.loads(amtslotse("diff", "--json").out)
    assert (as_json["added"], as_json["changed"], as_json["removed"]) == (["neu"], ["hund-anmelden"], ["kita-platz"])
    assert as_json["chunks_added"] == 3


def test_diff_of_texts_with_errors_says_which_command_lists_them(amtslotse: Run, knowledge_dir: Path) -> None:
    edit(knowledge_dir, "office: steueramt", "office: hundeamt")
    outcome = amtslotse("diff")
    assert (outcome.code, outcome.out) == (1, "")
    assert f"`amtslotse knowledge check --tenant {TENANT}`" in outcome.err


def test_generations_marks_the_active_one(amtslotse: Run, data_dir: Path) -> None:
    first = active_id(data_dir, TENANT)
    amtslotse("publish", *ANEW)
    second = active_id(data_dir, TENANT)
    lines = amtslotse("generations").out.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"  {first}  ")
    assert lines[1].startswith(f"* {second}  ")
    rows = json.loads(amtslotse("generations", "--json").out)
    assert [(row["id"], row["active"]) for row in rows] == [(first, False), (second, True)]
    assert all(row["documents"] == len(DOCUMENTS) for row in rows)


def test_generations_lists_a_damaged_one_instead_of_failing(amtslotse: Run, data_dir: Path) -> None:
    (folder,) = generations_folder(data_dir, TENANT).iterdir()
    (folder / "manifest.json").write_text("{", encoding="utf-8")
    outcome = amtslotse("generations")
    assert outcome.code == 0
    assert outcome.out.startswith(f"! {folder.name}  damaged")


def test_generations_of_a_town_without_any_says_how_to_publish(amtslotse: Run) -> None:
    outcome = amtslotse("generations", "--tenant", "xanadu")
    assert outcome.code == 0
    assert "run `amtslotse knowledge publish --tenant xanadu`" in outcome.out
    assert json.loads(amtslotse("generations", "--tenant", "xanadu", "--json").out) == []


def test_rollback_goes_back_and_a_named_rollback_forward_again(amtslotse: Run, data_dir: Path) -> None:
    first = active_id(data_dir, TENANT)
    amtslotse("publish", *ANEW)
    second = active_id(data_dir, TENANT) or ""
    outcome = amtslotse("rollback")
    assert (outcome.code, outcome.out) == (0, f"{TENANT}: active is now {first}\n")
    assert active_id(data_dir, TENANT) == first
    assert amtslotse("rollback", second).code == 0
    assert active_id(data_dir, TENANT) == second


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "has no earlier generation to roll back to"),
        (("20000101T000000000000Z",), "has no generation '20000101T000000000000Z'"),
        (("--tenant", "xanadu"), "has no earlier generation to roll back to"),
    ],
)
def test_a_rollback_to_nowhere_is_one_line_and_exit_code_1(
    amtslotse: Run, data_dir: Path, arguments: tuple[str, ...], says: str
) -> None:
    before = active_id(data_dir, TENANT)
    outcome = amtslotse("rollback", *arguments)
    assert (outcome.code, outcome.err.count("\n"), active_id(data_dir, TENANT)) == (1, 1, before)
    assert says in outcome.err
