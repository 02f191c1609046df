"""Tables that do not come out as tables."""

import pytest

from ingest.checks.tables import check_tables
from tests.ingest.checks.given import codes, found, text

_HEAD = "| Hunde | Steuer |\n| --- | --- |\n"


@pytest.mark.parametrize(
    ("body", "row"),
    [
        ("| Hunde | Steuer |\n|---|\n| 1 | 96 Euro |", "| Hunde | Steuer |"),
        ("| Hunde | Steuer |\n| 1 | 96 Euro |", "| Hunde | Steuer |"),
        (f"{_HEAD}| 1 | 96 Euro |\n\n| 2 | 120 Euro |", "| 2 | 120 Euro |"),
        (f"{_HEAD}| 1 | 96 Euro | im Jahr |", "| 1 | 96 Euro | im Jahr |"),
    ],
)
def test_a_table_that_is_none_or_loses_a_cell_is_reported(body: str, row: str) -> None:
    (finding,) = found(check_tables, text(body))
    assert (finding.code, finding.quote) == ("broken-table", row)


@pytest.mark.parametrize(
    "body",
    [
        f"Die Steuer:\n\n{_HEAD}| 1 | 96 Euro |\n| 2 |\n",
        f"{_HEAD}| 1 \\| 2 | 96 Euro |",
        "Mo | Di | Mi geöffnet",
        "Wählen Sie Taste 1 | Taste 2.",
    ],
)
def test_tables_that_are_right_and_bars_in_sentences_are_not(body: str) -> None:
    assert codes(check_tables, text(body)) == []
