"""The register's page in a browser: small screens, keyboard, dark, print, and without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Axe, Visit
from tests.e2e.staff import WIDTHS, look_at

pytestmark = pytest.mark.browser


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser, live_server: str) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 320, "height": 700}, color_scheme=request.param, java_script_enabled=True, locale="de-DE"
    )
    page = context.new_page()
    page.goto(f"{live_server}/musterstadt/transparenz")
    yield page
    context.close()


def test_nothing_scrolls_sideways_on_a_phone_and_everything_can_be_read(page: Page, axe: Axe) -> None:
    look_at(page, axe, WIDTHS)


def test_keyboard_reaches_the_content_first_and_then_every_section(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt springen")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    links = page.get_by_role("navigation", name="Auf dieser Seite").get_by_role("link")
    assert links.count() == 12
    for number in range(links.count()):
        target = links.nth(number).get_attribute("href")
        assert target is not None
        expect(page.locator(target)).to_be_visible()


def test_tables_stay_tables_when_they_become_cards(page: Page) -> None:
    table = page.get_by_role("table", name="Daten, Speicherort und Speicherdauer")
    assert table.get_by_role("rowheader").count() >= 6
    assert table.get_by_role("columnheader").count() == 3
    assert table.get_by_role("cell").count() == 2 * table.get_by_role("rowheader").count()


def test_print_leaves_out_what_cannot_be_clicked_on_paper(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="light")
    expect(page.get_by_role("navigation", name="Auf dieser Seite")).to_be_hidden()
    expect(page.get_by_role("heading", name="Beschwerden")).to_be_visible()


def test_the_language_can_be_changed_and_the_chat_leads_here(visit: Visit) -> None:
    chat = visit()
    chat.launcher.click()
    link = chat.panel.get_by_role("link", name="So arbeitet dieser Chatbot (Transparenz)")
    with chat.page.context.expect_page() as opened:
        link.click()
    register = opened.value
    expect(register.get_by_role("heading", level=1)).to_have_text("Transparenz: So arbeitet der Chatbot")
    register.get_by_role("link", name="English").click()
    expect(register.get_by_role("heading", level=1)).to_have_text("Transparency: how the chatbot works")
    assert chat.policy_violations() == []
