"""What pages say while texts are read and checked in the background."""

from pathlib import Path

import pytest

from app.console.texts import reading
from app.settings import Settings
from ingest import quick_findings
from ingest.town_texts import TownTexts
from tests.console.staff import Person, text_of
from tests.knowledge import copy_knowledge


@pytest.fixture
def settings(published: Path, tmp_path: Path) -> Settings:
    """Three texts that nobody has looked at since the server started."""
    data_dir = tmp_path / "data"
    (data_dir / "musterstadt").mkdir(parents=True)
    for name in ("generations", "active"):
        (data_dir / "musterstadt" / name).symlink_to(published / "musterstadt" / name)
    knowledge = copy_knowledge(tmp_path / "knowledge", ("hund-anmelden", "personalausweis", "personalausweis.en"))
    return Settings(data_dir=data_dir, knowledge_dir=knowledge)


@pytest.mark.parametrize("path", ["texts", "texts/hund-anmelden", "texts/new", "generations/publish"])
def test_a_page_that_would_have_to_wait_says_so_and_can_be_asked_for_again(
    editor: Person, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(reading, "FIRST_WAIT_S", 0.0)
    page = editor.get(path)
    assert page.status_code == 200
    assert "liest gerade alle Texte ein" in text_of(page)
    assert f'href="/console/musterstadt/{path}"' in page.text  # works without a script
    monkeypatch.setattr(reading, "FIRST_WAIT_S", 60.0)
    assert "liest gerade" not in text_of(editor.get(path))


def test_texts_without_a_check_are_not_shown_as_texts_without_findings(
    editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quick_findings, "AT_ONCE", 0)
    monkeypatch.setattr(TownTexts, "_check_behind", lambda *_: None)
    listed = text_of(editor.get("texts"))
    assert "Noch nicht geprüfte Texte: 3." in listed
    assert "wird geprüft" in listed
    one = text_of(editor.get("texts/hund-anmelden"))
    assert "Noch nicht geprüfte Texte: 1." in one
    assert "Keine Befunde" not in one
    assert "Noch nicht geprüfte Texte: 3." in text_of(editor.get("generations/publish"))
    assert editor.get("texts/checks").json() == {"read": True, "complete": False}
    assert editor.get("concerns/checks").json() == {"complete": False}


def test_only_editors_may_ask_how_far_the_checks_are(desk: Person) -> None:
    assert desk.get("texts/checks").status_code == 403
    assert desk.get("concerns/checks").status_code == 403
