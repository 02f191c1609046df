"""Publishing through the gate: what is refused, what a reason lets through, and that the active one serves on."""

from pathlib import Path

import pytest

from app.errors import KnowledgeError
from app.index.generation import active_id, generations_folder, open_active
from app.index.manifest import GenerationState, Manifest, Reasons, read_manifest
from app.models.ports import Embedder
from app.tenants.publishing import Publishing
from ingest.embedding import Progress
from ingest.gate import Examination, Gate, GateRefusedError
from ingest.generation import publish, publish_prepared
from ingest.prepared import prepare
from ingest.publishing_log import Action, read_log
from ingest.rollback import generations, rollback
from tests.ingest.gate_samples import ANSWERS, KEPT, LOST, PAGE, ScriptedExaminer, examination
from tests.knowledge import SERVICES, TENANT, copy_knowledge, set_publishing, silent

pytestmark = pytest.mark.models


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """The published texts with another dog tax."""
    folder = copy_knowledge(tmp_path / "knowledge")
    path = folder / TENANT / "services" / "hund-anmelden.md"
    path.write_text(path.read_text("utf-8").replace("ein Hund: 96,00 Euro", "ein Hund: 98,00 Euro"), "utf-8")
    return folder


def actions(data_dir: Path) -> list[Action]:
    return [event.action for event in read_log(data_dir, TENANT)]


def refused(knowledge: Path, data_dir: Path, embedder: Embedder, gate: Gate) -> tuple[Manifest, str]:
    """The candidate that the gate refused, and what was said."""
    with pytest.raises(GateRefusedError) as told:
        publish(knowledge, data_dir, TENANT, embedder, "A. Beispiel", silent, gate)
    return generations(data_dir, TENANT)[-1], told.value.message


def test_when_the_gate_holds_the_candidate_is_activated_with_its_answers_beside_it(
    knowledge: Path, published_copy: Path, embedder: Embedder
) -> None:
    before = active_id(published_copy, TENANT)
    examiner = ScriptedExaminer(examination(KEPT))
    manifest = publish(knowledge, published_copy, TENANT, embedder, "A. Beispiel", silent, Gate(examiner=examiner))
    folder = generations_folder(published_copy, TENANT) / manifest.id
    assert active_id(published_copy, TENANT) == manifest.id
    assert examiner.compared == [(manifest.id, before)]
    assert manifest == read_manifest(folder)
    assert manifest.state is GenerationState.READY
    assert manifest.evaluation == examination(KEPT).entry
    assert (folder / "evaluation.json").read_text("utf-8") == ANSWERS
    assert (folder / "evaluation.html").read_text("utf-8") == PAGE
    assert actions(published_copy)[-1] is Action.ACTIVATED
    open_active(published_copy, TENANT, embedder.info)


def test_a_refused_candidate_is_kept_with_its_report_and_the_active_one_serves_on(
    knowledge: Path, published_copy: Path, embedder: Embedder
) -> None:
    before = active_id(published_copy, TENANT)
    candidate, said = refused(knowledge, published_copy, embedder, Gate(examiner=ScriptedExaminer(examination(LOST))))
    folder = generations_folder(published_copy, TENANT) / candidate.id
    assert active_id(published_copy, TENANT) == before
    assert "96,00 Euro" in "".join(chunk.text for chunk in open_active(published_copy, TENANT, embedder.info).chunks)
    assert candidate.state is GenerationState.REFUSED
    assert candidate.evaluation is not None and candidate.evaluation.regressions == ("hund",)
    assert f"Every answer before and after: {folder / 'evaluation.html'}" in said
    assert "hund (wrong)" in said and "--accept-regressions REASON" in said
    assert (folder / "evaluation.html").read_text("utf-8") == PAGE
    (_, last) = read_log(published_copy, TENANT)
    assert (last.action, last.generation, last.by) == (Action.REFUSED, candidate.id, "A. Beispiel")
    assert "hund (wrong)" in last.reasons[0]


def test_nobody_rolls_forward_to_a_refused_candidate(knowledge: Path, published_copy: Path, embedder: Embedder) -> None:
    before = active_id(published_copy, TENANT)
    candidate, _ = refused(knowledge, published_copy, embedder, Gate(examiner=ScriptedExaminer(examination(LOST))))
    with pytest.raises(KnowledgeError, match="was never activated"):
        rollback(published_copy, TENANT, candidate.id)
    assert active_id(published_copy, TENANT) == before


def test_a_reason_for_lost_answers_activates_the_same_candidate_and_is_kept(
    knowledge: Path, published_copy: Path, embedder: Embedder
) -> None:
    candidate, _ = refused(knowledge, published_copy, embedder, Gate(examiner=ScriptedExaminer(examination(LOST))))
    reasons = Reasons(regressions="Der Rat hat die Steuer erhöht.")
    gate = Gate(reasons, ScriptedExaminer(examination(LOST)))
    manifest = publish(knowledge, published_copy, TENANT, embedder, "B. Muster", silent, gate)
    assert (manifest.id, manifest.created_by) == (candidate.id, "B. Muster")
    assert active_id(published_copy, TENANT) == candidate.id
    assert read_manifest(generations_folder(published_copy, TENANT) / manifest.id).reasons == reasons
    assert read_log(published_copy, TENANT)[-1].reasons == ("regressions: Der Rat hat die Steuer erhöht.",)


def test_after_another_change_a_refused_candidate_is_not_taken_again(
    knowledge: Path, published_copy: Path, embedder: Embedder
) -> None:
    candidate, _ = refused(knowledge, published_copy, embedder, Gate(examiner=ScriptedExaminer(examination(LOST))))
    path = knowledge / TENANT / "services" / "hund-anmelden.md"
    path.write_text(path.read_text("utf-8").replace("98,00", "99,00"), "utf-8")
    examiner = ScriptedExaminer(examination(KEPT))
    manifest = publish(knowledge, published_copy, TENANT, embedder, "A", silent, Gate(examiner=examiner))
    assert manifest.id != candidate.id
    assert [m.state for m in generations(published_copy, TENANT)][1:] == [
        GenerationState.REFUSED,
        GenerationState.READY,
    ]


def test_skipping_the_gold_questions_keeps_the_reason(
    knowledge: Path, published_copy: Path, embedder: Embedder
) -> None:
    gate = Gate(Reasons(skipped_gold="Beispielwissen"))
    manifest = publish(knowledge, published_copy, TENANT, embedder, "A", silent, gate)
    assert (manifest.evaluation, manifest.reasons.skipped_gold) == (None, "Beispielwissen")
    assert active_id(published_copy, TENANT) == manifest.id
    assert read_log(published_copy, TENANT)[-1].reasons == ("skipped_gold: Beispielwissen",)


def test_far_fewer_texts_are_refused_before_anything_is_built(
    tmp_path: Path, published_copy: Path, embedder: Embedder
) -> None:
    knowledge = copy_knowledge(tmp_path / "knowledge", SERVICES[:6])
    examiner = ScriptedExaminer(examination(KEPT))
    with pytest.raises(KnowledgeError, match="3 of 9 texts would be gone"):
        publish(knowledge, published_copy, TENANT, embedder, "A", silent, Gate(examiner=examiner))
    assert (len(generations(published_copy, TENANT)), examiner.compared) == (1, [])
    gate = Gate(Reasons(shrink="Drei Texte sind zusammengelegt."), examiner)
    assert len(publish(knowledge, published_copy, TENANT, embedder, "A", silent, gate).documents) == 6


def test_warnings_stop_publishing_where_the_town_wants_it_unless_there_is_a_reason(
    knowledge: Path, published_copy: Path, embedder: Embedder
) -> None:
    (knowledge / TENANT / "quality.yaml").write_text("warnings: block\n", encoding="utf-8")
    path = knowledge / TENANT / "services" / "hund-anmelden.md"
    path.write_text(path.read_text("utf-8").replace("valid_from:", "valid_until: 2026-02-01\nvalid_from:"), "utf-8")
    gate = Gate(examiner=ScriptedExaminer(examination(KEPT)))
    with pytest.raises(
        KnowledgeError, match=r"--accept-warnings REASON\.\n(.*\n)*.*hund-anmelden\.md.*warning expired"
    ):
        publish(knowledge, published_copy, TENANT, embedder, "A", silent, gate)
    gate = Gate(Reasons(warnings="Der Text kommt morgen neu."), gate.examiner)
    manifest = publish(knowledge, published_copy, TENANT, embedder, "A", silent, gate)
    assert manifest.reasons.warnings == "Der Text kommt morgen neu."


def test_warnings_that_somebody_let_stand_are_kept_with_the_reason(
    knowledge: Path, published_copy: Path, embedder: Embedder
) -> None:
    path = knowledge / TENANT / "services" / "hund-anmelden.md"
    path.write_text(path.read_text("utf-8").replace("valid_from:", "valid_until: 2026-02-01\nvalid_from:"), "utf-8")
    (knowledge / TENANT / "overrides.yaml").write_text(
        "- {code: expired, file: services/hund-anmelden.md, reason: Die neue Satzung kommt im Dezember., by: A, "
        "on: 2026-11-01}\n",
        encoding="utf-8",
    )
    manifest = publish(knowledge, published_copy, TENANT, embedder, "A", silent)
    (kept,) = read_manifest(generations_folder(published_copy, TENANT) / manifest.id).overridden
    assert (kept.code, kept.by, kept.reason) == ("expired", "A", "Die neue Satzung kommt im Dezember.")


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_an_examination_that_breaks_off_leaves_nothing_behind(
    knowledge: Path, published_copy: Path, embedder: Embedder, error: type[BaseException]
) -> None:
    class Broken:
        def examine(
            self, source: Path, publishing: Publishing, candidate: Path, active: Path | None, progress: Progress
        ) -> Examination:
            raise error

    before = active_id(published_copy, TENANT)
    with pytest.raises(error):
        publish(knowledge, published_copy, TENANT, embedder, "A", silent, Gate(examiner=Broken()))
    assert [manifest.id for manifest in generations(published_copy, TENANT)] == [before]
    assert active_id(published_copy, TENANT) == before


def test_a_candidate_of_a_killed_publisher_is_deleted_by_the_next_one(
    knowledge: Path, published_copy: Path, embedder: Embedder
) -> None:
    candidate, _ = refused(knowledge, published_copy, embedder, Gate(examiner=ScriptedExaminer(examination(LOST))))
    path = generations_folder(published_copy, TENANT) / candidate.id / "manifest.json"
    path.write_text(path.read_text("utf-8").replace('"refused"', '"checking"'), "utf-8")
    with pytest.raises(KnowledgeError, match="was never activated"):
        rollback(published_copy, TENANT, candidate.id)
    publish(knowledge, published_copy, TENANT, embedder, "A", silent)
    assert candidate.id not in [manifest.id for manifest in generations(published_copy, TENANT)]


def test_with_four_eyes_publishing_ends_with_a_pending_generation(
    knowledge: Path, published_copy: Path, embedder: Embedder
) -> None:
    before = active_id(published_copy, TENANT)
    set_publishing(knowledge, four_eyes=True)
    manifest = publish(knowledge, published_copy, TENANT, embedder, "A", silent)
    assert (manifest.state, active_id(published_copy, TENANT)) == (GenerationState.PENDING, before)
    assert actions(published_copy)[-1] is Action.PENDING
    with pytest.raises(KnowledgeError, match="nobody has approved it"):
        rollback(published_copy, TENANT, manifest.id)
    assert prepare(knowledge, published_copy, TENANT).twin(GenerationState.PENDING) == manifest


def test_unchanged_texts_are_recognised_without_a_model(
    small_knowledge: Path, knowledge: Path, published_copy: Path, embedder: Embedder
) -> None:
    info = embedder.info
    same, other = (prepare(folder, published_copy, TENANT) for folder in (small_knowledge, knowledge))
    assert same.unchanged(info.name, info.revision)
    assert not same.unchanged(info.name, "another revision")
    assert not other.unchanged(info.name, info.revision)


def test_a_changed_tenant_file_is_a_change(knowledge: Path, published_copy: Path, embedder: Embedder) -> None:
    publish(knowledge, published_copy, TENANT, embedder, "A", silent)
    assert prepare(knowledge, published_copy, TENANT).unchanged(embedder.info.name, embedder.info.revision)
    set_publishing(knowledge, four_eyes=True)
    assert not prepare(knowledge, published_copy, TENANT).unchanged(embedder.info.name, embedder.info.revision)


def test_files_that_cannot_be_written_are_told_and_nothing_is_left(
    knowledge: Path, published_copy: Path, embedder: Embedder
) -> None:
    before = active_id(published_copy, TENANT)
    (published_copy / TENANT / "publishing.log").unlink()
    (published_copy / TENANT / "publishing.log").mkdir()
    with pytest.raises(KnowledgeError, match=r"publishing\.log cannot be written"):
        publish_prepared(prepare(knowledge, published_copy, TENANT), embedder, "A", silent)
    assert [manifest.id for manifest in generations(published_copy, TENANT)] == [before]
