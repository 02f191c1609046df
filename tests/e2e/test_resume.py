"""An answer goes on after the connection dropped, after the service lost it, and after the page was loaded anew."""

import json
import re

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.e2e.chat import ANSWER_TIMEOUT_MS, CHAT_URL, Chat, Events, answer_events, statement
from tests.e2e.conftest import Visit
from tests.e2e.cutting_proxy import cutting_proxy

pytestmark = pytest.mark.browser

AGAIN = "**/conversations/*/requests/*"
WHOLE = answer_events(statement("Erster Satz.", origin="frame"), statement("Zweiter Satz.", origin="frame"))


def _wire(events: Events, after: int = -1) -> str:
    """As the service writes them, numbered but for the progress; those behind `after`."""
    lines, number = "", -1
    for name, data in events:
        number += name != "progress"
        if number > after:
            lines += f"id: {number}\nevent: {name}\ndata: {json.dumps(data)}\n\n"
    return lines


def _stream(route: Route, body: str) -> None:
    route.fulfill(status=200, content_type="text/event-stream", body=body)


def _missing(route: Route) -> None:
    problem = {"title": "Not Found", "status": 404, "code": "not_found", "detail": "Weg."}
    route.fulfill(status=404, content_type="application/problem+json", body=json.dumps(problem))


def test_a_real_answer_goes_on_after_the_connection_was_cut(browser: Browser, live_server: str) -> None:
    with cutting_proxy(live_server) as (url, proxy):
        page = browser.new_page(locale="de-DE")
        page.goto(f"{url}/")
        chat = Chat(page, url).start()
        answer = chat.ask("Was kostet ein neuer Personalausweis?")
        assert proxy.cut.is_set()
        expect(answer).to_contain_text("37,00")
        expect(answer.locator(".reference code")).not_to_be_empty()
        expect(answer.locator(".problem")).to_have_count(0)
        conversation = page.evaluate("sessionStorage.getItem('amtslotse:musterstadt:conversation')")
        exported = page.request.get(f"{live_server}/api/v1/musterstadt/conversations/{conversation}").json()
        assert len(exported["exchanges"]) == 1
        page.close()


def test_it_goes_on_behind_the_last_event_and_shows_nothing_twice(visit: Visit) -> None:
    chat = visit().start()
    seen: list[str] = []

    def rest(route: Route) -> None:
        seen.append(route.request.headers["last-event-id"])
        _stream(route, _wire(WHOLE, after=int(seen[-1])))

    chat.page.route(CHAT_URL, lambda route: _stream(route, _wire(WHOLE[:3])))
    chat.page.route(AGAIN, rest)
    answer = chat.ask("Frage?")
    expect(answer.locator(".words")).to_have_text(["Erster Satz.", "Zweiter Satz."])
    assert seen == ["1"]
    expect(answer.locator(".problem")).to_have_count(0)


def test_when_the_service_has_lost_it_the_question_is_asked_once_more(visit: Visit) -> None:
    chat = visit().start()
    asked: list[str] = []

    def answer_in_the_end(route: Route) -> None:
        asked.append(json.loads(route.request.post_data or "")["request_id"])
        _stream(route, _wire(WHOLE[:3]) if len(asked) == 1 else _wire(WHOLE))

    chat.page.route(CHAT_URL, answer_in_the_end)
    chat.page.route(AGAIN, _missing)
    answer = chat.ask("Frage?")
    expect(answer.locator(".words")).to_have_text(["Erster Satz.", "Zweiter Satz."])
    assert len(asked) == 2
    assert asked[0] == asked[1]


def test_while_it_tries_it_says_so_and_can_be_stopped(visit: Visit) -> None:
    chat = visit().start()
    chat.page.route(CHAT_URL, lambda route: _stream(route, _wire(WHOLE[:3])))
    chat.page.route(AGAIN, lambda route: route.abort() if route.request.method == "GET" else _missing(route))
    chat.field.fill("Frage?")
    chat.field.press("Enter")
    expect(chat.panel.get_by_role("status")).to_contain_text("Die Verbindung ist unterbrochen.")
    with chat.page.expect_request(lambda request: request.method == "DELETE"):
        chat.panel.get_by_role("button", name="Antwort anhalten").click()
    expect(chat.last_answer).to_contain_text("Sie haben die Antwort angehalten.")


def test_an_answer_under_way_is_there_after_the_page_was_loaded_anew(visit: Visit) -> None:
    chat = visit().start()
    chat.field.fill("Was kostet ein neuer Personalausweis?")
    with chat.page.expect_response(CHAT_URL):
        chat.field.press("Enter")
    chat.page.reload()
    chat.launcher.click()
    expect(chat.log.locator(".question")).to_contain_text("Was kostet", timeout=ANSWER_TIMEOUT_MS)
    expect(chat.last_answer).to_contain_text("37,00")
    assert chat.page.evaluate("sessionStorage.getItem('amtslotse:musterstadt:request')") is None


def test_nothing_of_the_conversation_is_stored_in_the_browser_but_random_ids(visit: Visit) -> None:
    chat = visit().start()
    chat.ask("Was kostet ein neuer Personalausweis?")
    stored: dict[str, str] = chat.page.evaluate("({...sessionStorage})")
    assert set(stored) <= {"amtslotse:musterstadt:accepted", "amtslotse:musterstadt:conversation"}
    assert re.fullmatch(r"[0-9a-f-]{36}", stored["amtslotse:musterstadt:conversation"])
    assert chat.page.evaluate("localStorage.length") == 0
