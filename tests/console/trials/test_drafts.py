"""Drafts of the saved texts: built from the trial room, offered as a side of a trial."""

from pathlib import Path

import pytest

from app.accounts.audit import AuditFilter, AuditLog
from app.answering.service import AnsweringService
from app.console import jobs
from app.console.jobs import JobKind
from app.index.generation import active_id
from app.settings import Settings
from tests.console.editing import wording
from tests.console.staff import TENANT, Person
from tests.knowledge import copy_knowledge


@pytest.fixture
def settings(published_copy: Path, tmp_path: Path) -> Settings:
    return Settings(data_dir=published_copy, knowledge_dir=copy_knowledge(tmp_path / "knowledge"), llm_backend="none")


@pytest.fixture
def changed(settings: Settings) -> Path:
    """A text that is saved otherwise than it is published."""
    path = settings.knowledge_dir / TENANT / "services" / "hund-anmelden.md"
    path.write_text(path.read_text("utf-8").replace("96,00 Euro", "98,00 Euro"), "utf-8")
    return path


def test_a_draft_of_what_is_saved_is_built_and_offered_as_a_side(
    editor: Person, changed: Path, settings: Settings, service: AnsweringService
) -> None:
    live = active_id(settings.data_dir, TENANT)
    assert "Hund anmelden (Hundesteuer) (geändert)" in wording(editor.get("trials/drafts").text)
    page = editor.post("trials/drafts")
    assert "Der Entwurf wird gebaut" in page.text and '<meta http-equiv="refresh"' in page.text
    job_id = page.url.path.rpartition("/")[2]
    jobs.wait(job_id, 300)
    part = editor.get(f"trials/drafts/{job_id}?part=progress")
    assert "Der Entwurf ist fertig" in part.text and "<html" not in part.text, part.text
    draft = jobs.find(settings, TENANT, job_id).generation
    assert f"trials/new?right={draft}" in part.text
    assert active_id(settings.data_dir, TENANT) == live
    form = editor.get(f"trials/new?right={draft}")
    assert f'<option value="{draft}" selected>' in form.text and "Entwurf von" in form.text
    log = AuditLog(service.records.database)
    assert [event.subject for event in log.events(AuditFilter(action="job.draft"), 5)] == [job_id]


def test_where_everything_is_published_there_is_nothing_to_build(editor: Person, settings: Settings) -> None:
    assert "Entwurf bauen" not in editor.get("trials/drafts").text
    refused = editor.post("trials/drafts")
    assert refused.status_code == 422 and "schon veröffentlicht" in refused.text
    assert not jobs.jobs(settings, TENANT)


def test_texts_with_errors_make_no_draft(editor: Person, changed: Path, settings: Settings) -> None:
    changed.write_text(changed.read_text("utf-8").replace("owner:", "ownr:"), "utf-8")
    assert "Erst wenn sie berichtigt sind" in editor.get("trials/drafts").text
    assert editor.post("trials/drafts").status_code == 422
    assert not jobs.jobs(settings, TENANT)


def test_a_cancelled_draft_says_that_nothing_changed(editor: Person, changed: Path, settings: Settings) -> None:
    job_id = editor.post("trials/drafts").url.path.rpartition("/")[2]
    busy = editor.post("trials/drafts")
    assert busy.status_code >= 400 and "Gerade läuft schon ein Auftrag" in busy.text
    editor.post(f"trials/drafts/{job_id}/cancel")
    jobs.wait(job_id, 60)
    assert "Der Auftrag wurde abgebrochen" in editor.get(f"trials/drafts/{job_id}").text


def test_only_editors_build_drafts_and_other_jobs_have_their_own_page(desk: Person, settings: Settings) -> None:
    assert desk.get("trials/drafts").status_code == 403
    assert desk.post("trials/drafts").status_code == 403


def test_the_page_of_a_draft_shows_no_other_job(editor: Person, changed: Path, settings: Settings) -> None:
    job = jobs.start(settings, TENANT, JobKind.EFFECT, "Kim", program=("true",))
    jobs.wait(job.id, 20)
    assert editor.get(f"trials/drafts/{job.id}").status_code == 404
