"""What stands below an answer for what comes next: checklist, fees, map, further questions."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.chat import OFFICE, answer_events, source, statement
from tests.e2e.conftest import Axe, Visit

pytestmark = pytest.mark.browser

STEPS: dict[str, Any] = {
    "title": "Personalausweis beantragen",
    "url": "https://www.musterstadt.example/dienste/personalausweis",
    "language": "de",
    "dir": "ltr",
    "documents": ["alter Personalausweis", "biometrisches Passfoto"],
    "document_notes": [],
    "fees": [{"what": "ab 24 Jahren", "amount": "37,00 Euro"}, {"what": "unter 24 Jahren", "amount": "22,80 Euro"}],
    "fee_notes": ["Die Gebühr wird nicht erstattet."],
    "follow_ups": [
        {"label": "Wie lange dauert das?", "question": "Personalausweis beantragen: Wie lange dauert das?"},
    ],
}
ANSWER = answer_events(
    statement("Kommen Sie ins Bürgeramt.", 1, origin="quote"),
    sources=[source(1, "Kommen Sie ins Bürgeramt.", module="Verfahrensablauf")],
    office=OFFICE,
    next_steps=STEPS,
)


def test_a_real_answer_comes_with_checklist_and_fees(visit: Visit) -> None:
    answer = visit().start().ask("Wie lange dauert ein Personalausweis?")
    answer.get_by_text(re.compile(r"Das brauchen Sie")).click()
    expect(answer.get_by_role("checkbox").first).to_be_visible()
    answer.get_by_text(re.compile(r"Was es kostet")).click()
    expect(answer.get_by_role("row", name=re.compile("ab 24 Jahren.*37,00 Euro"))).to_be_visible()


def test_documents_are_ticked_off_by_keyboard_and_nothing_is_sent_or_stored(visit: Visit) -> None:
    chat = visit().start()
    chat.route_answer(ANSWER)
    answer = chat.ask("Was brauche ich?")
    stored = "JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)])"
    before, requests = chat.page.evaluate(stored), len(chat.requests)
    summary = answer.locator("summary", has_text="Das brauchen Sie: Unterlagen (2)")
    summary.focus()
    summary.press("Enter")
    box = answer.get_by_role("checkbox", name="alter Personalausweis")
    expect(box).not_to_be_checked()
    box.press("Space")
    expect(box).to_be_checked()
    assert chat.page.evaluate(stored) == before
    assert len(chat.requests) == requests
    expect(answer.locator(".card").first).to_contain_text("Wörtlich aus: Personalausweis beantragen")


def test_fees_are_a_table_with_headings(visit: Visit) -> None:
    chat = visit().start()
    chat.route_answer(ANSWER)
    answer = chat.ask("Was brauche ich?")
    answer.get_by_text("Was es kostet: Gebühren (2)").click()
    expect(answer.get_by_role("columnheader")).to_have_text(["Leistung", "Gebühr"])
    expect(answer.get_by_role("rowheader", name="unter 24 Jahren")).to_be_visible()
    expect(answer).to_contain_text("Die Gebühr wird nicht erstattet.")


def test_a_further_question_names_the_service(visit: Visit) -> None:
    chat = visit().start()
    chat.route_answer(ANSWER)
    chat.ask("Was brauche ich?").get_by_role("button", name="Wie lange dauert das?").click()
    expect(chat.log.locator(".question").last).to_contain_text("Personalausweis beantragen: Wie lange dauert das?")


def test_the_map_says_where_it_leads_and_loads_nothing_before(visit: Visit) -> None:
    chat = visit().start()
    chat.route_answer(ANSWER)
    link = chat.ask("Wo?").locator(".office").get_by_role("link", name=re.compile(r"Karte ansehen bei"))
    expect(link).to_contain_text("www.openstreetmap.org")
    expect(link).to_have_attribute(
        "href", "https://www.openstreetmap.org/search?query=Rathausplatz%201%2C%2099001%20Musterstadt"
    )
    assert chat.foreign_requests() == []


def test_cards_are_accessible_open_and_closed(visit: Visit, axe: Axe) -> None:
    for scheme in ("light", "dark"):
        chat = visit(color_scheme=scheme).start()
        chat.route_answer(ANSWER)
        answer = chat.ask("Was brauche ich?")
        axe(chat.page, "amtslotse-chat")
        for summary in answer.locator(".card > summary").all():
            summary.click()
        axe(chat.page, "amtslotse-chat")


def test_at_320_pixels_nothing_is_cut_off(visit: Visit) -> None:
    chat = visit(viewport={"width": 320, "height": 640}).start()
    chat.route_answer(ANSWER)
    answer = chat.ask("Was brauche ich?")
    for summary in answer.locator(".card > summary").all():
        summary.click()
    answer.get_by_role("button", name="Mit einem Menschen sprechen").click()
    wider: list[str] = chat.page.evaluate(
        """() => [...document.querySelector("amtslotse-chat").shadowRoot.querySelectorAll(".scroller, .scroller *")]
            .filter((node) => node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX !== "visible"
                && !node.classList.contains("sr-only"))
            .map((node) => node.className)"""
    )
    assert wider == []
