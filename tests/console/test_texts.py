"""The list of texts, one text, editing, drafts, approval, uploading."""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from fastapi import FastAPI

from app.accounts.account import Role
from app.accounts.audit import AuditFilter, AuditLog
from app.settings import Settings
from tests.console.editing import COSTS, form_of, saved, wording
from tests.console.staff import Person, sign_in
from tests.knowledge import copy_knowledge, set_publishing

NEW_FEE = "Die Anmeldung eines Hundes kostet 7,00 Euro."


@pytest.fixture
def settings(published: Path, tmp_path: Path) -> Settings:
    """Three texts that a test may change, beside the generation of nine."""
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    (data_dir / "musterstadt").symlink_to(tmp_path / "town", target_is_directory=True)
    (tmp_path / "town").mkdir()
    for name in ("generations", "active", "publishing.log"):
        (tmp_path / "town" / name).symlink_to(published / "musterstadt" / name)
    knowledge = copy_knowledge(tmp_path / "knowledge", ("hund-anmelden", "personalausweis", "personalausweis.en"))
    return Settings(data_dir=data_dir, knowledge_dir=knowledge)


def test_the_list_shows_state_owner_and_findings_and_can_be_searched(editor: Person, settings: Settings) -> None:
    page = editor.get("texts")
    assert page.status_code == 200
    assert "9 von 9 Texten" in wording(page.text)
    assert "Entfernt" in page.text  # six of the published texts have no file any more
    found = wording(editor.get("texts?q=hundesteuer&state=live").text)
    assert "1 von 9 Texten" in found
    assert "Hund anmelden" in found


def test_only_editors_see_texts(desk: Person) -> None:
    assert desk.get("texts").status_code == 403


def test_a_text_shows_what_citizens_see(editor: Person) -> None:
    page = wording(editor.get("texts/hund-anmelden").text)
    assert "So sehen ihn Bürgerinnen und Bürger" in page
    assert "Nichts: Der gespeicherte Text ist der" in page
    assert editor.get("texts/gibt-es-nicht").status_code == 404


def test_saving_writes_the_file_keeps_the_version_before_and_is_audited(
    editor: Person, settings: Settings, app: FastAPI
) -> None:
    before = saved(settings.knowledge_dir, "hund-anmelden.md")
    form = form_of(editor.get("texts/hund-anmelden/edit").text)
    answer = editor.post("texts/hund-anmelden/edit", {**form, COSTS: NEW_FEE, "action": "save", "note": "Neue Satzung"})
    assert answer.url.path.endswith("/texts/hund-anmelden")
    page = wording(answer.text)
    assert "Der Text ist gespeichert" in page
    assert "Geändert" in page
    assert "neu: kostet 7,00 Euro" in page or "7,00" in page
    assert "Neue Satzung" in page
    after = saved(settings.knowledge_dir, "hund-anmelden.md")
    assert NEW_FEE in after
    assert after.split("---")[1] == before.split("---")[1]  # the fields stay as they were written
    log = AuditLog(app.state.running.service.records.database).events(AuditFilter(("musterstadt",)), 5)
    assert [event.action for event in log] == ["text.save"]


def test_an_earlier_version_can_be_looked_at_and_taken_back(editor: Person, settings: Settings) -> None:
    before = saved(settings.knowledge_dir, "hund-anmelden.md")
    form = form_of(editor.get("texts/hund-anmelden/edit").text)
    page = editor.post("texts/hund-anmelden/edit", {**form, COSTS: NEW_FEE, "action": "save"}).text
    version = next(part for part in page.split('"') if "/versions/" in part)
    assert "Was sich seitdem geändert hat" in editor.get(version).text
    form = form_of(editor.post(version).text)
    assert "7,00" not in form[COSTS]
    editor.post("texts/hund-anmelden/edit", {**form, "action": "save"})
    assert saved(settings.knowledge_dir, "hund-anmelden.md").split() == before.split()


def test_checking_shows_findings_and_changes_nothing(editor: Person, settings: Settings) -> None:
    before = saved(settings.knowledge_dir, "hund-anmelden.md")
    form = form_of(editor.get("texts/hund-anmelden/edit").text)
    wrong = {**form, "owner": "", COSTS: "Fragen Sie Max Mustermann unter 0151 23456789."}
    part = editor.post("texts/hund-anmelden/check", wrong)
    assert part.status_code == 200
    assert "<html" not in part.text
    assert 'href="#owner"' in part.text
    assert saved(settings.knowledge_dir, "hund-anmelden.md") == before


def test_a_text_with_errors_is_not_saved_and_what_was_typed_stays(editor: Person, settings: Settings) -> None:
    before = saved(settings.knowledge_dir, "hund-anmelden.md")
    form = form_of(editor.get("texts/hund-anmelden/edit").text)
    answer = editor.post("texts/hund-anmelden/edit", {**form, COSTS: NEW_FEE, "owner": "", "action": "save"})
    assert answer.status_code == 422
    assert form_of(answer.text)[COSTS] == NEW_FEE
    assert saved(settings.knowledge_dir, "hund-anmelden.md") == before
    kept = editor.post("texts/hund-anmelden/edit", {**form_of(answer.text), "action": "draft"})
    assert "Der Entwurf ist gespeichert" in kept.text
    assert form_of(editor.get("texts/hund-anmelden/edit").text)[COSTS] == NEW_FEE
    assert saved(settings.knowledge_dir, "hund-anmelden.md") == before


def test_two_editors_at_once_lose_nothing(app: FastAPI, editor: Person, settings: Settings) -> None:
    other = sign_in(app, Role.EDITOR)
    mine = form_of(editor.get("texts/hund-anmelden/edit").text)
    theirs = form_of(other.get("texts/hund-anmelden/edit").text)
    other.post("texts/hund-anmelden/edit", {**theirs, "csrf": other.csrf, COSTS: NEW_FEE, "action": "save"})
    answer = editor.post("texts/hund-anmelden/edit", {**mine, COSTS: "Kostenfrei.", "action": "save"})
    assert answer.status_code == 409
    assert "7,00" in answer.text
    assert NEW_FEE in saved(settings.knowledge_dir, "hund-anmelden.md")
    again = form_of(answer.text)
    assert again[COSTS] == "Kostenfrei."
    assert editor.post("texts/hund-anmelden/edit", {**again, "action": "save"}).status_code == 200
    assert "Kostenfrei." in saved(settings.knowledge_dir, "hund-anmelden.md")


def test_the_experts_view_has_the_whole_file(editor: Person, settings: Settings) -> None:
    form = form_of(editor.get("texts/hund-anmelden/edit?view=expert").text)
    assert form["markdown"].strip() == saved(settings.knowledge_dir, "hund-anmelden.md").strip()
    fields = form_of(editor.post("texts/hund-anmelden/edit", {**form, "action": "fields"}).text)
    assert fields["view"] == "fields"
    answer = editor.post("texts/hund-anmelden/edit", {**form, "markdown": "## Preise\n\nNichts.", "action": "fields"})
    assert form_of(answer.text)["view"] == "expert"  # a form would lose something


def test_the_id_of_a_text_cannot_change(editor: Person) -> None:
    form = form_of(editor.get("texts/hund-anmelden/edit").text)
    answer = editor.post("texts/hund-anmelden/edit", {**form, "id": "hund-neu", "action": "save"})
    assert answer.status_code == 422
    assert "Die Kennung muss „hund-anmelden“ bleiben" in answer.text


def test_a_new_text_gets_a_file_of_its_own(editor: Person, settings: Settings) -> None:
    form = form_of(editor.get("texts/new?title=Katze+anmelden").text)
    text = {"id": "katze-anmelden", "owner": "Bürgeramt", "license": "CC BY 4.0", "reviewed_by": "Leitung",
            "reviewed_on": "2026-11-01", "module-teaser": "Katzen müssen Sie nicht anmelden."}  # fmt: skip
    key = next(part for part in editor.get("texts/new").text.split('"') if part.endswith("/edit"))
    answer = editor.post(key, {**form, **text, "action": "save"})
    assert answer.status_code == 200, wording(answer.text)
    assert "Katzen müssen Sie nicht anmelden." in saved(settings.knowledge_dir, "katze-anmelden.md")
    assert "Neu" in wording(editor.get("texts/katze-anmelden").text)


def test_with_approval_another_editor_becomes_the_reviewer(app: FastAPI, editor: Person, settings: Settings) -> None:
    set_publishing(settings.knowledge_dir, approval=True)
    before = saved(settings.knowledge_dir, "hund-anmelden.md")
    form = form_of(editor.get("texts/hund-anmelden/edit").text)
    waiting = editor.post("texts/hund-anmelden/edit", {**form, COSTS: NEW_FEE, "action": "save"})
    assert "wartet jetzt auf die Freigabe" in waiting.text
    assert saved(settings.knowledge_dir, "hund-anmelden.md") == before
    draft = form_of(waiting.text, "/discard")["draft_base"]
    own = editor.post("texts/hund-anmelden/approve", {"draft_base": draft})
    assert own.status_code == 403
    other = sign_in(app, Role.EDITOR)
    assert "Freigeben und speichern" in other.get("texts/hund-anmelden").text
    done = other.post("texts/hund-anmelden/approve", {"draft_base": draft})
    assert "freigegeben und gespeichert" in done.text
    after = saved(settings.knowledge_dir, "hund-anmelden.md")
    assert NEW_FEE in after
    assert f"reviewed_by: {other.account.display_name}" in after


def test_a_draft_goes_back_with_what_there_is_to_do(app: FastAPI, editor: Person, settings: Settings) -> None:
    set_publishing(settings.knowledge_dir, approval=True)
    form = form_of(editor.get("texts/hund-anmelden/edit").text)
    waiting = editor.post("texts/hund-anmelden/edit", {**form, COSTS: NEW_FEE, "action": "save"})
    other = sign_in(app, Role.EDITOR)
    draft = form_of(waiting.text, "/discard")["draft_base"]
    other.post("texts/hund-anmelden/send-back", {"draft_base": draft, "note": "Bitte die Satzung nennen."})
    assert "Bitte die Satzung nennen." in editor.get("texts/hund-anmelden/edit").text


def test_a_word_file_becomes_a_draft(editor: Person, settings: Settings) -> None:
    document = Document()
    document.add_heading("Katze anmelden", 1)
    document.add_heading("Kosten", 2)
    document.add_paragraph("Das kostet nichts.")
    content = BytesIO()
    document.save(content)
    answer = editor.post("texts/upload", files={"file": ("Katze anmelden.docx", content.getvalue())})
    form = form_of(answer.text)
    assert form[COSTS] == "Das kostet nichts."
    assert (form["title"], form["id"], form["owner"]) == ("Katze anmelden", "katze-anmelden", "")
    assert "Entwurf" in editor.get("texts?state=draft").text


def test_a_broken_word_file_is_refused_in_german_and_nothing_is_lost(editor: Person, settings: Settings) -> None:
    answer = editor.post("texts/upload", files={"file": ("kaputt.docx", b"PK\x03\x04 nichts")})
    assert answer.status_code == 422
    assert "„kaputt.docx“ konnte nicht gelesen werden" in answer.text
    assert "An den vorhandenen Texten wurde nichts geändert" in answer.text
    assert "9 von 9 Texten" in wording(editor.get("texts").text)


def test_an_uploaded_version_of_a_text_keeps_the_fields_that_it_does_not_state(editor: Person) -> None:
    content = "---\nid: hund-anmelden\ntitle: Hund anmelden\n---\n\n## Kosten\n\n" + NEW_FEE + "\n"
    form = form_of(editor.post("texts/upload", files={"file": ("hund.md", content.encode())}).text)
    assert form[COSTS] == NEW_FEE
    assert form["owner"] == "Steueramt"


def test_removing_asks_first_and_keeps_the_last_version(editor: Person, settings: Settings) -> None:
    form = form_of(editor.get("texts/hund-anmelden/remove").text, "/remove")
    answer = editor.post("texts/hund-anmelden/remove", form)
    assert "Der Text ist entfernt" in answer.text
    assert not (settings.knowledge_dir / "musterstadt" / "services" / "hund-anmelden.md").exists()
    assert list((settings.data_dir / "musterstadt" / "texts" / "versions").iterdir())


def test_forms_of_other_pages_are_refused(editor: Person, settings: Settings) -> None:
    form = form_of(editor.get("texts/hund-anmelden/edit").text)
    answer = editor.post("texts/hund-anmelden/edit", {**form, "csrf": "x" * 43, COSTS: NEW_FEE, "action": "save"})
    assert answer.status_code == 403
    assert NEW_FEE not in saved(settings.knowledge_dir, "hund-anmelden.md")
