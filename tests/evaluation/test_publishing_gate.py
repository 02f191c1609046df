"""The gold questions as a gate, through the real service on a small town."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import ConfigurationError
from app.index.generation import active_id, generations_folder
from app.index.manifest import GenerationState, Manifest, Reasons, read_manifest
from app.models.ports import Embedder
from app.tenants.publishing import Publishing
from evaluation.kept_answers import EVALUATION_FILE, read_kept
from evaluation.publishing_gate import REPORT_FILE, GoldExaminer, gold_questions
from ingest.gate import Gate, GateRefusedError
from ingest.generation import publish
from ingest.gold_effects import gold_effects
from ingest.prepared import prepare
from ingest.rollback import generations
from tests.evaluation.gate_town import CountedSteps, quoting_examiner, raise_dog_tax, write_gold
from tests.fakes import ScriptedLanguageModel
from tests.knowledge import TENANT, copy_knowledge, silent

pytestmark = pytest.mark.models

CANDIDATE, ACTIVE = "gold questions", "gold questions, active generation"


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """The published texts with gold questions."""
    folder = copy_knowledge(tmp_path / "knowledge")
    write_gold(folder)
    return folder


@pytest.fixture
def examiner(knowledge: Path, embedder: Embedder) -> GoldExaminer:
    return quoting_examiner(knowledge, embedder)


def folder_of(data_dir: Path, manifest: Manifest) -> Path:
    return generations_folder(data_dir, TENANT) / manifest.id


def test_a_lost_figure_is_a_regression_and_stops_publishing(
    knowledge: Path, published_copy: Path, embedder: Embedder, examiner: GoldExaminer
) -> None:
    before = active_id(published_copy, TENANT)
    raise_dog_tax(knowledge)
    with pytest.raises(GateRefusedError, match=r"1 gold question was answered rightly .*: hund \(wrong\)"):
        publish(knowledge, published_copy, TENANT, embedder, "A", silent, Gate(examiner=examiner))
    candidate = generations(published_copy, TENANT)[-1]
    assert active_id(published_copy, TENANT) == before
    assert candidate.state is GenerationState.REFUSED
    assert candidate.evaluation is not None
    assert candidate.evaluation.regressions == ("hund",)
    assert (candidate.evaluation.questions, candidate.evaluation.right, candidate.evaluation.model) == (4, 0.5, "none")
    page = (folder_of(published_copy, candidate) / REPORT_FILE).read_text("utf-8")
    assert "96,00 Euro" in page and "98,00 Euro" in page


def test_answers_kept_with_the_active_generation_are_not_asked_again(
    knowledge: Path, published_copy: Path, embedder: Embedder, examiner: GoldExaminer
) -> None:
    first, second = CountedSteps(), CountedSteps()
    manifest = publish(knowledge, published_copy, TENANT, embedder, "A", first, Gate(examiner=examiner))
    assert (first.asked[CANDIDATE], first.asked[ACTIVE]) == (4, 4)
    raise_dog_tax(knowledge)
    gate = Gate(Reasons(regressions="Neue Satzung"), examiner)
    publish(knowledge, published_copy, TENANT, embedder, "A", second, gate)
    assert (second.asked[CANDIDATE], ACTIVE in second.asked) == (4, False)
    assert read_manifest(folder_of(published_copy, manifest)).state is GenerationState.READY


def test_a_second_look_does_not_ask_the_active_generation_again(
    knowledge: Path, published_copy: Path, embedder: Embedder, examiner: GoldExaminer, tmp_path: Path
) -> None:
    raise_dog_tax(knowledge)
    looking = replace(examiner, cache=tmp_path / "checks" / "answers.json")
    prepared = prepare(knowledge, published_copy, TENANT)
    first, second, third = CountedSteps(), CountedSteps(), CountedSteps()
    found = gold_effects(prepared, embedder, looking, first)
    assert gold_effects(prepared, embedder, looking, second).changes == found.changes
    assert (first.asked[CANDIDATE], first.asked[ACTIVE]) == (4, 4)
    assert (second.asked[CANDIDATE], ACTIVE in second.asked) == (4, False)
    assert [change.id for change in found.changes if change.regression] == ["hund"]
    assert looking.cache is not None
    looking.cache.write_text("{", encoding="utf-8")
    gold_effects(prepared, embedder, looking, third)
    assert third.asked[ACTIVE] == 4


def test_a_refused_candidate_is_decided_about_again_without_asking(
    knowledge: Path, published_copy: Path, embedder: Embedder, examiner: GoldExaminer
) -> None:
    raise_dog_tax(knowledge)
    with pytest.raises(GateRefusedError):
        publish(knowledge, published_copy, TENANT, embedder, "A", silent, Gate(examiner=examiner))
    steps = CountedSteps()
    gate = Gate(Reasons(regressions="Neue Satzung"), examiner)
    manifest = publish(knowledge, published_copy, TENANT, embedder, "A", steps, gate)
    assert CANDIDATE not in steps.asked
    assert manifest.evaluation is not None and manifest.evaluation.regressions == ("hund",)
    assert active_id(published_copy, TENANT) == manifest.id


def test_only_questions_that_were_changed_are_asked_of_the_active_generation(
    knowledge: Path, published_copy: Path, embedder: Embedder, examiner: GoldExaminer
) -> None:
    publish(knowledge, published_copy, TENANT, embedder, "A", silent, Gate(examiner=examiner))
    raise_dog_tax(knowledge)
    gold = knowledge / TENANT / "gold" / "dev.yaml"
    gold.write_text(gold.read_text("utf-8").replace("96,00 Euro", "98,00 Euro"), "utf-8")
    steps = CountedSteps()
    manifest = publish(knowledge, published_copy, TENANT, embedder, "A", steps, Gate(examiner=examiner))
    assert steps.asked[ACTIVE] == 1
    assert manifest.evaluation is not None and manifest.evaluation.right == 1.0


def test_damaged_answers_are_asked_again(
    knowledge: Path, published_copy: Path, embedder: Embedder, examiner: GoldExaminer
) -> None:
    manifest = publish(knowledge, published_copy, TENANT, embedder, "A", silent, Gate(examiner=examiner))
    folder = folder_of(published_copy, manifest)
    kept = read_kept(folder)
    assert kept is not None
    assert len(kept.answers) == 4
    path = folder / EVALUATION_FILE
    path.write_text(path.read_text("utf-8").replace("96,00 Euro", "97,00 Euro"), "utf-8")
    assert read_kept(folder) is None


def test_answers_of_another_model_are_asked_again(
    knowledge: Path,
    published_copy: Path,
    embedder: Embedder,
    examiner: GoldExaminer,
    scripted: ScriptedLanguageModel,
) -> None:
    publish(knowledge, published_copy, TENANT, embedder, "A", silent, Gate(examiner=examiner))
    raise_dog_tax(knowledge)
    steps = CountedSteps()
    drafting = GoldExaminer(examiner.settings, embedder, scripted)
    gate = Gate(Reasons(regressions="Neue Satzung"), drafting)
    manifest = publish(knowledge, published_copy, TENANT, embedder, "A", steps, gate)
    assert steps.asked[ACTIVE] == 4
    assert manifest.evaluation is not None and manifest.evaluation.model == "scripted"


def test_goals_that_are_missed_stop_publishing(
    knowledge: Path, published_copy: Path, embedder: Embedder, examiner: GoldExaminer
) -> None:
    write_gold(
        knowledge,
        "- {id: hund, split: dev, question: 'Was kostet die Hundesteuer für einen Hund im Jahr?', language: de,\n"
        "   kind: answerable, services: [hund-anmelden], facts: ['95,00 Euro']}\n",
    )
    with pytest.raises(GateRefusedError, match=r"dev: 0\.0 % right answers, at least 50 % are needed"):
        publish(knowledge, published_copy, TENANT, embedder, "A", silent, Gate(examiner=examiner))


def test_the_first_generation_is_compared_with_nothing(
    knowledge: Path, published_copy: Path, embedder: Embedder, examiner: GoldExaminer
) -> None:
    prepared = prepare(knowledge, published_copy, TENANT)
    assert prepared.active_folder is not None
    found = examiner.examine(prepared.source, prepared.tenant.publishing, prepared.active_folder, None, silent)
    assert {change.verdict for change in found.changes} == {"new"}
    assert found.entry.regressions == ()


def test_gold_questions_are_those_of_the_named_files_each_once(knowledge: Path) -> None:
    folder = knowledge / TENANT
    both = Publishing(gold=("gold/dev*.yaml", "gold/*.yaml"))
    assert [question.id for question in gold_questions(folder, both)] == ["hund", "ausweis", "mensch", "mars"]


def test_a_town_without_gold_questions_is_told_what_to_do(small_knowledge: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"has no gold questions .*--skip-gold REASON"):
        gold_questions(small_knowledge / TENANT, Publishing())
