import re
from html.parser import HTMLParser

from evaluation.gold_answer import GoldStatement
from evaluation.judge import Outcome
from evaluation.report_html import gold_html
from tests.evaluation.gold_samples import REFUSED, RIGHT, UNANSWERABLE, report

_VOID = {"meta", "input", "br"}


class _Outline(HTMLParser):
    """Tags in order with their attributes, and whether every tag is closed by its own."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(page)
        self.balanced = not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)


def test_the_page_is_well_formed_and_every_table_has_a_caption() -> None:
    outline = _Outline(gold_html(report(RIGHT, REFUSED, UNANSWERABLE), report(REFUSED, hour=7)))
    assert outline.balanced
    assert outline.count("table") == outline.count("caption") == 5
    assert outline.count("h1") == 1
    assert ("html", {"lang": "en"}) in outline.tags


def test_the_page_loads_nothing() -> None:
    page = gold_html(report(RIGHT), None)
    assert not re.search(r"<script|<link|<img|@import|url\(|\ssrc=", page)


def test_answers_are_escaped() -> None:
    hostile = RIGHT.model_copy(update={"question": "<script>alert(1)</script>", "why": '"><img src=x>'})
    page = gold_html(report(hostile), None)
    assert "<script" not in page and "<img" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_each_statement_has_its_own_language() -> None:
    statements = (
        GoldStatement(text="The text says:", origin="frame", citations=(), language="en"),
        GoldStatement(text="37 Euro", origin="quote", citations=(1,), language="de"),
    )
    page = gold_html(report(RIGHT.model_copy(update={"language": "en", "statements": statements})), None)
    assert '<span lang="en" dir="auto">The text says:</span>' in page
    assert '<span lang="de" dir="auto">37 Euro</span>' in page


def test_every_answer_stands_beside_the_previous_one() -> None:
    before = RIGHT.model_copy(
        update={
            "outcome": Outcome.WRONG,
            "statements": (GoldStatement(text="Früher 28 Euro.", origin="quote", citations=(1,), language="de"),),
        }
    )
    page = gold_html(report(RIGHT, UNANSWERABLE), report(before, REFUSED, hour=7))
    assert page.index("Er kostet 37 Euro.") < page.index("Früher 28 Euro.")
    assert "Better: 1" in page and "Worse: 0" in page
    assert "Not asked before." in page
    assert f"No longer asked: {REFUSED.id}" in page
    assert "Früher 28 Euro." not in gold_html(report(RIGHT, UNANSWERABLE), None)
