"""Pages that show texts while these are still read and checked: nobody waits, and nothing moves by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.accounts.account import Role
from app.answering.service import AnsweringService
from app.console.access import COOKIE
from app.settings import Settings
from ingest import quick_findings
from ingest.town_texts import TownTexts
from tests.console.staff import sign_in
from tests.e2e.conftest import Axe
from tests.e2e.staff import WIDTHS, look_at
from tests.knowledge import copy_knowledge
from tests.servers import running_app, served


@pytest.fixture
def editor_page(
    browser: Browser, service: AnsweringService, settings: Settings, tmp_path: Path
) -> Iterator[tuple[Page, str]]:
    """An editor's browser, and the address of a server that has not read the town's three texts yet."""
    knowledge = copy_knowledge(tmp_path / "knowledge", ("hund-anmelden", "personalausweis", "personalausweis.en"))
    own = settings.model_copy(update={"knowledge_dir": knowledge, "data_dir": tmp_path / "data"})  # nothing is kept
    with running_app(service, own) as app, served(app) as url:
        token = sign_in(app, Role.EDITOR).client.cookies[COOKIE]
        context = browser.new_context(locale="de-DE")
        context.add_cookies([{"name": COOKIE, "value": token, "url": f"{url}/console", "httpOnly": True}])
        yield context.new_page(), f"{url}/console/musterstadt"
        context.close()


def test_a_page_of_texts_that_are_being_read_is_shown_once_they_are(
    editor_page: tuple[Page, str], axe: Axe, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, town = editor_page
    with monkeypatch.context() as reading:
        reading.setattr(TownTexts, "soon", lambda *_: None)
        page.goto(f"{town}/texts")
        expect(page.get_by_role("status")).to_contain_text("liest gerade alle Texte ein")
        look_at(page, axe, WIDTHS)
    expect(page.get_by_role("heading", level=1)).to_have_text("Texte")


def test_a_note_tells_when_the_checks_are_done_and_the_list_stays_as_it_is(
    editor_page: tuple[Page, str], axe: Axe, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, town = editor_page
    with monkeypatch.context() as checking:
        checking.setattr(quick_findings, "AT_ONCE", 0)
        checking.setattr(TownTexts, "_check_behind", lambda *_: None)
        page.goto(f"{town}/texts")
        note = page.get_by_role("status")
        expect(note).to_contain_text("Noch nicht geprüfte Texte: 3.")
        look_at(page, axe, WIDTHS)
    expect(note).to_contain_text("Die Prüfung ist fertig", timeout=60_000)
    expect(page.get_by_text("wird geprüft").first).to_be_visible()
    page.get_by_role("link", name="Seite neu laden").click()
    expect(page.get_by_text("wird geprüft")).to_have_count(0)
