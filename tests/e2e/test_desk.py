"""The service desk's walk in a browser: find a conversation, judge it, take over a question, copy the snippet."""

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from app.accounts.account import Role
from tests.e2e.conftest import Axe
from tests.e2e.staff import TENANT, look_at, signed_in

pytestmark = pytest.mark.browser

QUESTION = "Wie melde ich meinen Hund an?"
CONVERSATION = "conversation-of-the-desk-walk"


@pytest.fixture(scope="module")
def handed_over(live_server: str) -> str:
    """Id of a question that was passed on to people after an answer that did not do."""
    api = f"{live_server}/api/v1/{TENANT}"
    asked = httpx.post(f"{api}/chat", json={"question": QUESTION, "conversation_id": CONVERSATION}, timeout=120).json()
    body = {
        "question": "Und wenn ich nur zu Besuch bin?",
        "contact": "anna@example.org",
        "language": "de",
        "consent": True,
        "answer_id": asked["answer_id"],
        "conversation_id": CONVERSATION,
    }
    response = httpx.post(f"{api}/handovers", json=body, timeout=30)
    assert response.status_code == 201, response.text
    handover_id: str = response.json()["handover_id"]
    return handover_id


@pytest.mark.parametrize("width", [320, 1280])
def test_the_desk_finds_a_conversation_and_judges_the_answer(
    browser: Browser, live_server: str, live_data: Path, handed_over: str, axe: Axe, width: int
) -> None:
    with signed_in(browser, live_server, live_data, Role.DESK, width) as page:
        page.goto(f"{live_server}/console/{TENANT}/answers")
        page.get_by_label("Wörter in der Frage").fill("HUND")
        page.get_by_role("button", name="Suchen").click()
        page.get_by_role("link", name=QUESTION).first.click()
        _open_all(page)
        expect(page.get_by_role("heading", name="Warum diese Antwort?")).to_be_visible()
        look_at(page, axe)
        page.get_by_label("Falsch").check()
        page.get_by_label("Notiz").fill("Besuch fehlt.")
        page.get_by_role("button", name="Beurteilung speichern").click()
        expect(page.get_by_role("status")).to_have_text("Ihre Beurteilung ist gespeichert.")


def test_the_desk_takes_over_a_question_and_settles_it(
    browser: Browser, live_server: str, live_data: Path, handed_over: str, axe: Axe
) -> None:
    with signed_in(browser, live_server, live_data, Role.DESK, 320) as page:
        page.goto(f"{live_server}/console/{TENANT}/handovers")
        page.get_by_role("link", name="Und wenn ich nur zu Besuch bin?").click()
        page.get_by_role("button", name="Ich übernehme das").click()
        page.get_by_label("Text der Antwort").fill("Dann müssen Sie nichts tun.")
        page.get_by_role("button", name="Entwurf speichern").click()
        expect(page.get_by_label("Text der Antwort")).to_have_value("Dann müssen Sie nichts tun.")
        look_at(page, axe)
        page.get_by_role("button", name="Erledigt, ohne hier zu antworten").click()
        expect(page.get_by_role("status")).to_have_text("Die Anfrage ist erledigt.")


def test_snippet_and_preview_follow_the_form(browser: Browser, live_server: str, live_data: Path, axe: Axe) -> None:
    with signed_in(browser, live_server, live_data, Role.DESK, 1280) as page:
        page.goto(f"{live_server}/console/{TENANT}/embed")
        page.get_by_label("Form", exact=True).select_option("inline")
        page.get_by_label("Begrüßung").fill("Moin!")
        expect(page.locator("#plain")).to_contain_text('data-mode="inline" data-greeting="Moin!"')
        chat = page.frame_locator("#preview")
        chat.get_by_role("button", name="Verstanden, Chat starten").click()
        expect(chat.locator(".greeting-text")).to_have_text("Moin!")
        page.get_by_label("Eigene Farbe für Knöpfe und Links").check()
        page.get_by_label("Farbe für Knöpfe und Links", exact=True).fill("#ffd400")
        expect(page.locator("#warnings")).to_contain_text("#ffd400 ist für Schrift zu hell")
        axe(page)


def _open_all(page: Page) -> None:
    """Shows what is folded up, so that it is looked at, too."""
    page.evaluate("document.querySelectorAll('main details').forEach((part) => { part.open = true; })")
