"""An answer on the page: its words, who worded them, its sources, and what a citizen can do next."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.chat import OFFICE, answer_events, source, statement
from tests.e2e.conftest import Visit

pytestmark = pytest.mark.browser

COSTS = """- Personalausweis ab 24 Jahren: **37,00 Euro**
- Personalausweis unter 24 Jahren: 22,80 Euro

Eine [Ermäßigung](https://www.musterstadt.example/sozialpass) ist möglich."""


def test_price_of_an_id_card_comes_with_sources_that_open(visit: Visit) -> None:
    chat = visit().start()
    answer = chat.ask("Was kostet ein neuer Personalausweis?")
    expect(answer).to_contain_text("37,00")
    citation = answer.locator(".citation").first
    expect(citation).to_be_enabled()
    citation.click()
    expect(citation).to_have_attribute("aria-expanded", "true")
    passage = answer.locator(".passage")
    expect(passage).to_contain_text("Personalausweis")
    expect(passage.get_by_role("link", name=re.compile("Seite der Stadt öffnen"))).to_have_attribute(
        "href", re.compile(r"^https?://")
    )
    passage.get_by_role("button", name="Quelle schließen").click()
    expect(passage).to_have_count(0)
    expect(citation).to_be_focused()
    expect(answer.locator(".reference code")).not_to_be_empty()


def test_suggested_question_asks_it(visit: Visit) -> None:
    chat = visit().start()
    chat.panel.locator(".greeting .topic").first.click()
    expect(chat.log.locator(".question")).to_contain_text("Was kostet ein neuer Personalausweis?")
    expect(chat.last_answer.locator(".reference")).to_be_visible(timeout=90_000)


def test_quotes_and_generated_words_are_told_apart(visit: Visit) -> None:
    chat = visit().start()
    chat.route_answer(
        answer_events(
            statement("Der Ausweis kostet 37,00 Euro.", 1),
            statement("Für Jüngere ist er billiger.", 1),
            statement("Personalausweis ab 24 Jahren: 37,00 Euro", 1, origin="quote"),
            statement("Personalausweis unter 24 Jahren: 22,80 Euro", 1, origin="quote"),
            sources=[source(1, COSTS)],
        )
    )
    answer = chat.ask("Was kostet er?")
    generated, quote = answer.locator(".block-generated"), answer.locator(".block-quote")
    expect(generated).to_have_count(1)
    expect(generated).to_contain_text("Von der KI formuliert")
    expect(quote).to_contain_text("Wörtlich aus: Personalausweis beantragen – Kosten")
    expect(quote.locator("blockquote li")).to_have_text(
        ["Personalausweis ab 24 Jahren: 37,00 Euro", "Personalausweis unter 24 Jahren: 22,80 Euro"]
    )
    expect(quote.locator("[data-ai-generated='true']")).to_have_count(0)


def test_quoted_sentence_is_marked_in_its_passage(visit: Visit) -> None:
    chat = visit().start()
    chat.route_answer(
        answer_events(
            statement("Personalausweis ab 24 Jahren: 37,00 Euro", 1, origin="quote"), sources=[source(1, COSTS)]
        )
    )
    answer = chat.ask("Was kostet er?")
    answer.locator(".citation").click()
    assert "".join(answer.locator(".passage mark").all_text_contents()) == "Personalausweis ab 24 Jahren: 37,00 Euro"
    expect(answer.locator(".passage-text li")).to_have_count(2)
    expect(answer.locator(".passage-text a")).to_have_attribute("href", "https://www.musterstadt.example/sozialpass")


def test_office_card_says_whether_it_is_open_and_how_to_reach_it(visit: Visit) -> None:
    chat = visit().start()
    chat.route_answer(answer_events(statement("Fragen Sie das Amt.", origin="frame"), office=OFFICE))
    card = chat.ask("Wer hilft mir?").locator(".office")
    expect(card).to_contain_text("Zurzeit geschlossen")
    expect(card.get_by_role("link", name="03999 115-200")).to_have_attribute("href", "tel:03999115200")
    expect(card.get_by_role("link", name="buergeramt@musterstadt.example")).to_have_attribute(
        "href", "mailto:buergeramt@musterstadt.example"
    )
    card.get_by_text("Öffnungszeiten").click()
    expect(card.get_by_role("row")).to_have_text(
        [re.compile("Montag.*08:00–16:00"), re.compile("Sonntag.*geschlossen")]
    )


def test_next_steps_stand_below_the_words(visit: Visit) -> None:
    chat = visit().start()
    chat.route_answer(
        answer_events(
            statement("Dazu weiß ich nichts.", origin="frame"),
            status="not_in_knowledge",
            online_service={"title": "Termin", "url": "https://termine.musterstadt.example/"},
            suggestions=[{"title": "Reisepass beantragen", "url": None}],
            notices=["Ihre Telefonnummer wurde unkenntlich gemacht."],
        )
    )
    answer = chat.ask("Und sonst?")
    expect(answer.get_by_role("link", name=re.compile("Online erledigen: Termin"))).to_be_visible()
    expect(answer.get_by_role("note")).to_contain_text("unkenntlich gemacht")
    answer.get_by_role("button", name="Reisepass beantragen").click()
    expect(chat.log.locator(".question").last).to_contain_text("Reisepass beantragen")


def test_emergency_numbers_can_be_tapped(visit: Visit) -> None:
    chat = visit().start()
    chat.route_answer(answer_events(statement("Rufen Sie 112 an.", origin="frame"), status="emergency"))
    answer = chat.ask("Hilfe!")
    expect(answer.get_by_role("link", name="112")).to_have_attribute("href", "tel:112")


def test_reference_number_is_copied(visit: Visit) -> None:
    chat = visit(permissions=["clipboard-read", "clipboard-write"]).start()
    chat.route_answer(answer_events(statement("Ja.", origin="frame")))
    answer = chat.ask("Frage?")
    answer.get_by_role("button", name="Nummer kopieren").click()
    expect(chat.panel.get_by_role("status")).to_have_text("Die Nummer ist kopiert.")
    assert chat.page.evaluate("navigator.clipboard.readText()") == "a-4711"


def test_a_follow_up_belongs_to_the_same_conversation_and_a_new_one_does_not(visit: Visit) -> None:
    chat = visit().start()
    chat.route_answer(answer_events(statement("Ja.", origin="frame")))
    sent: list[str | None] = []

    def ask(question: str) -> None:
        with chat.page.expect_request("**/chat") as request:
            chat.ask(question)
        sent.append((request.value.post_data_json or {}).get("conversation_id"))

    ask("Eins?")
    ask("Zwei?")
    chat.panel.get_by_role("button", name="Neues Gespräch").click()
    expect(chat.log.locator(".message")).to_have_count(0)
    ask("Drei?")
    assert sent[1] == "conversation-00001"
    assert None not in sent
    assert len(set(sent)) == 3
