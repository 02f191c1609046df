import re
from html.parser import HTMLParser

from evaluation.reliability import Judged, operating_point, reliability
from evaluation.reliability_html import reliability_html

_VOID = {"meta"}
_JUDGED = [Judged(0.05, False), Judged(0.93, True), Judged(0.97, True), Judged(0.55, False)]


class _Outline(HTMLParser):
    """The tags in order with their attributes; every one is closed by its own."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(page)
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def having(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def _page() -> str:
    points = {name: operating_point(_JUDGED, 0.5) for name in ("cautious", "helpful")}
    return reliability_html(reliability(_JUDGED, points), "<20260101>")


def test_the_page_is_well_formed_and_loads_nothing() -> None:
    page = _page()
    _Outline(page)
    assert not re.search(r"<script|<link|<img|@import|url\(|\ssrc=|\shref=", page)
    assert "&lt;20260101&gt;" in page


def test_the_diagram_has_a_dot_a_filled_bin_within_its_square() -> None:
    dots = _Outline(_page()).having("circle")
    assert len(dots) == 3
    assert all(60 <= float(dot["cx"] or 0) <= 420 and 20 <= float(dot["cy"] or 0) <= 380 for dot in dots)


def test_every_figure_of_the_diagram_stands_in_a_table() -> None:
    page = _page()
    outline = _Outline(page)
    assert len(outline.having("table")) == len(outline.having("caption")) == 2
    assert outline.having("svg")[0]["role"] == "img"
    assert page.count('<tr><th scope="row">') == 10 + 2
    assert "<td>2</td><td>95.0%</td><td>100.0%</td>" in page
