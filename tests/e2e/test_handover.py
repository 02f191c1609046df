"""'Mit einem Menschen sprechen': the office's ways, and a form that passes the question on."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.chat import Chat, answer_events, statement
from tests.e2e.conftest import Axe, Visit

pytestmark = pytest.mark.browser


def _opened(chat: Chat, question: str) -> Locator:
    answer = chat.ask(question)
    answer.get_by_role("button", name="Mit einem Menschen sprechen").click()
    return answer


def test_the_ways_to_the_office_come_first(visit: Visit) -> None:
    answer = _opened(visit().start(), "Was kostet ein Personalausweis?")
    human = answer.locator(".human")
    expect(human.get_by_role("link", name=re.compile("Anrufen:.*03999 115-200"))).to_have_attribute(
        "href", "tel:03999115200"
    )
    expect(human.get_by_role("link", name=re.compile("E-Mail schreiben"))).to_have_attribute(
        "href", "mailto:buergeramt@musterstadt.example"
    )
    expect(human.get_by_role("link", name=re.compile("Termin buchen"))).to_be_visible()
    human.get_by_text("Persönlich vorbeikommen").click()
    expect(human.get_by_role("row", name=re.compile("Montag"))).to_be_visible()


def test_the_offer_stands_out_where_the_chat_has_no_answer(visit: Visit) -> None:
    chat = visit().start()
    for status, prominent in (("not_in_knowledge", True), ("decided_by_staff", True), ("answered", False)):
        chat.unroute()
        chat.route_answer(answer_events(statement("Satz.", origin="frame"), status=status))
        button = chat.ask("Frage?").get_by_role("button", name="Mit einem Menschen sprechen")
        expect(button).to_have_class("outline-button" if prominent else "quiet-button")


def test_a_question_is_passed_on(visit: Visit) -> None:
    chat = visit().start()
    answer = _opened(chat, "Wie hoch ist die Erbschaftssteuer?")
    expect(answer.get_by_label("Ihre Frage an die Stadtverwaltung")).to_have_value("Wie hoch ist die Erbschaftssteuer?")
    answer.get_by_label("E-Mail-Adresse oder Telefonnummer für die Antwort").fill("erika@example.org")
    answer.get_by_label(re.compile("Ich bin einverstanden.*30 Tagen")).check()
    answer.get_by_role("button", name="Frage an die Stadtverwaltung senden").click()
    told = answer.locator(".human .notice")
    expect(told).to_contain_text("innerhalb von 3 Arbeitstagen")
    expect(told).to_be_focused()
    conversation = chat.page.evaluate("sessionStorage.getItem('amtslotse:musterstadt:conversation')")
    exported = chat.page.request.get(f"{chat.base_url}/api/v1/musterstadt/conversations/{conversation}").json()
    (kept,) = exported["handovers"]
    assert kept["contact"] == "erika@example.org"
    assert kept["answer_id"] == exported["exchanges"][-1]["answer"]["answer_id"]


def test_what_is_missing_is_said_at_its_field(visit: Visit, axe: Axe) -> None:
    chat = visit().start()
    answer = _opened(chat, "Was kostet ein Personalausweis?")
    send = answer.get_by_role("button", name="Frage an die Stadtverwaltung senden")
    contact = answer.get_by_label("E-Mail-Adresse oder Telefonnummer für die Antwort")
    contact.fill("rufen Sie an")
    send.click()
    expect(contact).to_be_focused()
    expect(contact).to_have_attribute("aria-invalid", "true")
    expect(contact).to_have_accessible_description(re.compile("Bitte geben Sie eine E-Mail-Adresse"))
    expect(answer.get_by_text("Bitte stimmen Sie zu.")).to_be_visible()
    axe(chat.page, "amtslotse-chat")
    contact.fill("03999 123456")
    send.click()
    expect(contact).not_to_have_attribute("aria-invalid", "true")
    expect(answer.get_by_label(re.compile("Ich bin einverstanden"))).to_be_focused()


def test_a_refusal_keeps_what_was_typed(visit: Visit) -> None:
    chat = visit().start()
    answer = _opened(chat, "Was kostet ein Personalausweis?")
    chat.page.route("**/handovers", lambda route: route.abort())
    answer.get_by_label("E-Mail-Adresse oder Telefonnummer für die Antwort").fill("erika@example.org")
    answer.get_by_label(re.compile("Ich bin einverstanden")).check()
    answer.get_by_role("button", name="Frage an die Stadtverwaltung senden").click()
    expect(answer.get_by_role("alert")).to_contain_text("konnte nicht gesendet werden")
    expect(answer.get_by_label("E-Mail-Adresse oder Telefonnummer für die Antwort")).to_have_value("erika@example.org")


def test_a_town_without_a_form_shows_its_ways_only(visit: Visit) -> None:
    chat = visit(wait=False)

    def without_form(route, request) -> None:  # type: ignore[no-untyped-def]
        response = route.fetch()
        config = response.json()
        config["handover"]["form"] = False
        route.fulfill(response=response, json=config)

    chat.page.route(re.compile(r"/widget(\?|$)"), without_form)
    chat.page.reload()
    answer = _opened(chat.start(), "Was kostet ein Personalausweis?")
    expect(answer.get_by_role("link", name=re.compile("Anrufen"))).to_be_visible()
    expect(answer.locator(".human form")).to_have_count(0)
