"""The widget's reader of events, in the real browser: however the bytes arrive, and whatever they are."""

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, Route

from app.web import STATIC_DIR

pytestmark = pytest.mark.browser

ORIGIN = "http://widget.test/"
READ = """async (chunks) => {
    const { readEvents } = await import("/sse.js");
    const body = new ReadableStream({ start(controller) {
        for (const chunk of chunks) controller.enqueue(new Uint8Array(chunk));
        controller.close();
    }});
    const events = [];
    let error = null;
    try {
        for await (const event of readEvents(body)) events.push([event.type, JSON.stringify(event.data)]);
    } catch (caught) {
        error = caught.name;
    }
    return { events, error, polluted: Object.keys(Object.prototype).length };
}"""
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**31), 2**31) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "__proto__", "then"]), inner),
    max_leaves=6,
)
NAMES = st.sampled_from(["done", "statement", "__proto__", "constructor", " x", "data", "é"])
HOSTILE = st.sampled_from(
    [b"data:", b"data: {}", b"event:", b"\n", b"\n\n", b"\r\n", b"\r", b":", b"\0", b"\xff", b"\xef\xbb\xbf", b"id: 1",
     b'{"__proto__": {"x": 1}}', b"null", b"[", b'"\\ud800"', b"<script>", "\u2028".encode(), b"\xf0\x9f", b"1e999"]
)  # fmt: skip
_some = settings(max_examples=60, derandomize=True, deadline=None)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page that has nothing but the reader."""

    def serve(route: Route) -> None:
        script = route.request.url.endswith(".js")
        body = (STATIC_DIR / "widget" / "sse.js").read_text("utf-8") if script else "<title>Test</title>"
        route.fulfill(body=body, content_type="text/javascript" if script else "text/html")

    page = browser.new_page()
    page.route(f"{ORIGIN}**", serve)
    page.goto(ORIGIN)
    yield page
    page.close()


def _cut(stream: bytes, cuts: list[int]) -> list[list[int]]:
    edges = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    return [list(stream[start:end]) for start, end in pairwise(edges)]


def _read(page: Page, stream: bytes, cuts: list[int]) -> dict[str, Any]:
    result: dict[str, Any] = page.evaluate(READ, _cut(stream, cuts))
    assert result["polluted"] == 0
    return result


@_some
@given(
    events=st.lists(st.tuples(NAMES, JSON), max_size=5),
    newline=st.sampled_from(["\n", "\r\n"]),
    cuts=st.lists(st.integers(0, 300), max_size=6),
)
def test_what_the_service_sends_arrives_however_it_is_cut(
    page: Page, events: list[tuple[str, Any]], newline: str, cuts: list[int]
) -> None:
    lines = [f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n" for name, data in events]
    result = _read(page, "".join(lines).replace("\n", newline).encode(), cuts)
    assert result["error"] is None
    assert [(name, json.loads(data)) for name, data in result["events"]] == events


@_some
@given(
    stream=st.lists(HOSTILE | st.binary(max_size=12), max_size=25).map(b"".join),
    cuts=st.lists(st.integers(0, 200), max_size=6),
)
def test_whatever_arrives_is_events_or_one_kind_of_error_however_it_is_cut(
    page: Page, stream: bytes, cuts: list[int]
) -> None:
    whole, pieces = _read(page, stream, []), _read(page, stream, cuts)
    assert whole["error"] in (None, "SyntaxError")  # which the widget shows as a broken connection
    assert pieces == whole
