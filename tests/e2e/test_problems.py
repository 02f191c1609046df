"""When there is no answer, a sentence says why and what to do."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.chat import answer_events, statement
from tests.e2e.conftest import Visit

pytestmark = pytest.mark.browser

GOOD = answer_events(statement("Jetzt geht es.", origin="frame"))


def test_busy_service_can_be_asked_again_when_it_says_so(visit: Visit) -> None:
    chat = visit().start()
    chat.route_problem(503, "busy", "Zu viele Fragen.", {"Retry-After": "2"})
    problem = chat.ask("Frage?").locator(".problem")
    expect(problem).to_contain_text("Gerade stellen viele Menschen Fragen.")
    expect(problem.get_by_role("button")).to_be_disabled()
    chat.unroute()
    chat.route_answer(GOOD)
    retry = problem.get_by_role("button", name="Noch einmal versuchen", exact=True)
    expect(retry).to_be_enabled()
    retry.click()
    expect(chat.last_answer).to_contain_text("Jetzt geht es.")
    expect(chat.log.locator(".message")).to_have_count(2)
    expect(chat.field).to_be_focused()


def test_offline_says_so_and_works_again_afterwards(visit: Visit) -> None:
    chat = visit().start()
    chat.page.context.set_offline(True)
    problem = chat.ask("Frage?").locator(".problem")
    expect(problem).to_contain_text("Sie sind offline.")
    chat.page.context.set_offline(False)
    chat.route_answer(GOOD)
    problem.get_by_role("button", name="Noch einmal versuchen").click()
    expect(chat.last_answer).to_contain_text("Jetzt geht es.")


def test_a_question_that_is_too_long_comes_back_for_editing(visit: Visit) -> None:
    chat = visit().start()
    question = "Wie lange dauert das? " * 200
    answer = chat.ask(question)
    expect(answer.locator(".problem")).to_be_visible()
    expect(answer.locator(".problem")).to_have_attribute("data-code", "invalid")
    expect(chat.field).to_have_value(question.strip())


def test_a_broken_stream_keeps_what_was_shown_and_says_that_it_may_be_incomplete(visit: Visit) -> None:
    chat = visit().start()
    chat.route_answer(GOOD[:3])
    answer = chat.ask("Frage?")
    expect(answer).to_contain_text("Jetzt geht es.")
    expect(answer.locator(".problem")).to_contain_text("Die Verbindung ist abgebrochen.")


def test_a_failed_service_names_the_office(visit: Visit) -> None:
    chat = visit().start()
    chat.route_problem(500, "failed", "Traceback …")
    problem = chat.ask("Frage?").locator(".problem")
    expect(problem).to_contain_text("Bei der Antwort ist ein Fehler aufgetreten.")
    expect(problem).not_to_contain_text("Traceback")
    expect(problem.locator(".office")).to_contain_text("Bürgeramt")


def test_a_failed_answer_can_be_asked_again(visit: Visit) -> None:
    chat = visit().start()
    chat.route_answer(answer_events(statement("Das ist schiefgegangen.", origin="frame"), status="failed"))
    answer = chat.ask("Frage?")
    expect(answer.get_by_role("button", name="Noch einmal versuchen")).to_be_enabled()
    expect(answer).not_to_contain_text("Bei der Antwort ist ein Fehler aufgetreten.")


def test_a_citizen_can_stop_an_answer(visit: Visit) -> None:
    chat = visit().start()
    chat.route_silence()
    chat.field.fill("Frage?")
    chat.field.press("Enter")
    with chat.page.expect_event("requestfailed"):
        chat.panel.get_by_role("button", name="Antwort anhalten").click()
    expect(chat.last_answer).to_contain_text("Sie haben die Antwort angehalten.")
    expect(chat.field).to_be_focused()
    expect(chat.panel.get_by_role("button", name="Frage absenden")).to_be_visible()


def test_an_unreachable_service_offers_to_try_again(visit: Visit) -> None:
    chat = visit(wait=False)
    chat.page.route(re.compile("/widget\\?"), lambda route: route.abort())
    chat.page.reload()
    chat.launcher.click()
    expect(chat.panel).to_contain_text("Der Chat ist gerade nicht erreichbar.")
    chat.page.unroute(re.compile("/widget\\?"))
    chat.panel.get_by_role("button", name="Noch einmal versuchen").click()
    expect(chat.accept_button).to_be_visible()
