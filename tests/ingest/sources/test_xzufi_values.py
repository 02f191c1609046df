"""Structured costs and times say what their text leaves out, and nothing that is not clear."""

import pytest
from lxml import etree

from ingest.sources.xzufi_values import cost_lines, duration_lines


def kosten(*entries: str) -> etree._Element:
    return etree.fromstring(f"<modulKosten>{''.join(f'<kosten>{each}</kosten>' for each in entries)}</modulKosten>")


def frist(content: str) -> etree._Element:
    return etree.fromstring(f"<modulFrist><frist>{content}</frist></modulFrist>")


@pytest.mark.parametrize(
    ("entry", "lines"),
    [
        ("<kostenFix><betrag>37</betrag></kostenFix>", ["37,00 Euro"]),
        ("<betrag>1102.50</betrag><waehrung><code>EUR</code></waehrung>", ["1.102,50 Euro"]),
        ("<betrag>20</betrag><waehrung><code>CHF</code></waehrung>", ["20,00 CHF"]),
        ("<betragUntergrenze>10</betragUntergrenze><betragObergrenze>50</betragObergrenze>", ["10,00 bis 50,00 Euro"]),
        ("<betragUntergrenze>10</betragUntergrenze>", ["ab 10,00 Euro"]),
        ('<beschreibung languageCode="de">Reisepass:</beschreibung><betrag>70</betrag>', ["Reisepass: 70,00 Euro"]),
        ('<beschreibung languageCode="de">Pass für 70 Euro</beschreibung><betrag>70</betrag>', ["Pass für 70 Euro"]),
        ("<betrag>viel</betrag>", []),
        ("<betrag>-1</betrag>", []),
        ("<betrag>NaN</betrag>", []),
        ("<typ><code>1</code></typ>", []),
    ],
)
def test_costs(entry: str, lines: list[str]) -> None:
    assert cost_lines(kosten(entry), "de", "") == lines


def test_each_cost_has_its_line_unless_the_text_says_it() -> None:
    module = kosten("<betrag>37</betrag>", "<betrag>22.80</betrag>")
    assert cost_lines(module, "de", "Ab 24 Jahren 37,00 Euro.") == ["22,80 Euro"]
    assert cost_lines(module, "de", "37 Euro, unter 24 Jahren 22,80 Euro") == []


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("<dauer>2</dauer><einheit><code>WEE</code></einheit>", ["2 Wochen"]),
        ("<dauer>1</dauer><einheit><code>9</code><name>Monat(e)</name></einheit>", ["1 Monat"]),
        ("<dauer>2</dauer><einheit><code>DAY</code></einheit><dauerBis>3</dauerBis>", ["2 bis 3 Tage"]),
        ("<dauer>2</dauer><einheit><code>WEE</code></einheit><dauerBis>1</dauerBis><einheitBis><code>MON</code>"
         "</einheitBis>", ["2 Wochen bis 1 Monat"]),
        ("<dauer>2</dauer><einheit><code>17</code></einheit>", []),
        ("<dauer>2</dauer>", []),
        ("<von>2026-01-01</von><bis>2026-03-31</bis>", ["01.01.2026 bis 31.03.2026"]),
        ("<bis>2026-03-31</bis>", ["bis 31.03.2026"]),
    ],
)  # fmt: skip
def test_durations(content: str, lines: list[str]) -> None:
    assert duration_lines(frist(content), "de", "") == lines


def test_a_duration_that_the_text_says_is_not_repeated() -> None:
    module = frist("<dauer>2</dauer><einheit><code>WEE</code></einheit>")
    assert duration_lines(module, "de", "Innerhalb von 2 Wochen.") == []
