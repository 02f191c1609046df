"""The chat on a town's own page: another origin, a strict policy, hostile styles, every option."""

import pytest
from playwright.sync_api import expect

from app.web.bundle import widget_bundle
from app.web.embedding import EmbedOptions, embed_snippets
from tests.e2e.chat import Chat, answer_events, statement
from tests.e2e.conftest import Visit

pytestmark = pytest.mark.browser

ANSWER = answer_events(statement("Er kostet 37,00 Euro.", origin="quote"))
PLAIN_STYLES = "default-src 'none'; script-src {origin}; connect-src {origin}; style-src 'unsafe-inline'"
HOSTILE = """
* { all: unset !important; display: none !important; font: 3px/0.5 serif !important; color: red !important;
    opacity: 0 !important; transform: scale(0) !important; text-transform: uppercase !important; }
html, body, body > h1, body > h1 * { display: block !important; opacity: 1 !important; transform: none !important; }
button, textarea, .panel, .launcher, #panel { background: red !important; width: 1px !important; }
"""


def _page(attributes: str = "", body: str = "", style: str = "") -> str:
    """A page of the town with the plain snippet."""
    script = f'<script src="{{origin}}/widget.js" data-tenant="musterstadt" {attributes} defer></script>'
    styles = f"<style>{style}</style>" if style else ""
    return (
        f'<!doctype html><html lang="de"><title>Stadt</title>{styles}<body><h1>Stadt</h1>{body}{script}</body></html>'
    )


def _styles(chat: Chat, selector: str, *names: str) -> list[str]:
    found: list[str] = chat.panel.page.locator(f"amtslotse-chat {selector}").evaluate(
        "(node, names) => names.map((name) => getComputedStyle(node)[name])", list(names)
    )
    return found


def test_a_pinned_version_works_under_a_strict_policy_of_another_origin(visit: Visit, live_server: str) -> None:
    pinned = embed_snippets("musterstadt", live_server, EmbedOptions(), widget_bundle()).pinned
    chat = visit(html=f'<!doctype html><html lang="de"><title>Stadt</title><h1>Stadt</h1>{pinned}</html>').start()
    answer = chat.ask("Was kostet ein neuer Personalausweis?")
    expect(answer).to_contain_text("37,00")
    assert chat.policy_violations() == []
    assert chat.page.context.cookies() == []
    assert not [url for url in chat.foreign_requests() if not url.startswith("https://www.musterstadt.example/")]


def test_a_version_that_is_not_the_pinned_one_is_not_run_and_the_page_stays_whole(visit: Visit) -> None:
    html = _page(
        'integrity="sha384-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" crossorigin="anonymous"'
    )
    chat = visit(html=html, wait=False)
    chat.page.wait_for_load_state("networkidle")
    assert chat.page.evaluate("customElements.get('amtslotse-chat') === undefined")
    expect(chat.page.get_by_role("heading", name="Stadt")).to_be_visible()


def test_hostile_styles_of_the_page_do_not_reach_the_chat(visit: Visit) -> None:
    chat = visit(html=_page(style=HOSTILE), policy=PLAIN_STYLES).start()
    chat.route_answer(ANSWER)
    answer = chat.ask("Was kostet er?")
    expect(answer).to_be_visible()
    box = chat.panel.bounding_box()
    assert box is not None and box["width"] > 400
    assert _styles(chat, ".answer .words", "fontSize", "color", "textTransform") == ["16px", "rgb(23, 33, 47)", "none"]
    assert _styles(chat, ".send:not([hidden])", "width", "backgroundColor") == ["46px", "rgb(27, 79, 156)"]


def test_the_chat_leaves_the_page_as_it_was(visit: Visit) -> None:
    page = '<p id="p">Text</p><button>Knopf</button>'
    look = """() => [...document.querySelectorAll('h1, #p, button')].map((node) => {
        const style = getComputedStyle(node); const box = node.getBoundingClientRect();
        return [style.font, style.color, style.margin, box.x, box.y, box.width, box.height].join();
    })"""
    without = visit(
        html=f'<!doctype html><html lang="de"><title>Stadt</title><body><h1>Stadt</h1>{page}</body></html>', wait=False
    )
    with_chat = visit(html=_page(body=page)).start()
    assert with_chat.page.evaluate(look) == without.page.evaluate(look)
    globals_added = "Object.keys(window).filter((name) => !['policyViolations'].includes(name)).length"
    assert with_chat.page.evaluate(globals_added) == without.page.evaluate(globals_added)


def test_the_script_tag_places_the_chat_where_it_stands(visit: Visit) -> None:
    chat = visit(html=_page('data-mode="inline"', body="<main><p>Davor</p></main>"), wait=False)
    expect(chat.panel).to_be_visible()
    expect(chat.panel).to_have_css("position", "static")
    expect(chat.launcher).to_have_count(0)


def test_attributes_of_the_element_go_before_those_of_the_script(visit: Visit) -> None:
    body = '<amtslotse-chat mode="inline" language="en"></amtslotse-chat>'
    chat = visit(html=_page('data-mode="bubble" data-language="tr" data-theme="dark"', body=body), wait=False)
    expect(chat.panel).to_have_attribute("lang", "en")
    expect(chat.panel).to_have_class("panel inline")
    expect(chat.panel).to_have_css("background-color", "rgb(17, 22, 30)")


def test_without_the_service_what_the_page_put_into_the_element_stays(visit: Visit) -> None:
    body = '<amtslotse-chat mode="inline"><a href="tel:115">115 anrufen</a></amtslotse-chat>'
    chat = visit(html=_page(body=body), policy="default-src 'none'", wait=False)
    expect(chat.page.get_by_role("link", name="115 anrufen")).to_be_visible()


@pytest.mark.parametrize(
    ("attributes", "left", "bottom"), [("", False, 20), ('data-position="left" data-offset="30 90"', True, 90)]
)
def test_the_button_stands_where_the_page_wants_it(visit: Visit, attributes: str, left: bool, bottom: int) -> None:
    chat = visit(html=_page(attributes))
    box = chat.launcher.bounding_box()
    assert box is not None
    assert (box["x"] == 30) if left else (box["x"] + box["width"] == 1260)
    assert 800 - box["y"] - box["height"] == bottom
    chat.launcher.click()
    window = chat.panel.bounding_box()
    assert window is not None
    assert (window["x"] == 30) if left else (window["x"] + window["width"] == 1260)


def test_a_page_from_right_to_left_has_the_button_on_its_other_side(visit: Visit) -> None:
    chat = visit(html=_page().replace("<html", '<html dir="rtl"'))
    box = chat.launcher.bounding_box()
    assert box is not None and box["x"] == 20


@pytest.mark.parametrize("colour", ["#ffd400", "#8a1538"])
def test_a_light_and_a_dark_colour_of_the_town_can_be_read_by_day_and_by_night(visit: Visit, colour: str) -> None:
    chat = visit(html=_page(f'data-accent="{colour}"'))
    chat.launcher.click()
    for scheme in ("light", "dark"):
        chat.page.emulate_media(color_scheme=scheme)
        (surface,) = _styles(chat, ".intro", "backgroundColor")
        (link,) = _styles(chat, ".intro a >> nth=0", "color")
        assert _contrast(*_styles(chat, ".intro .primary-button", "backgroundColor", "color")) >= 4.5
        assert _contrast(link, surface) >= 4.5
        assert _contrast(*_styles(chat, "header", "backgroundColor", "color")) >= 4.5


def test_what_is_no_colour_changes_nothing(visit: Visit) -> None:
    chat = visit(html=_page('data-accent="red;} * {display:none" data-offset="x"'))
    expect(chat.launcher).to_have_css("background-color", "rgb(27, 79, 156)")


def test_options_changed_later_are_followed(visit: Visit) -> None:
    chat = visit(html=_page()).start()
    chat.route_answer(ANSWER)
    chat.ask("Was kostet er?")
    chat.page.evaluate("document.querySelector('amtslotse-chat').setAttribute('accent', '#8a1538')")
    expect(chat.panel.locator("header")).to_have_css("background-color", "rgb(138, 21, 56)")
    chat.page.evaluate("document.querySelector('amtslotse-chat').setAttribute('mode', 'inline')")
    expect(chat.panel).to_have_class("panel inline")
    expect(chat.log.locator(".answer")).to_have_count(1)


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it, 0 to 1, of `rgb(…)`."""
    channels = [int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(", ")]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
