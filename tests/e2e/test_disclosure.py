"""Before the first question a citizen learns that a machine answers, and what happens to the data."""

import pytest
from playwright.sync_api import expect

from app.wording.catalog import catalog
from tests.e2e.chat import answer_events, statement
from tests.e2e.conftest import Visit

pytestmark = pytest.mark.browser


def test_nothing_can_be_typed_before_the_notice_is_confirmed(visit: Visit) -> None:
    chat = visit()
    chat.launcher.click()
    expect(chat.panel.locator(".disclosure")).to_be_visible()
    expect(chat.panel.locator(".disclosure")).to_have_text(catalog("de").text("disclosure"))
    expect(chat.field).to_be_disabled()
    expect(chat.panel.get_by_role("button", name="Frage absenden")).to_be_disabled()
    chat.accept_button.click()
    expect(chat.field).to_be_enabled()
    expect(chat.field).to_be_focused()


def test_notice_names_controller_purpose_and_retention(visit: Visit) -> None:
    chat = visit()
    chat.launcher.click()
    chat.panel.get_by_text("So gehen wir mit Ihren Daten um").click()
    notice = chat.panel.locator(".intro")
    for words in ("Stadt Musterstadt", "Art. 6 Abs. 1", "Tagen gelöscht"):
        expect(notice).to_contain_text(words)
    expect(notice.get_by_role("link", name="Datenschutzhinweise")).to_have_attribute(
        "href", "https://www.musterstadt.example/datenschutz"
    )


def test_notice_does_not_trap_the_visitor(visit: Visit) -> None:
    chat = visit()
    chat.launcher.click()
    chat.page.get_by_role("link", name="Aktuelles", exact=True).click()
    assert chat.page.url.endswith("#aktuelles")
    expect(chat.panel).to_be_visible()


def test_confirmation_holds_for_the_session_and_is_all_that_is_stored(visit: Visit) -> None:
    chat = visit().start()
    chat.route_answer(answer_events(statement("Ja.", origin="frame")))
    chat.ask("Geheime Frage nach dem Rathaus")
    stored = chat.page.evaluate("[JSON.stringify(sessionStorage), JSON.stringify(localStorage), document.cookie]")
    assert "Rathaus" not in "".join(stored)
    assert stored[1:] == ["{}", ""]

    chat.page.reload()
    chat.launcher.click()
    expect(chat.field).to_be_enabled()


def test_every_answer_says_that_a_machine_wrote_it(visit: Visit) -> None:
    chat = visit().start()
    chat.route_answer(answer_events(statement("Der Ausweis kostet Geld.", origin="generated")))
    answer = chat.ask("Was kostet er?")
    expect(answer).to_contain_text("KI-Auskunft")
    expect(answer).to_contain_text("Ich bin eine KI.")
    expect(answer.locator("[data-ai-generated='true']")).to_have_text("Der Ausweis kostet Geld.")
