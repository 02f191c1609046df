"""Every state of the chat and of the pages around it, as people meet it who see, hear or move differently."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.chat import OFFICE, Chat, answer_events, source, statement
from tests.e2e.conftest import Axe, Visit

pytestmark = pytest.mark.browser

CHAT = "amtslotse-chat"
INLINE = """<!doctype html><html lang="de"><title>Stadt</title><body><main><h1>Stadt</h1>
<amtslotse-chat mode="inline"></amtslotse-chat></main><script src="{origin}/widget.js" data-tenant="musterstadt" defer>
</script></body></html>"""
RICH = answer_events(
    statement("Der Ausweis kostet 37,00 Euro.", 1),
    statement("Personalausweis ab 24 Jahren: 37,00 Euro", 1, origin="quote"),
    sources=[source(1, "- Personalausweis ab 24 Jahren: **37,00 Euro**\n- unter 24 Jahren: 22,80 Euro")],
    office={**OFFICE, "appointment_url": "https://termine.musterstadt.example/", "open_now": True},
    online_service={"title": "Personalausweis", "url": "https://www.musterstadt.example/online"},
    suggestions=[{"title": "Reisepass beantragen", "url": "https://www.musterstadt.example/pass"}],
    notices=["Ihre Telefonnummer wurde unkenntlich gemacht."],
)
TEXT_SPACING = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);
    const root = document.querySelector("amtslotse-chat").shadowRoot;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}"""
CUT_OFF = """() => {
    const panel = document.querySelector("amtslotse-chat").shadowRoot.querySelector(".panel");
    const shown = [...panel.querySelectorAll("*")].filter((node) => node.getClientRects().length);
    const sideways = [panel, panel.querySelector(".scroller")].filter((node) => node.scrollWidth > node.clientWidth);
    const cut = shown.filter((node) => node.matches("button, a, h1, h2, h3, p, label, td, th, summary") &&
        !node.matches(".sr-only") && node.scrollWidth > node.clientWidth + 1 &&
        getComputedStyle(node).display !== "inline");
    return [...sideways, ...cut].map((node) => node.className || node.textContent);
}"""
ANNOUNCED = """() => {
    const log = document.querySelector("amtslotse-chat").shadowRoot.querySelector("[role=log]");
    window.announced = [];
    new MutationObserver((records) => {
        for (const { target, addedNodes } of records) for (const node of addedNodes) {
            const element = node.nodeType === 1 ? node : target;
            if (!element.closest("[aria-live=off]")) window.announced.push(element.className);
        }
    }).observe(log, { childList: true, subtree: true, characterData: true });
}"""


def _open_page(visit: Visit, **options: object) -> Chat:
    """The chat on a page of its own."""
    chat = visit(wait=False, **options)
    chat.panel.wait_for()
    return chat


def _walk(chat: Chat, look: Callable[[], None]) -> None:
    """Brings an open chat from its notice into each of its states, and looks at each."""
    look()
    chat.panel.locator(".intro summary").click()
    chat.panel.locator(".intro .primary-button").click()
    field = chat.panel.locator("#question")
    expect(field).to_be_enabled()
    look()
    chat.route_silence()
    field.fill("Frage?")
    field.press("Enter")
    expect(chat.panel.locator(".pending .answer")).to_be_visible()
    look()
    chat.panel.locator(".stop").click()
    expect(chat.log.locator(".remark")).to_be_visible()
    chat.unroute()
    chat.route_answer(RICH)
    field.fill("Was kostet er?")
    field.press("Enter")
    answer = chat.log.locator(".answer").last
    answer.locator(".citation").first.click()
    expect(answer.locator(".passage")).to_be_visible()
    answer.locator(".office summary").click()
    look()
    chat.unroute()
    chat.route_problem(503, "busy", "Zu viele Fragen.", {"Retry-After": "30"})
    field.fill("Frage?")
    field.press("Enter")
    expect(chat.log.locator(".problem[data-code='busy']")).to_be_visible()
    chat.unroute()
    chat.page.context.set_offline(True)
    field.fill("Frage?")
    field.press("Enter")
    expect(chat.log.locator(".problem[data-code='offline']")).to_be_visible()
    chat.page.context.set_offline(False)
    look()


def test_no_violation_in_any_state_of_the_bubble(visit: Visit, axe: Axe) -> None:
    chat = visit()
    axe(chat.page)
    chat.launcher.click()
    _walk(chat, lambda: axe(chat.page, CHAT))
    axe(chat.page)


def test_no_violation_in_the_dark_on_a_page_of_its_own(visit: Visit, axe: Axe) -> None:
    chat = _open_page(visit, path="/musterstadt/chat", color_scheme="dark")
    _walk(chat, lambda: axe(chat.page))


def test_no_violation_from_right_to_left_on_a_phone(visit: Visit, axe: Axe) -> None:
    chat = _open_page(visit, path="/musterstadt/chat?language=ar", viewport={"width": 320, "height": 700})
    expect(chat.panel).to_have_attribute("dir", "rtl")
    _walk(chat, lambda: axe(chat.page))
    assert chat.page.evaluate(CUT_OFF) == []


def test_no_violation_inline_with_forced_colours(visit: Visit, axe: Axe) -> None:
    chat = _open_page(visit, html=INLINE, forced_colors="active")
    _walk(chat, lambda: axe(chat.page, CHAT))
    toggle = chat.panel.locator(".plain")
    knob = toggle.locator(".knob")
    off = knob.evaluate("(node) => getComputedStyle(node).backgroundColor")
    toggle.click()
    assert knob.evaluate("(node) => getComputedStyle(node).backgroundColor") != off
    for button in chat.panel.locator(".send:visible, .primary-button:visible, .topic:visible").all():
        assert button.evaluate("(node) => getComputedStyle(node).borderTopStyle") == "solid"


def test_no_violation_while_the_chat_is_paused_or_not_reachable(visit: Visit, axe: Axe) -> None:
    def paused(route: Route) -> None:
        response = route.fetch()
        notice = {"text": "Wegen Wartung bis 14 Uhr zu.", "language": "de", "dir": "ltr"}
        route.fulfill(response=response, json={**response.json(), "notices": [notice]})

    chat = visit()
    chat.page.route(re.compile("/widget\\?"), paused)
    chat.page.reload()
    chat.launcher.click()
    expect(chat.panel.locator(".notice")).to_be_visible()
    axe(chat.page, CHAT)
    chat.page.unroute(re.compile("/widget\\?"))
    chat.page.route(re.compile("/widget\\?"), lambda route: route.abort())
    chat.page.reload()
    chat.launcher.click()
    expect(chat.panel).to_contain_text("nicht erreichbar")
    axe(chat.page, CHAT)


@pytest.mark.parametrize("path", ["fragen", "fragen?language=ar", "barrierefreiheit", "transparenz"])
def test_no_violation_on_the_pages_beside_the_chat(visit: Visit, axe: Axe, path: str) -> None:
    chat = visit(path=f"/musterstadt/{path}", wait=False, viewport={"width": 320, "height": 700})
    axe(chat.page)
    assert chat.page.evaluate("document.scrollingElement.scrollWidth") == 320
    chat.page.emulate_media(color_scheme="dark")
    axe(chat.page)


def test_twice_the_text_size_cuts_nothing_off(visit: Visit) -> None:
    chat = visit(viewport={"width": 1280, "height": 800})
    sizes = {"fontSizes": {"standard": 32, "fixed": 26}}
    chat.page.context.new_cdp_session(chat.page).send("Page.setFontSizes", sizes)
    chat.page.reload()
    chat.start()
    chat.route_answer(RICH)
    chat.ask("Was kostet er?").locator(".citation").first.click()
    assert chat.log.locator(".words").first.evaluate("(node) => getComputedStyle(node).fontSize") == "32px"
    assert chat.page.evaluate(CUT_OFF) == []
    scroller, field = chat.panel.locator(".scroller").bounding_box(), chat.field.bounding_box()
    assert scroller is not None and scroller["height"] >= 200
    assert field is not None and field["y"] + field["height"] <= 800


@pytest.mark.parametrize("width", [320, 1280])
def test_wider_text_spacing_cuts_nothing_off(visit: Visit, width: int) -> None:
    chat = visit(viewport={"width": width, "height": 800}).start()
    chat.page.evaluate(TEXT_SPACING)
    chat.route_answer(RICH)
    chat.ask("Was kostet er?").locator(".citation").first.click()
    assert chat.page.evaluate(CUT_OFF) == []


def test_an_answer_is_announced_once_and_whole(visit: Visit) -> None:
    chat = visit().start()
    chat.page.evaluate(ANNOUNCED)
    chat.route_answer(RICH)
    answer = chat.ask("Was kostet er?")
    answer.locator(".citation").first.click()
    expect(answer.locator(".passage")).to_be_visible()
    assert chat.page.evaluate("window.announced") == ["message answer"]


def test_focus_goes_through_the_window_in_the_order_in_which_it_is_read(visit: Visit) -> None:
    chat = visit(viewport={"width": 390, "height": 800}).start()
    chat.route_answer(RICH)
    chat.ask("Was kostet er?")
    chat.panel.locator("header button").focus()
    places: list[list[int]] = []
    for _ in range(60):
        place = chat.page.evaluate(
            """() => {
                const root = document.querySelector("amtslotse-chat").shadowRoot;
                const node = root.activeElement;
                const parts = [...root.querySelectorAll(".panel > *")];
                return [parts.findIndex((part) => part.contains(node)), [...root.querySelectorAll("*")].indexOf(node)];
            }"""
        )
        if places and place == places[0]:
            break
        places.append(place)
        chat.page.keyboard.press("Tab")
    assert len(places) >= 12
    assert places == sorted(places)
    assert {part for part, _ in places} >= {0, 1, 2}


def test_language_and_plain_words_are_chosen_by_keyboard(visit: Visit) -> None:
    chat = visit().start()
    chat.route_answer(RICH)
    toggle = chat.panel.get_by_role("button", name="Einfach erklärt")
    expect(toggle).to_have_attribute("aria-pressed", "false")
    toggle.press("Space")
    expect(toggle).to_have_attribute("aria-pressed", "true")
    expect(chat.panel.get_by_role("status")).to_contain_text("Einfacher Sprache")
    with chat.page.expect_request("**/chat") as sent:
        chat.ask("Was kostet er?")
    assert (sent.value.post_data_json or {})["style"] == "einfach"
    select = chat.panel.get_by_label("Sprache")
    assert select.locator("option").all_text_contents() == [
        "Deutsch", "English", "Українська", "العربية", "Türkçe", "Русский", "Français",
    ]  # fmt: skip
    select.focus()
    select.select_option("ru")
    expect(chat.panel).to_have_attribute("lang", "ru")
    expect(chat.panel.get_by_role("button", name="Простыми словами")).to_have_attribute("aria-pressed", "true")
    expect(chat.panel.get_by_label("Язык")).to_be_focused()
