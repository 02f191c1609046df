"""A citizen's own conversation: saved, printed, erased, and there again after the page was loaded anew."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.chat import Chat
from tests.e2e.conftest import Axe, Visit

pytestmark = pytest.mark.browser

QUESTION = "Was kostet ein neuer Personalausweis?"
PRINTED = "window.print = () => { window.top.printed = document.documentElement.outerHTML; };"


def _menu(chat: Chat) -> None:
    chat.panel.get_by_text("Gespräch speichern oder löschen").click()


def _saved(chat: Chat, button: str) -> str:
    with chat.page.expect_download() as download:
        chat.panel.get_by_role("button", name=button).click()
    path = download.value.path()
    assert isinstance(path, Path)
    return path.read_text("utf-8")


def _printed(chat: Chat) -> str:
    """What the last call of `print` had before it."""
    printed: str = chat.page.evaluate("window.printed")
    return printed


def test_there_is_nothing_to_save_before_the_first_question(visit: Visit) -> None:
    chat = visit().start()
    expect(chat.panel.get_by_text("Gespräch speichern oder löschen")).to_have_count(0)


def test_the_conversation_is_saved_as_data_and_to_be_read(visit: Visit, axe: Axe) -> None:
    chat = visit().start()
    answer_id = chat.ask(QUESTION).locator(".reference code").inner_text()
    _menu(chat)
    axe(chat.page, "amtslotse-chat")
    (exchange,) = json.loads(_saved(chat, "Als Daten speichern (JSON)"))["exchanges"]
    assert (exchange["question"], exchange["answer"]["answer_id"]) == (QUESTION, answer_id)
    page = _saved(chat, "Zum Lesen speichern")
    assert page.startswith("<!doctype html>")
    for part in (QUESTION, answer_id, "KI-Auskunft", "Ich bin ein Chatbot", 'data-ai-generated="', "Quellen"):
        assert part in page


def test_erasing_asks_first_and_then_clears_everything(visit: Visit, axe: Axe) -> None:
    chat = visit().start()
    chat.ask(QUESTION)
    conversation = chat.page.evaluate("sessionStorage.getItem('amtslotse:musterstadt:conversation')")
    _menu(chat)
    erase = chat.panel.get_by_role("button", name="Gespräch löschen")
    erase.click()
    expect(chat.panel.get_by_text("endgültig löschen?")).to_be_focused()
    axe(chat.page, "amtslotse-chat")
    chat.panel.get_by_role("button", name="Abbrechen").click()
    expect(erase).to_be_focused()
    expect(chat.log.locator(".answer")).to_have_count(1)
    erase.click()
    chat.panel.get_by_role("button", name="Ja, endgültig löschen").click()
    expect(chat.panel.get_by_role("status")).to_have_text("Das Gespräch ist gelöscht.")
    expect(chat.log.locator(".message")).to_have_count(0)
    expect(chat.field).to_be_focused()
    gone = chat.page.request.get(f"{chat.base_url}/api/v1/musterstadt/conversations/{conversation}")
    assert gone.status == 404
    assert chat.page.evaluate("sessionStorage.getItem('amtslotse:musterstadt:conversation')") is None


def test_when_erasing_fails_nothing_is_cleared(visit: Visit) -> None:
    chat = visit().start()
    chat.ask(QUESTION)
    chat.page.route("**/conversations/*", lambda route: route.abort())
    _menu(chat)
    chat.panel.get_by_role("button", name="Gespräch löschen").click()
    chat.panel.get_by_role("button", name="Ja, endgültig löschen").click()
    expect(chat.panel.get_by_role("status")).to_have_text("Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.")
    expect(chat.log.locator(".answer")).to_have_count(1)


def test_after_loading_the_page_anew_the_messages_are_there_again(visit: Visit, axe: Axe) -> None:
    chat = visit().start()
    before = chat.ask(QUESTION).locator(".answer-words").inner_text()
    chat.page.reload()
    chat.launcher.click()
    expect(chat.log.locator(".question")).to_have_text([f"Sie fragen:{QUESTION}"])
    assert chat.last_answer.locator(".answer-words").inner_text() == before
    expect(chat.last_answer.locator(".answer-disclosure")).to_contain_text("Ich bin ein Chatbot")
    chat.last_answer.locator(".citation").first.click()
    expect(chat.last_answer.locator(".passage")).to_be_visible()
    expect(chat.last_answer.locator(".badge")).to_have_count(0)  # what was open then may be closed now
    axe(chat.page, "amtslotse-chat")
    again = chat.ask("Und wie lange dauert das?")
    expect(again).to_contain_text("Wochen")
    expect(chat.log.locator(".answer")).to_have_count(2)


def test_nothing_is_asked_for_before_the_window_is_open(visit: Visit) -> None:
    chat = visit().start()
    chat.ask(QUESTION)
    chat.page.reload()
    chat.requests.clear()
    chat.launcher.wait_for()
    chat.page.wait_for_load_state("networkidle")
    assert [url for url in chat.requests if "/conversations/" in url] == []


def test_a_conversation_that_is_gone_begins_anew(visit: Visit) -> None:
    chat = visit().start()
    chat.ask(QUESTION)
    conversation = chat.page.evaluate("sessionStorage.getItem('amtslotse:musterstadt:conversation')")
    chat.page.request.delete(f"{chat.base_url}/api/v1/musterstadt/conversations/{conversation}")
    chat.page.reload()
    chat.launcher.click()
    expect(chat.panel.locator(".resumed")).to_have_count(0)
    expect(chat.log.locator(".message")).to_have_count(0)
    expect(chat.field).to_be_enabled()


def test_one_answer_and_the_whole_conversation_are_printed_with_their_marks(visit: Visit) -> None:
    chat = visit(wait=False)
    chat.page.context.add_init_script(PRINTED)
    chat.page.reload()
    chat.start()
    chat.ask(QUESTION)
    chat.ask("Wie melde ich meinen Hund an?")
    chat.log.locator(".answer").first.get_by_role("button", name="Antwort drucken").click()
    one = _printed(chat)
    assert QUESTION in one
    assert "Hund" not in one
    assert "Ich bin ein Chatbot" in one
    assert "data-ai-generated" in one
    _menu(chat)
    with chat.page.expect_response("**/conversations/*"):
        chat.panel.get_by_role("button", name="Gespräch drucken").click()
    expect(chat.page.locator("iframe")).to_have_count(2)
    assert "Wie melde ich meinen Hund an?" in _printed(chat)
    assert chat.policy_violations() == []
