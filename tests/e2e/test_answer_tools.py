"""An answer copied and read aloud: with its marks, and with voices of this device only."""

import pytest
from playwright.sync_api import expect

from tests.e2e.chat import answer_events, source, statement
from tests.e2e.conftest import STRICT, TOWN, Visit

pytestmark = pytest.mark.browser

ANSWER = answer_events(
    statement("Der Ausweis kostet 37,00 Euro.", 1),
    statement("ID card: 37.00 euros", 1, origin="quote", language="en"),
    sources=[source(1, "Personalausweis: 37,00 Euro")],
)
VOICES = """
const voices = %s;
class Utterance extends EventTarget { constructor(text) { super(); this.text = text; } }
const spoken = [];
Object.defineProperty(window, "speechSynthesis", { value: Object.assign(new EventTarget(), {
    getVoices: () => voices, speak: (one) => spoken.push(one), cancel: () => { spoken.length = 0; },
}) });
window.SpeechSynthesisUtterance = Utterance;
window.spoken = spoken;
"""
GERMAN = '{ lang: "de-DE", localService: true, name: "hier" }'
ENGLISH = '{ lang: "en-GB", localService: true, name: "here" }'
FAR_AWAY = '{ lang: "en-US", localService: false, name: "cloud" }'
HOST = """<!doctype html><html lang="de"><title>Stadt</title><body>
<script src="{origin}/widget.js" data-tenant="musterstadt" defer></script></body></html>"""


def test_a_copied_answer_keeps_its_sources_and_its_mark(visit: Visit) -> None:
    chat = visit(permissions=["clipboard-read", "clipboard-write"]).start()
    chat.route_answer(ANSWER)
    chat.ask("Was kostet er?").get_by_role("button", name="Antwort kopieren").click()
    expect(chat.panel.get_by_role("status")).to_have_text("Die Antwort ist kopiert.")
    text = chat.page.evaluate("navigator.clipboard.readText()")
    assert "Der Ausweis kostet 37,00 Euro. [1]" in text
    assert "[1] Personalausweis beantragen – Kosten, https://www.musterstadt.example/" in text
    assert "[Von einer KI formuliert: Chatbot „Musterstadt“, keine verbindliche Auskunft.]" in text
    html: str = chat.page.evaluate(
        """async () => {
            const [item] = await navigator.clipboard.read();
            return (await item.getType("text/html")).text();
        }"""
    )
    assert 'data-ai-generated="true"' in html


def test_without_a_clipboard_it_says_how_to_copy(visit: Visit) -> None:
    chat = visit().start()
    chat.page.evaluate("() => { navigator.clipboard.write = navigator.clipboard.writeText = () => Promise.reject(); }")
    chat.route_answer(ANSWER)
    chat.ask("Was kostet er?").get_by_role("button", name="Antwort kopieren").click()
    expect(chat.panel.get_by_role("status")).to_contain_text("Strg + C")


@pytest.mark.parametrize("voices", ["[]", f"[{GERMAN}]", f"[{GERMAN}, {FAR_AWAY}]"])
def test_nothing_is_read_without_a_voice_of_this_device_for_every_language(visit: Visit, voices: str) -> None:
    chat = visit(wait=False)
    chat.page.add_init_script(VOICES % voices)
    chat.page.reload()
    chat.start()
    chat.route_answer(ANSWER)
    answer = chat.ask("Was kostet er?")
    expect(answer.get_by_role("button", name="Antwort drucken")).to_be_visible()
    expect(answer.get_by_role("button", name="Antwort vorlesen")).to_have_count(0)


def test_a_browser_without_speech_has_no_button(visit: Visit) -> None:
    chat = visit(wait=False)
    chat.page.add_init_script("delete window.speechSynthesis; delete Window.prototype.speechSynthesis;")
    chat.page.reload()
    chat.start()
    chat.route_answer(ANSWER)
    expect(chat.ask("Was kostet er?").get_by_role("button", name="Antwort vorlesen")).to_have_count(0)


def test_an_answer_is_read_in_its_languages_machine_first_and_stopped(visit: Visit) -> None:
    chat = visit(wait=False)
    chat.page.add_init_script(VOICES % f"[{FAR_AWAY}, {GERMAN}, {ENGLISH}]")
    chat.page.reload()
    chat.start()
    chat.route_answer(ANSWER)
    answer = chat.ask("Was kostet er?")
    answer.get_by_role("button", name="Antwort vorlesen").click()
    assert chat.page.evaluate("spoken.map((one) => [one.text, one.voice.name])") == [
        ["Hier antwortet eine Maschine (KI), kein Mensch.", "hier"],
        ["Der Ausweis kostet 37,00 Euro.", "hier"],
        ["ID card: 37.00 euros", "here"],
    ]
    answer.get_by_role("button", name="Vorlesen beenden").click()
    assert chat.page.evaluate("spoken.length") == 0
    answer.get_by_role("button", name="Antwort vorlesen").click()
    chat.page.evaluate("spoken.at(-1).onend()")
    expect(answer.get_by_role("button", name="Antwort vorlesen")).to_be_visible()


def test_printing_works_on_a_page_with_a_strict_policy(visit: Visit) -> None:
    chat = visit(html=HOST, wait=False)
    chat.page.context.add_init_script("window.print = () => { window.top.printed = document.body.textContent; };")
    chat.page.goto(TOWN)
    chat.start()
    chat.route_answer(ANSWER)
    chat.ask("Was kostet er?").get_by_role("button", name="Antwort drucken").click()
    assert "Der Ausweis kostet 37,00 Euro." in chat.page.evaluate("window.printed")
    assert "default-src 'none'" in STRICT
    assert chat.policy_violations() == []
