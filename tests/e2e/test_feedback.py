"""'Hat Ihnen die Antwort geholfen?': one click, a reason for whoever wants to, kept by the service."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.chat import Chat, answer_events, statement
from tests.e2e.conftest import Axe, Visit

pytestmark = pytest.mark.browser


def _kept(chat: Chat) -> dict[str, object]:
    """What the service keeps about the last answer."""
    conversation = chat.page.evaluate("sessionStorage.getItem('amtslotse:musterstadt:conversation')")
    exported = chat.page.request.get(f"{chat.base_url}/api/v1/musterstadt/conversations/{conversation}").json()
    kept: dict[str, object] = exported["exchanges"][-1]["feedback"]
    return kept


def _row(answer: Locator) -> Locator:
    return answer.get_by_role("group", name="Hat Ihnen die Antwort geholfen?")


def test_one_click_says_that_it_helped(visit: Visit) -> None:
    chat = visit().start()
    answer = chat.ask("Was kostet ein Personalausweis?")
    yes = _row(answer).get_by_role("button", name="Ja")
    yes.click()
    expect(chat.panel.get_by_role("status")).to_have_text("Danke für Ihre Rückmeldung.")
    expect(yes).to_have_attribute("aria-pressed", "true")
    assert _kept(chat)["helpful"] is True


def test_a_reason_and_words_may_follow_and_the_last_word_counts(visit: Visit, axe: Axe) -> None:
    chat = visit().start()
    answer = chat.ask("Was kostet ein Personalausweis?")
    _row(answer).get_by_role("button", name="Ja").click()
    no = _row(answer).get_by_role("button", name="Nein")
    no.click()
    answer.get_by_label("Es fehlt etwas").check()
    axe(chat.page, "amtslotse-chat")
    answer.get_by_label("Ihre Anmerkung").fill("Wie geht es bei Kindern? Mail: erika@example.org")
    answer.get_by_role("button", name="Rückmeldung absenden").click()
    expect(answer.locator("form")).to_have_count(0)
    expect(no).to_be_focused()
    expect(no).to_have_attribute("aria-pressed", "true")
    kept = _kept(chat)
    assert (kept["helpful"], kept["reason"]) == (False, "incomplete")
    assert kept["comment"] == "Wie geht es bei Kindern? Mail: [E-Mail]"


def test_when_it_cannot_be_kept_it_says_so(visit: Visit) -> None:
    chat = visit().start()
    chat.route_answer(answer_events(statement("Ja.", origin="frame")))  # the service knows no such answer
    answer = chat.ask("Frage?")
    yes = _row(answer).get_by_role("button", name="Ja")
    yes.click()
    expect(chat.panel.get_by_role("status")).to_contain_text("konnte nicht gespeichert werden")
    expect(yes).to_have_attribute("aria-pressed", "false")


def test_nobody_is_asked_in_an_emergency(visit: Visit) -> None:
    chat = visit().start()
    chat.route_answer(answer_events(statement("Rufen Sie 112 an.", origin="frame"), status="emergency"))
    answer = chat.ask("Hilfe!")
    expect(answer.locator(".reference")).to_be_visible()
    expect(answer.locator(".feedback")).to_have_count(0)
    expect(answer.get_by_role("button", name="Mit einem Menschen sprechen")).to_have_count(0)
