"""The register's page in a browser: small screens, keyboard, dark, print, and without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Visit

pytestmark = pytest.mark.browser

CONTRAST = """() => {
    const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const luminance = (colour) => channels(colour).slice(0, 3).map((value) => value / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = (node) => {
        for (; node; node = node.parentElement) {
            const colour = getComputedStyle(node).backgroundColor;
            if ((channels(colour)[3] ?? 1) > 0) return colour;
        }
        return "rgb(255, 255, 255)";
    };
    const written = [...document.querySelectorAll("body *")].filter((node) =>
        [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim()));
    return Math.min(...written.map((node) => {
        const [one, other] = [getComputedStyle(node).color, behind(node)].map(luminance);
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }));
}"""
SIDEWAYS = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser, live_server: str) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 320, "height": 700}, color_scheme=request.param, java_script_enabled=True, locale="de-DE"
    )
    page = context.new_page()
    page.goto(f"{live_server}/musterstadt/transparenz")
    yield page
    context.close()


def test_nothing_scrolls_sideways_on_a_phone_and_everything_can_be_read(page: Page) -> None:
    assert page.evaluate(SIDEWAYS) == 0
    assert page.evaluate(CONTRAST) >= 4.5
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.evaluate(SIDEWAYS) == 0


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
