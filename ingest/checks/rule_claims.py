"""The rows of a decision table as sentences, so that they can be compared with what the texts say."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from app.answering.decision_facts import money
from app.tenants.rules.rule import DecisionRule

_LABEL = "label"


def rule_sentences(rule: DecisionRule, language: str) -> Iterator[tuple[str, str, int]]:
    """ "Personalausweis ab 24 Jahren: 37,00 Euro", with file and line, for each row with a label and one amount."""
    amounts = [c.output for c in rule.file.table.columns.values() if c.kind == "money" and c.output]
    spoken: Literal["de", "en"] = "en" if language == "en" else "de"
    if len(amounts) != 1:
        return
    for row in rule.rows:
        label, amount = row.result(_LABEL, spoken), row.result(amounts[0], spoken)
        if isinstance(label, str) and isinstance(amount, Decimal):
            yield f"{label}: {money(amount, spoken)}", rule.path, row.line
