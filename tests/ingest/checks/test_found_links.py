"""Finding the links of a text."""

from ingest.checks.found_links import links_of
from tests.ingest.checks.given import text


def test_markdown_links_bare_addresses_and_references_are_links() -> None:
    body = (
        "Siehe [den **Antrag**](antrag.md), <https://a.example/x> und https://b.example/y.\n\n"
        "Oder (https://c.example/z), [wie hier][1].\n\n[1]: https://d.example/"
    )
    assert [(link.target, link.words) for link in links_of(text(body))] == [
        ("antrag.md", "den Antrag"),
        ("https://a.example/x", "https://a.example/x"),
        ("https://d.example/", "wie hier"),
        ("https://b.example/y", "https://b.example/y"),
        ("https://c.example/z", "https://c.example/z"),
    ]


def test_a_target_counts_once_a_module() -> None:
    assert len(list(links_of(text("[a](x.md) und [b](x.md)")))) == 1


def test_brackets_are_no_links() -> None:
    assert list(links_of(text("Gebühr [siehe unten] (37 Euro)"))) == []
