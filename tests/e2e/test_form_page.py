"""Asking in a browser that runs no JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Axe, Visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 1280])
def test_a_citizen_without_javascript_gets_an_answer_its_source_and_a_follow_up(visit: Visit, width: int) -> None:
    page = visit(
        path="/musterstadt/chat", wait=False, java_script_enabled=False, viewport={"width": width, "height": 800}
    ).page
    page.get_by_role("link", name="Frage stellen").click()
    page.get_by_label("Ihre Frage").fill("Welche Unterlagen brauche ich für den Reisepass?")
    page.get_by_role("button", name="Frage absenden").click()
    answer = page.get_by_role("article")
    expect(answer).to_contain_text("Reisepass", timeout=60_000)
    answer.get_by_role("link", name="Quelle 1").first.click()
    assert page.url.endswith("#quelle-1")
    expect(page.locator("#quelle-1")).to_be_in_viewport()
    expect(page.locator("#quelle-1 mark").first).to_be_visible()
    for part in page.locator("main > *, article > *").all():
        box = part.bounding_box()
        assert box is None or box["x"] + box["width"] <= width
    page.get_by_label("Ihre Frage", exact=True).fill("Und was kostet er?")
    page.get_by_role("button", name="Frage absenden").click()
    expect(answer).to_contain_text("Euro", timeout=60_000)
    assert page.context.cookies() == []


def test_what_is_wrong_with_a_question_is_said_at_the_field_and_nothing_violates_the_rules(
    visit: Visit, axe: Axe
) -> None:
    chat = visit(path="/musterstadt/fragen", wait=False)
    page = chat.page
    page.get_by_label("Ihre Frage").fill("?!")
    page.get_by_role("button", name="Frage absenden").click()
    expect(page).to_have_title(re.compile("^Das hat nicht geklappt"))
    axe(page)
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Ihre Frage")).to_be_focused()
    page.get_by_label("Ihre Frage").fill("Was kostet ein neuer Personalausweis?")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_contain_text("37,00", timeout=60_000)
    axe(page)
    assert chat.policy_violations() == []
