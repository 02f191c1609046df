"""`amtslotse knowledge publish` and `approve` as people type them."""

from pathlib import Path

import pytest

from app.index.generation import active_id, generations_folder
from app.index.manifest import GenerationState, read_manifest
from ingest.publishing_log import Action, read_log
from ingest.rollback import generations
from tests.cli.runner import Run
from tests.evaluation.gate_town import raise_dog_tax, write_gold
from tests.knowledge import DOCUMENTS, TENANT, set_publishing

pytestmark = pytest.mark.models

SKIPPED = ("--skip-gold", "Beispielwissen")


def states(data_dir: Path) -> list[GenerationState]:
    return [manifest.state for manifest in generations(data_dir, TENANT)]


def test_unchanged_texts_publish_nothing_and_load_no_model(
    amtslotse: Run, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(_: object) -> None:
        raise AssertionError("nothing changed, so no model is needed")

    monkeypatch.setattr("app.models.factory.open_embedder", never)
    before = active_id(data_dir, TENANT)
    outcome = amtslotse("publish")
    assert outcome.code == 0
    assert outcome.out == f"{TENANT}: nothing has changed since {before} (--force builds it anew)\n"
    assert states(data_dir) == [GenerationState.READY]


def test_texts_that_pass_are_published_with_what_the_gold_questions_said(
    amtslotse: Run, knowledge_dir: Path, data_dir: Path
) -> None:
    write_gold(knowledge_dir)
    outcome = amtslotse("publish", "--author", "Redaktion")
    assert outcome.code == 0, outcome.err
    assert f"published {len(DOCUMENTS)} texts" in outcome.out
    assert "4 gold questions: 100.0 % answered rightly, 100.0 % rightly refused, 0 invented figures" in outcome.out
    assert [event.action for event in read_log(data_dir, TENANT)][-1] is Action.ACTIVATED


def test_a_lost_answer_is_exit_code_1_with_the_report_and_the_way_on(
    amtslotse: Run, knowledge_dir: Path, data_dir: Path
) -> None:
    before = active_id(data_dir, TENANT)
    write_gold(knowledge_dir)
    raise_dog_tax(knowledge_dir)
    outcome = amtslotse("publish")
    assert (outcome.code, active_id(data_dir, TENANT)) == (1, before)
    assert "hund (wrong)" in outcome.err
    report = Path(outcome.err.partition("before and after: ")[2].splitlines()[0])
    assert "98,00 Euro" in report.read_text("utf-8")
    assert "refused by the gate" in amtslotse("generations").out
    outcome = amtslotse("publish", "--accept-regressions", "Neue Satzung")
    assert outcome.code == 0
    active = active_id(data_dir, TENANT) or ""
    assert read_manifest(generations_folder(data_dir, TENANT) / active).reasons.regressions == "Neue Satzung"


def test_without_gold_questions_publishing_needs_a_reason(amtslotse: Run, knowledge_dir: Path, data_dir: Path) -> None:
    before = active_id(data_dir, TENANT)
    raise_dog_tax(knowledge_dir)
    outcome = amtslotse("publish")
    assert (outcome.code, active_id(data_dir, TENANT)) == (1, before)
    assert "has no gold questions" in outcome.err
    assert "--skip-gold REASON" in outcome.err
    outcome = amtslotse("publish", *SKIPPED)
    assert outcome.code == 0
    assert active_id(data_dir, TENANT) != before


def test_far_fewer_texts_need_a_reason(amtslotse: Run, knowledge_dir: Path) -> None:
    for name in ("kita-platz", "reisepass", "wohngeld"):
        (knowledge_dir / TENANT / "services" / f"{name}.md").unlink()
    outcome = amtslotse("publish", *SKIPPED)
    assert outcome.code == 1
    assert "3 of 9 texts would be gone (33 %, at most 20 % may be)" in outcome.err
    assert amtslotse("publish", *SKIPPED, "--allow-shrink", "Drei Dienste sind umgezogen").code == 0


@pytest.mark.parametrize("option", ["--skip-gold", "--allow-shrink", "--accept-regressions", "--accept-warnings"])
def test_an_empty_reason_is_none(amtslotse: Run, option: str) -> None:
    outcome = amtslotse("publish", option, "  ")
    assert outcome.code == 1
    assert f"{option} needs a reason in words" in outcome.err


def test_with_four_eyes_another_person_approves(amtslotse: Run, knowledge_dir: Path, data_dir: Path) -> None:
    before = active_id(data_dir, TENANT)
    set_publishing(knowledge_dir, four_eyes=True)
    outcome = amtslotse("publish", *SKIPPED, "--author", "Anna Beispiel")
    pending = generations(data_dir, TENANT)[-1].id
    assert (outcome.code, active_id(data_dir, TENANT)) == (0, before)
    assert f"amtslotse knowledge approve {pending} --tenant {TENANT} --by NAME" in outcome.out
    assert f"{pending} has the same texts and waits" in amtslotse("publish", *SKIPPED).out
    assert "waits for approval" in amtslotse("generations").out

    outcome = amtslotse("approve", pending, "--by", "anna beispiel")
    assert (outcome.code, active_id(data_dir, TENANT)) == (1, before)
    assert "cannot approve it as well" in outcome.err
    assert "needs a name" in amtslotse("approve", pending).err

    outcome = amtslotse("publish", "--approve", pending, "--by", "Bernd Muster")
    assert (outcome.code, active_id(data_dir, TENANT)) == (0, pending)
    assert f"{TENANT}: approved by Bernd Muster, active is now {pending}" in outcome.out
    assert "by Anna Beispiel, approved by Bernd Muster" in amtslotse("generations").out


def test_by_without_approve_is_explained(amtslotse: Run) -> None:
    outcome = amtslotse("publish", "--by", "B")
    assert outcome.code == 1
    assert "--by goes with --approve ID" in outcome.err


def test_a_rollback_is_recorded_with_name_and_reason(amtslotse: Run, knowledge_dir: Path, data_dir: Path) -> None:
    raise_dog_tax(knowledge_dir)
    amtslotse("publish", *SKIPPED)
    assert amtslotse("rollback", "--by", "Anna Beispiel", "--reason", "Falsche Gebühr").code == 0
    last = read_log(data_dir, TENANT)[-1]
    assert (last.action, last.by, last.reasons) == (Action.ROLLED_BACK, "Anna Beispiel", ("Falsche Gebühr",))
