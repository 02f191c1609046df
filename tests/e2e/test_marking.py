"""That a machine answers is shown whatever a page or a proxy does, and stays on what is copied and printed."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Route, expect

from app.switches.board import SwitchBoard
from app.switches.state import Order, Pausable, Pause
from tests.e2e.chat import Chat, answer_events, source, statement
from tests.e2e.conftest import Visit
from tests.knowledge import TENANT

pytestmark = pytest.mark.browser

SHORT = "Hier antwortet eine Maschine (KI), kein Mensch."
SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
GENERATED = {**statement("Der Ausweis kostet 37 Euro.", 1), "digital_source_type": SOURCE_TYPE}
QUOTED = statement("Personalausweis ab 24 Jahren: 37,00 Euro", 1, origin="quote")
ANSWER = answer_events(GENERATED, QUOTED, sources=[source(1, "Personalausweis ab 24 Jahren: 37,00 Euro")])
ATTRIBUTES = (
    "disclosure", "data-disclosure", "hide-disclosure", "no-disclosure", "no-badge", "compact", "minimal", "hidden",
)  # fmt: skip
COLOURS = (
    "accent", "on-accent", "header", "on-header", "background", "muted", "border", "control-border", "tint", "mark",
    "success", "warning", "danger", "focus",
)  # fmt: skip
"""All colours that a page may set, but those of the answer's own words and of what they stand on."""
COPY = """(selector) => {
    const root = document.querySelector("amtslotse-chat").shadowRoot;
    const node = root.querySelector(selector);
    document.addEventListener("copy", (event) => {
        window.copied = ["text/plain", "text/html"].map((type) => event.clipboardData.getData(type));
    }, { once: true });
    getSelection().selectAllChildren(node);
}"""


def _alpha_and_size(text: Locator) -> tuple[float, float]:
    """How opaque a text is, 0 to 1, and its size in pixels."""
    found: list[float] = text.evaluate(
        """(node) => {
            const style = getComputedStyle(node);
            const alpha = /\\/\\s*([\\d.]+)|rgba\\(.*,\\s*([\\d.]+)\\)|transparent/.exec(style.color);
            const own = alpha ? Number(alpha[1] ?? alpha[2] ?? 0) : 1;
            return [own * Number(style.opacity), parseFloat(style.fontSize)];
        }"""
    )
    return found[0], found[1]


@pytest.mark.parametrize("value", ["", "false", "off", "none", "0"])
def test_no_attribute_of_the_element_takes_the_disclosure_away(visit: Visit, value: str) -> None:
    chat = visit()
    chat.page.evaluate(
        """([names, value]) => {
            document.querySelector("amtslotse-chat").remove();
            const chat = document.createElement("amtslotse-chat");
            for (const name of names) chat.setAttribute(name, value);
            document.body.append(chat);
        }""",
        [ATTRIBUTES, value],
    )
    chat.launcher.click()
    expect(chat.panel.locator(".disclosure")).to_be_visible()
    expect(chat.panel.locator(".disclosure")).to_contain_text("Maschine")
    expect(chat.field).to_be_disabled()


@pytest.mark.parametrize("colour", ["transparent", "rgba(0, 0, 0, 0)", "var(--amtslotse-surface)", "initial"])
def test_no_design_token_makes_the_marks_invisible_while_the_answer_can_be_read(visit: Visit, colour: str) -> None:
    chat = visit()
    chat.page.evaluate(
        """([names, colour]) => {
            const chat = document.querySelector("amtslotse-chat");
            for (const name of names) chat.style.setProperty(`--amtslotse-${name}`, colour);
        }""",
        [COLOURS, colour],
    )
    chat.launcher.click()
    disclosure = chat.panel.locator(".disclosure span")
    expect(disclosure).to_be_visible()
    assert _alpha_and_size(disclosure)[0] == 1
    chat.accept_button.dispatch_event("click")
    chat.route_answer(ANSWER)
    answer = chat.ask("Was kostet er?")
    words = answer.locator(".words").first.evaluate("(node) => getComputedStyle(node).color")
    for mark in (".answer-badge span", ".answer-disclosure", ".block-generated .origin", ".block-quote .origin"):
        expect(answer.locator(mark).first).to_be_visible()
        opacity, size = _alpha_and_size(answer.locator(mark).first)
        assert opacity >= 0.75, mark
        assert size >= 12, mark
    assert answer.locator(".answer-badge").evaluate("(node) => getComputedStyle(node).color") == words


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u2060", "…"])
def test_a_service_that_sends_no_readable_disclosure_does_not_silence_the_window(visit: Visit, text: str) -> None:
    chat = visit()

    def without(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=json.dumps({**response.json(), "disclosure": text}))

    chat.page.route("**/widget?*", without)
    chat.page.reload()
    chat.launcher.click()
    expect(chat.panel.locator(".disclosure")).to_have_text(SHORT)
    chat.accept_button.click()
    expect(chat.panel.locator(".greeting .answer-disclosure").first).to_have_text(SHORT)


@pytest.mark.parametrize("events", [ANSWER[1:], [("disclosure", {**ANSWER[0][1], "text": "\u200b"}), *ANSWER[1:]]])
def test_an_answer_without_a_readable_disclosure_gets_the_windows_own(
    visit: Visit, events: list[tuple[str, dict[str, Any]]]
) -> None:
    chat = visit().start()
    chat.route_answer(events)
    expect(chat.ask("Was kostet er?").locator(".answer-disclosure")).to_have_text(SHORT)


def test_generated_and_quoted_words_are_told_apart_for_machines(visit: Visit) -> None:
    chat = visit().start()
    chat.route_answer(ANSWER)
    answer = chat.ask("Was kostet er?")
    generated, quoted = answer.locator(".block-generated .words"), answer.locator(".block-quote .words")
    expect(generated).to_have_attribute("data-ai-generated", "true")
    expect(generated).to_have_attribute("data-digital-source-type", SOURCE_TYPE)
    expect(quoted).to_have_attribute("data-ai-generated", "false")
    assert quoted.get_attribute("data-digital-source-type") is None
    assert "Maschine" in (chat.page.locator("meta[name='ai-disclosure']").get_attribute("content") or "")


def _copied(chat: Chat, selector: str) -> tuple[str, str]:
    chat.page.evaluate(COPY, selector)
    chat.page.keyboard.press("Control+c")
    plain, rich = chat.page.wait_for_function("window.copied").json_value()
    return plain, rich


def test_copied_generated_words_say_who_worded_them(visit: Visit) -> None:
    chat = visit().start()
    chat.route_answer(ANSWER)
    chat.ask("Was kostet er?")
    plain, rich = _copied(chat, ".answer .answer-words")
    assert plain.startswith("Der Ausweis kostet 37 Euro.")
    assert plain.endswith("[Von einer KI formuliert: Chatbot „Musterstadt“, keine verbindliche Auskunft.]")
    assert 'data-ai-generated="true"' in rich
    assert f'data-digital-source-type="{SOURCE_TYPE}"' in rich
    assert "Von einer KI formuliert" in rich
    assert "<button" not in rich


def test_copied_quotes_say_that_a_machine_chose_them(visit: Visit) -> None:
    chat = visit().start()
    chat.route_answer(ANSWER)
    chat.ask("Was kostet er?")
    plain, rich = _copied(chat, ".answer .block-quote .words")
    assert "37,00 Euro" in plain
    assert "nicht von einer KI formuliert" in plain
    assert 'data-ai-generated="false"' in rich


def test_what_a_citizen_wrote_is_copied_as_it_is(visit: Visit) -> None:
    chat = visit().start()
    chat.route_answer(ANSWER)
    chat.ask("Was kostet er?")
    chat.page.evaluate(COPY, ".question p")
    chat.page.keyboard.press("Control+c")
    assert chat.page.evaluate("window.copied ?? ['', '']") == ["", ""]  # left to the browser


def test_the_whole_conversation_is_printed_with_its_marks(visit: Visit) -> None:
    chat = visit(viewport={"width": 1280, "height": 500}).start()
    chat.route_answer(ANSWER)
    for number in range(4):
        answer = chat.ask(f"Frage {number}?")
    chat.page.emulate_media(media="print")
    for mark in (".answer-badge", ".answer-disclosure", ".block-generated .origin", ".block-quote .origin"):
        expect(answer.locator(mark)).to_be_visible()
        expect(answer.locator(mark)).to_have_css("color", "rgb(0, 0, 0)")
    expect(chat.field).to_be_hidden()
    expect(chat.launcher).to_be_hidden()
    panel, last = chat.panel.bounding_box(), answer.bounding_box()
    assert panel is not None and last is not None
    assert panel["height"] > 500  # nothing is cut off by the window
    assert last["y"] + last["height"] <= panel["y"] + panel["height"]


@pytest.fixture
def paused(live_data: Path) -> Iterator[None]:
    """The running server's town, paused by another process for the length of a test."""
    board = SwitchBoard(live_data)
    order = Order(by="petra", reason="Probe", at=datetime.now(UTC))
    board.pause(TENANT, Pausable.BOT, Pause(**order.model_dump(), notice={"de": "Wegen Wartung bis 14 Uhr zu."}))
    yield
    board.resume(TENANT, Pausable.BOT, order)


@pytest.mark.usefixtures("paused")
def test_a_paused_chat_says_so_before_the_first_question_and_helps_in_an_emergency(visit: Visit) -> None:
    chat = visit()
    chat.launcher.click()
    expect(chat.panel.locator(".intro .notice")).to_contain_text("Wegen Wartung bis 14 Uhr zu.")
    chat.accept_button.click()
    expect(chat.panel.locator(".greeting .notice")).to_contain_text("Wegen Wartung bis 14 Uhr zu.")
    answer = chat.ask("Was kostet ein neuer Personalausweis?")
    expect(answer).to_have_attribute("data-status", "paused")
    expect(answer).to_contain_text("Wegen Wartung bis 14 Uhr zu.")
    expect(answer.locator(".office")).to_contain_text("Bürgeramt")
    expect(answer.get_by_role("button", name="Noch einmal versuchen")).to_have_count(0)
    expect(chat.ask("Hilfe, meine Wohnung brennt!")).to_contain_text("112")
