"""The widget stays on its own origin, under a strict policy, and never runs what it is told to show."""

import re
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.chat import Chat, answer_events, source, statement
from tests.e2e.conftest import Visit

pytestmark = pytest.mark.browser

ATTACK = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script><b>fett</b>'


def _assert_harmless(chat: Chat) -> None:
    assert chat.page.evaluate("window.hacked === undefined")
    assert chat.panel.locator("img, script, b").count() == 0
    assert chat.policy_violations() == []
    assert chat.foreign_requests() == []


def test_a_whole_walk_breaks_no_policy_and_asks_nobody_else(visit: Visit) -> None:
    chat = visit()
    policy = chat.page.request.get(chat.base_url).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "'unsafe-inline'" not in policy
    chat.start()
    answer = chat.ask("Was kostet ein neuer Personalausweis?")
    answer.locator(".citation").first.click()
    expect(answer.locator(".passage")).to_be_visible()
    assert chat.policy_violations() == []
    assert chat.foreign_requests() == []
    assert chat.page.context.cookies() == []


def test_markup_in_a_question_is_shown_as_text(visit: Visit) -> None:
    chat = visit().start()
    chat.ask(ATTACK)
    expect(chat.log.locator(".question p")).to_have_text(ATTACK)
    _assert_harmless(chat)


def test_markup_in_an_answer_is_shown_as_text(visit: Visit) -> None:
    chat = visit().start()
    chat.route_answer(
        answer_events(
            statement(ATTACK, 1),
            statement(ATTACK, 1, origin="quote"),
            sources=[
                {
                    **source(
                        1,
                        f"{ATTACK}\n\n[klick](javascript:window.hacked=1)",
                        module=ATTACK,
                        url="javascript:window.hacked=1",
                    ),
                    "title": ATTACK,
                }
            ],
            online_service={"title": ATTACK, "url": "javascript:window.hacked=1"},
            suggestions=[{"title": ATTACK, "url": "javascript:window.hacked=1"}],
            notices=[ATTACK],
        )
    )
    answer = chat.ask("Frage?")
    answer.locator(".citation").first.click()
    expect(answer.locator(".passage")).to_contain_text(ATTACK)
    expect(answer.locator(".block-generated")).to_contain_text(ATTACK)
    expect(chat.panel.locator("a[href^='javascript']")).to_have_count(0)
    _assert_harmless(chat)


def test_markup_in_a_problem_is_shown_as_text(visit: Visit) -> None:
    chat = visit().start()
    chat.route_problem(422, "invalid_input", ATTACK)
    expect(chat.ask("Frage?").locator(".problem")).to_contain_text(ATTACK)
    _assert_harmless(chat)


def _hostile(value: Any) -> Any:
    """The same, with markup in place of every text and a script in place of every address."""
    if isinstance(value, dict):
        kept = ("tenant", "language", "languages", "dir", "texts")
        return {key: each if key in kept else _hostile(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_hostile(each) for each in value]
    if isinstance(value, str):
        return "javascript:window.hacked=1" if value.startswith("http") else f"{ATTACK} {value}"
    return value


def test_markup_in_what_the_town_says_of_itself_is_shown_as_text(visit: Visit) -> None:
    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, json=_hostile(response.json()))

    chat = visit()
    chat.page.route(re.compile("/widget\\?"), answer)
    chat.page.reload()
    chat.start()
    chat.route_problem(500, "failed", ATTACK)
    problem = chat.ask(ATTACK).locator(".problem")
    expect(problem.locator(".office")).to_contain_text(f"{ATTACK} Bürgeramt")
    expect(chat.panel.locator("a[href^='javascript']")).to_have_count(0)
    _assert_harmless(chat)


def test_the_browser_itself_refuses_markup_from_text(visit: Visit) -> None:
    chat = visit()
    refused = chat.page.evaluate(
        """(attack) => {
            const node = document.createElement("div");
            try { node.innerHTML = attack; } catch (error) { return error instanceof TypeError; }
            return false;
        }""",
        ATTACK,
    )
    assert refused
    assert chat.page.evaluate("window.hacked === undefined")
