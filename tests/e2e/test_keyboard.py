"""Everything by keyboard, and what a screen reader is told."""

import pytest
from playwright.sync_api import expect

from tests.e2e.chat import Chat, answer_events, source, statement
from tests.e2e.conftest import Visit

pytestmark = pytest.mark.browser

QUOTED = answer_events(
    statement("Er kostet 37,00 Euro.", 1, origin="quote"), sources=[source(1, "Er kostet 37,00 Euro.")]
)


def _tab_to(chat: Chat, label: str, *, backwards: bool = False) -> None:
    """Presses Tab until that control has the focus."""
    seen = []
    for _ in range(40):
        if label in chat.focused_label():
            return
        chat.page.keyboard.press("Shift+Tab" if backwards else "Tab")
        seen.append(chat.focused_label())
    raise AssertionError(f"Tab never reached '{label}', only {seen}")


def test_a_citizen_without_a_mouse_gets_an_answer_and_its_source(visit: Visit) -> None:
    chat = visit()
    chat.route_answer(QUOTED)
    keyboard = chat.page.keyboard
    _tab_to(chat, "Chat öffnen")
    keyboard.press("Enter")
    _tab_to(chat, "Verstanden")
    keyboard.press("Enter")
    expect(chat.field).to_be_focused()
    keyboard.type("Was kostet der Ausweis?")
    keyboard.press("Enter")
    expect(chat.last_answer.locator(".reference")).to_be_visible()
    expect(chat.field).to_be_focused()
    expect(chat.field).to_have_value("")
    _tab_to(chat, "Quelle 1", backwards=True)
    keyboard.press("Enter")
    expect(chat.last_answer.locator(".passage")).to_be_visible()


def test_escape_closes_the_source_first_and_then_the_chat(visit: Visit) -> None:
    chat = visit().start()
    chat.route_answer(QUOTED)
    citation = chat.ask("Was kostet er?").locator(".citation")
    citation.press("Enter")
    chat.page.keyboard.press("Escape")
    expect(chat.last_answer.locator(".passage")).to_have_count(0)
    expect(citation).to_be_focused()
    chat.page.keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()
    expect(chat.launcher).to_be_focused()
    expect(chat.launcher).to_have_attribute("aria-expanded", "false")


def test_escape_closes_from_the_notice_and_the_messages_stay(visit: Visit) -> None:
    chat = visit()
    chat.launcher.press("Enter")
    chat.page.keyboard.press("Escape")
    expect(chat.launcher).to_be_focused()
    chat.start()
    chat.route_answer(QUOTED)
    chat.ask("Was kostet er?")
    chat.page.keyboard.press("Escape")
    chat.launcher.press("Enter")
    expect(chat.field).to_be_focused()
    expect(chat.log.locator(".answer")).to_have_count(1)


def test_shift_enter_makes_a_new_line_and_an_empty_question_is_not_sent(visit: Visit) -> None:
    chat = visit().start()
    chat.field.press("Enter")
    expect(chat.panel.get_by_role("status")).to_have_text("Bitte geben Sie zuerst eine Frage ein.")
    chat.page.keyboard.type("eins")
    chat.page.keyboard.press("Shift+Enter")
    chat.page.keyboard.type("zwei")
    expect(chat.field).to_have_value("eins\nzwei")
    assert not [url for url in chat.requests if url.endswith("/chat")]


def test_a_running_answer_is_outside_the_live_log_until_it_is_complete(visit: Visit) -> None:
    chat = visit().start()
    chat.route_silence()
    chat.field.fill("Frage?")
    chat.field.press("Enter")
    expect(chat.panel.get_by_role("status")).to_have_text("Ihre Frage wird bearbeitet …")
    expect(chat.panel.locator(".pending .answer")).to_have_count(1)
    expect(chat.log.locator(".answer")).to_have_count(0)


def test_speakers_are_named_and_messages_carry_language_and_direction(visit: Visit) -> None:
    chat = visit().start()
    chat.route_answer(answer_events(statement("Yes.", origin="frame"), language="en"))
    answer = chat.ask("Is it open?")
    expect(answer).to_have_attribute("lang", "en")
    expect(answer).to_have_attribute("dir", "ltr")
    expect(answer).to_contain_text("Antwort des KI-Assistenten:")
    question = chat.log.locator(".question")
    expect(question).to_contain_text("Sie fragen:")
    expect(question).to_have_attribute("lang", "en")


def test_a_german_quote_in_an_arabic_answer_is_marked_as_german(visit: Visit) -> None:
    chat = visit().start()
    arabic = statement("هذا ما ورد في النص:", origin="frame", language="ar")
    german = statement("Der Ausweis kostet 37,00 Euro.", 1, origin="quote")
    chat.route_answer(answer_events(arabic, german, language="ar"))
    answer = chat.ask("كم تكلفة بطاقة الهوية؟")
    expect(answer).to_have_attribute("dir", "rtl")
    frame = answer.locator(".block-frame .words")
    expect(frame).to_have_attribute("lang", "ar")
    expect(frame).to_have_attribute("dir", "rtl")
    quoted = answer.locator(".block-quote .words")
    expect(quoted).to_have_attribute("lang", "de")
    expect(quoted).to_have_attribute("dir", "ltr")


def test_on_a_phone_tab_stays_in_the_window_that_covers_the_page(visit: Visit) -> None:
    chat = visit(viewport={"width": 390, "height": 800}).start()
    for _ in range(30):
        chat.page.keyboard.press("Tab")
        assert chat.page.evaluate("document.activeElement.localName") == "amtslotse-chat"
