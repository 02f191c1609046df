"""Generations in the console: list, compare, roll back, approve, publish in the background."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from fastapi import FastAPI

from app.accounts.account import Role
from app.console import jobs
from app.console.jobs import JobKind
from app.index.generation import active_id
from app.index.manifest import EvaluationEntry, GenerationState, Manifest, read_manifest, write_manifest
from app.settings import Settings
from tests.console.editing import wording
from tests.console.staff import Person, sign_in
from tests.evaluation.gate_town import write_gold
from tests.knowledge import TENANT, copy_knowledge

OTHER = "20300101T000000000000Z"
"""A generation that is newer than the live one and has one text less."""


@pytest.fixture
def settings(published_copy: Path, tmp_path: Path) -> Settings:
    """Two generations, the older one live."""
    knowledge = copy_knowledge(tmp_path / "knowledge")
    root = published_copy / TENANT / "generations"
    live = read_manifest(root / str(active_id(published_copy, TENANT)))
    shutil.copytree(root / live.id, root / OTHER)
    found = EvaluationEntry(
        file="evaluation.json", sha256="0", report="evaluation.html", model="none", questions=40, right=0.625,
        right_refusals=0.9, invented=1, regressions=("hund-kosten",),
    )  # fmt: skip
    (root / OTHER / "evaluation.html").write_text("<!doctype html><title>Bericht</title>")
    other = {"id": OTHER, "parent": live.id, "created_by": "Kim Muster", "evaluation": found}
    write_manifest(root / OTHER, live.model_copy(update={**other, "documents": live.documents[1:]}))
    return Settings(data_dir=published_copy, knowledge_dir=knowledge, llm_backend="none")


def _set(settings: Settings, **changes: object) -> Manifest:
    folder = settings.data_dir / TENANT / "generations" / OTHER
    manifest = read_manifest(folder).model_copy(update=changes)
    write_manifest(folder, manifest)
    return manifest


def test_the_list_says_who_when_how_good_and_which_is_live(editor: Person) -> None:
    page = wording(editor.get("generations").text)
    for words in ("Kim Muster", "62,5 % richtig", "erfundene Angaben: 1", "Live", "Früherer Stand", "Live gegangen"):
        assert words in page


def test_only_editors_see_generations(desk: Person) -> None:
    assert desk.get("generations").status_code == 403
    assert desk.get("generations/publish").status_code == 403


def test_one_generation_and_its_report(editor: Person) -> None:
    page = wording(editor.get(f"generations/{OTHER}").text)
    assert "Ergebnis der Prüffragen (gestellt: 40)" in page
    report = editor.get(f"generations/{OTHER}/report")
    assert "Bericht" in report.text
    assert "sandbox" in report.headers["content-security-policy"]
    assert editor.get("generations/20000101T000000000000Z").status_code == 404


def test_two_generations_are_compared_older_first(editor: Person, settings: Settings) -> None:
    live = str(active_id(settings.data_dir, TENANT))
    page = wording(editor.get(f"generations/compare?before={OTHER}&after={live}").text)
    assert "0 neu, 0 geändert, 1 entfallen" in page
    assert "62,5 %" in page
    again = editor.get(f"generations/compare?before={OTHER}&after={OTHER}")
    assert "zwei verschiedene Stände" in again.text


def test_rolling_back_asks_first_then_moves_the_pointer_and_is_logged(editor: Person, settings: Settings) -> None:
    before = active_id(settings.data_dir, TENANT)
    assert "Ja, jetzt wechseln" in editor.get(f"generations/{OTHER}/rollback").text
    assert active_id(settings.data_dir, TENANT) == before
    page = editor.post(f"generations/{OTHER}/rollback", {"reason": "Gebühr falsch"})
    assert active_id(settings.data_dir, TENANT) == OTHER
    assert "Gebühr falsch" in page.text
    assert editor.account.display_name in page.text


def test_nobody_goes_back_to_what_never_served(editor: Person, settings: Settings) -> None:
    _set(settings, state=GenerationState.REFUSED)
    before = active_id(settings.data_dir, TENANT)
    assert editor.post(f"generations/{OTHER}/rollback").status_code == 422
    assert active_id(settings.data_dir, TENANT) == before
    page = wording(editor.get(f"generations/{OTHER}").text)
    assert "Richtig beantwortet werden nur 62,5 %" in page
    assert "hund-kosten" in page


def test_a_waiting_generation_is_approved_by_somebody_else(app: FastAPI, editor: Person, settings: Settings) -> None:
    _set(settings, state=GenerationState.PENDING, created_by=editor.account.display_name)
    assert editor.post(f"generations/{OTHER}/approve").status_code == 403
    other = sign_in(app, Role.EDITOR)
    assert "Freigegeben" in other.post(f"generations/{OTHER}/approve").text
    assert active_id(settings.data_dir, TENANT) == OTHER


def test_a_town_without_gold_questions_needs_a_reason(editor: Person) -> None:
    answer = editor.post("generations/publish", {"action": "publish"})
    assert answer.status_code == 422
    assert "Ihre Stadt hat keine Prüffragen" in answer.text


def test_texts_with_errors_are_named_before_anything_starts(editor: Person, settings: Settings) -> None:
    path = settings.knowledge_dir / TENANT / "services" / "wohngeld.md"
    path.write_text(path.read_text("utf-8").replace("owner:", "ownr:"), "utf-8")
    assert "Diese Fehler verhindern das Veröffentlichen" in editor.get("generations/publish").text
    answer = editor.post("generations/publish", {"action": "publish", "skip-gold": "Test"})
    assert answer.status_code == 422
    assert not jobs.jobs(settings, TENANT)


def test_publishing_runs_in_the_background_and_ends_with_the_new_generation(editor: Person, settings: Settings) -> None:
    path = settings.knowledge_dir / TENANT / "services" / "wohngeld.md"
    path.write_text(path.read_text("utf-8") + "\nNoch ein Satz über Wohngeld.\n", "utf-8")
    before = active_id(settings.data_dir, TENANT)
    page = editor.post("generations/publish", {"action": "publish", "skip-gold": "Probe ohne Prüffragen"})
    job_id = page.url.path.rpartition("/")[2]
    assert "Der Auftrag läuft" in page.text
    assert '<meta http-equiv="refresh"' in page.text
    assert "Es läuft immer nur einer" in editor.get("generations").text
    jobs.wait(job_id, 300)
    part = editor.get(f"jobs/{job_id}?part=progress")
    assert "<html" not in part.text
    assert "Veröffentlicht: Bürgerinnen und Bürger" in part.text, part.text
    assert active_id(settings.data_dir, TENANT) not in (before, OTHER)
    assert "Prüffragen nicht gestellt: Probe ohne Prüffragen" in wording(editor.get("generations").text)
    manifest = read_manifest(settings.data_dir / TENANT / "generations" / str(active_id(settings.data_dir, TENANT)))
    assert (manifest.created_by, manifest.reasons.skipped_gold) == (
        editor.account.display_name,
        "Probe ohne Prüffragen",
    )


def test_a_job_can_be_cancelled(editor: Person, settings: Settings) -> None:
    page = editor.post("generations/publish", {"action": "draft"})
    job_id = page.url.path.rpartition("/")[2]
    editor.post(f"jobs/{job_id}/cancel")
    jobs.wait(job_id, 60)
    assert "abgebrochen" in editor.get(f"jobs/{job_id}").text


EFFECT = {
    "added": [], "removed": [], "changed": ["hund-anmelden", "wohngeld"], "tenant_changed": False,
    "rules_changed": False,
    "documents": [{"id": "hund-anmelden", "title": "Hund anmelden"}, {"id": "wohngeld", "title": "Wohngeld"}],
    "gold": {
        "changes": [
            {
                "id": "hund", "question": "Was kostet ein Hund?", "verdict": "worse", "regression": True,
                "before": {"outcome": "right", "why": "", "text": "96 Euro"},
                "now": {"outcome": "wrong", "why": "", "text": "98 Euro"},
            }
        ],
        "asked": {
            "file": "f", "sha256": "0", "report": "r", "model": "none", "questions": 4, "right": 0.8,
            "right_refusals": 0.9, "invented": 0, "regressions": ["hund"],
        },
        "questions_by_text": {"hund-anmelden": 1, "wohngeld": 0},
    },
}  # fmt: skip
"""As `knowledge diff --json` says it."""


def test_the_effect_says_what_was_asked_and_which_changed_texts_no_question_covers(
    editor: Person, settings: Settings
) -> None:
    write_gold(settings.knowledge_dir)
    assert "Über andere Fragen sagt das nichts" in editor.get("generations/publish").text
    told = (sys.executable, "-c", f"print({json.dumps(json.dumps(EFFECT))})")
    job = jobs.start(settings, TENANT, JobKind.EFFECT, "Kim", program=told)
    jobs.wait(job.id, 30)
    page = wording(editor.get(f"jobs/{job.id}").text)
    assert "Gestellte Prüffragen: 4. Die Antworten hier sind wörtliche Zitate" in page
    assert "gleich bleiben: 3. Richtige, die verloren gingen: 1" in page
    uncovered = page[page.index("keine Prüffrage") : page.index("Stellen Sie ihnen eigene Fragen")]
    assert "Wohngeld" in uncovered and "Hund" not in uncovered
    assert "So würde das Veröffentlichen abgelehnt: Richtige Antworten, die verloren gingen: 1 (hund)" in page


def test_a_town_without_gold_questions_is_told_that_no_effect_can_be_shown(editor: Person) -> None:
    page = editor.get("generations/publish").text
    assert "lässt sich nicht zeigen, welche Antworten sich ändern" in page and 'value="effect"' not in page
