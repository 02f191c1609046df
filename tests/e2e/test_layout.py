"""The window on small and large screens, in the page's own look, and in place."""

import pytest
from playwright.sync_api import expect

from tests.e2e.chat import answer_events, source, statement
from tests.e2e.conftest import Visit

pytestmark = pytest.mark.browser

LONG = "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung" * 2
ANSWER = answer_events(
    statement(f"{LONG} kostet 37,00 Euro.", 1, 2),
    statement(f"{LONG}: 37,00 Euro", 1, origin="quote"),
    sources=[source(1, f"- {LONG}: 37,00 Euro"), source(2, LONG)],
    suggestions=[{"title": LONG, "url": "https://www.musterstadt.example/"}],
    notices=[LONG],
)
SIDEWAYS = """() => {
    const inner = [...document.querySelector("amtslotse-chat").shadowRoot.querySelectorAll(".panel, .scroller")];
    return [document.scrollingElement, ...inner].map((node) => node.scrollWidth - node.clientWidth);
}"""


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_scrolls_sideways(visit: Visit, width: int) -> None:
    chat = visit(viewport={"width": width, "height": 700})
    assert chat.page.evaluate("document.scrollingElement.scrollWidth") == width
    chat.start()
    chat.route_answer(ANSWER)
    answer = chat.ask("x" * 200)
    answer.locator(".citation").first.click()
    assert chat.page.evaluate(SIDEWAYS) == [0, 0, 0]


def test_on_a_phone_the_window_fills_the_screen(visit: Visit) -> None:
    chat = visit(viewport={"width": 390, "height": 800}).start()
    assert chat.panel.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 800}


def test_controls_are_large_enough_for_fingers(visit: Visit) -> None:
    chat = visit(viewport={"width": 390, "height": 800}).start()
    chat.route_answer(ANSWER)
    chat.ask("Frage?")
    for button in chat.panel.locator("button:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24, button.text_content()
    for selector in (".send:visible", ".primary-button:visible", ".topic:visible", "header button"):
        for button in chat.panel.locator(selector).all():
            box = button.bounding_box()
            assert box is not None
            assert box["height"] >= 44, button.text_content()


def test_colours_follow_the_pages_design_tokens(visit: Visit) -> None:
    chat = visit()
    chat.page.evaluate("document.documentElement.style.setProperty('--kern-color-action-default', 'rgb(1, 80, 60)')")
    expect(chat.launcher).to_have_css("background-color", "rgb(1, 80, 60)")


def test_dark_pages_get_a_dark_window_unless_they_ask_for_a_light_one(visit: Visit) -> None:
    chat = visit(color_scheme="dark")
    chat.launcher.click()
    expect(chat.panel).to_have_css("background-color", "rgb(17, 22, 30)")
    chat.page.evaluate("document.querySelector('amtslotse-chat').setAttribute('theme', 'light')")
    expect(chat.panel).to_have_css("background-color", "rgb(243, 246, 250)")


def test_reduced_motion_stops_every_animation(visit: Visit) -> None:
    chat = visit(reduced_motion="reduce").start()
    chat.route_silence()
    chat.field.fill("Frage?")
    chat.field.press("Enter")
    expect(chat.panel.locator(".pending .answer")).to_be_visible()
    assert chat.page.evaluate("document.getAnimations().length") == 0


def test_inline_mode_stands_in_the_page_without_a_launcher(visit: Visit) -> None:
    chat = visit()
    chat.page.evaluate(
        """() => {
            document.querySelector("amtslotse-chat").remove();
            const chat = document.createElement("amtslotse-chat");
            chat.setAttribute("mode", "inline");
            document.querySelector("main").append(chat);
        }"""
    )
    expect(chat.panel).to_be_visible()
    expect(chat.launcher).to_have_count(0)
    expect(chat.panel).to_have_css("position", "static")
    chat.accept_button.click()
    chat.route_answer(ANSWER)
    expect(chat.ask("Frage?")).to_contain_text("37,00 Euro")
    chat.page.keyboard.press("Escape")
    expect(chat.panel).to_be_visible()


def test_a_button_of_the_page_opens_the_chat(visit: Visit) -> None:
    chat = visit()
    chat.page.get_by_role("link", name="Frage stellen").click()
    expect(chat.panel).to_be_visible()


def test_citizen_can_choose_the_language_of_the_window(visit: Visit) -> None:
    chat = visit().start()
    chat.route_answer(ANSWER)
    chat.ask("Frage?")
    chat.panel.get_by_label("Sprache").select_option("en")
    expect(chat.panel).to_have_attribute("lang", "en")
    expect(chat.panel.get_by_label("Your question")).to_be_enabled()
    expect(chat.log.locator(".answer")).to_have_count(1)
    with chat.page.expect_request("**/chat") as sent:
        chat.panel.get_by_label("Your question").fill("How much?")
        chat.page.keyboard.press("Enter")
    assert (sent.value.post_data_json or {})["language"] == "en"
