"""A small rule as an editor writes it, with some fields changed."""

from pathlib import Path
from typing import Any

import yaml

from app.tenants.rules.load import LoadedRules, read_rules

TABLE = "Räder;Art;Preis;Name\n1;normal;5,00;ein Rad\n2 oder mehr;normal;4,50;je Rad\n;lang;12,00;Lastenrad\n"


def rule_data(**changes: Any) -> dict[str, Any]:
    """The fee for parking bicycles, by number and kind."""
    return {
        "id": "rad",
        "version": 3,
        "title": {"de": "Gebühr für Räder", "en": "Fee for bikes"},
        "owner": "Radstation",
        "office": "buergeramt",
        "source": {"document": "radstation", "paragraph": "§ 3 Radordnung", "quotes": ["ein Rad: 5,00 Euro"]},
        "reviewed_on": "2026-01-05",
        "inputs": [
            {
                "name": "count",
                "kind": "number",
                "label": {"de": "Zahl der Räder", "en": "Number of bikes"},
                "ask": {"de": "Für wie viele Räder?", "en": "For how many bikes?"},
                "phrases": ["{n} _ raeder", "{n} rad", "{n} bike*"],
                "minimum": 1,
                "maximum": 50,
                "suggestions": {"de": ["1 Rad", "2 Räder"]},
            },
            {
                "name": "form",
                "kind": "choice",
                "label": {"de": "Art"},
                "ask": {"de": "Welches Rad?"},
                "default": "normal",
                "options": [
                    {"value": "normal", "label": {"de": "Fahrrad"}},
                    {"value": "lang", "label": {"de": "Lastenrad"}, "words": ["lastenrad*"]},
                ],
            },
        ],
        "triggers": [{"groups": [["radstation*", "bike station"]], "asks": "costs"}],
        "table": {
            "file": "rad.csv",
            "columns": {
                "Räder": {"input": "count"},
                "Art": {"input": "form"},
                "Preis": {"output": "price", "kind": "money"},
                "Name": {"output": "label"},
            },
        },
        "compute": {"total": {"kind": "money", "formula": "count * price"}},
        "answer": {"de": ["{count:Rad|Räder}: {total}."], "en": ["{count:bike|bikes}: {total}."]},
        "examples": [{"question": "Was kostet die Radstation für 2 Räder?", "says": ["9,00 Euro"]}],
        **changes,
    }


def write_rule(folder: Path, csv: str | bytes | None = TABLE, **changes: Any) -> Path:
    """Writes the rule below a town's folder; gives back the folder."""
    rules = folder / "rules"
    rules.mkdir(parents=True, exist_ok=True)
    (rules / "rad.yaml").write_text(yaml.safe_dump(rule_data(**changes), allow_unicode=True, sort_keys=False), "utf-8")
    if csv is not None:
        (rules / "rad.csv").write_bytes(csv.encode() if isinstance(csv, str) else csv)
    return folder


def loaded(folder: Path, csv: str | bytes | None = TABLE, **changes: Any) -> LoadedRules:
    """The rule, written and read again."""
    return read_rules(write_rule(folder, csv, **changes))
