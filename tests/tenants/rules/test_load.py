"""Reading a town's rules: right ones are compiled, wrong ones named with file, line and fix."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.errors import ConfigurationError
from app.settings import PROJECT_ROOT
from app.tenants.rules.load import load_rules, read_rules
from tests.tenants.rules.samples import TABLE, loaded, rule_data, write_rule

MUSTERSTADT = PROJECT_ROOT / "knowledge" / "musterstadt"


def test_musterstadt_has_at_least_twelve_rules_without_faults() -> None:
    found = read_rules(MUSTERSTADT)
    assert found.problems == ()
    assert len(found.rules) >= 12
    assert [rule.file.id for rule in found.rules] == sorted(rule.file.id for rule in found.rules)


def test_a_town_without_rules_has_none(tmp_path: Path) -> None:
    assert load_rules(tmp_path) == ()


def test_a_rule_carries_its_rows_and_results(tmp_path: Path) -> None:
    (rule,) = loaded(tmp_path).rules
    assert rule.reference == "rad@3"
    assert [row.result("price", "de") for row in rule.rows] == [Decimal("5.00"), Decimal("4.50"), Decimal("12.00")]
    assert rule.table.hits({"count": Decimal(3), "form": "normal"}) == (1,)
    assert rule.asks_for({"form": "normal"}) == "count"
    assert rule.asks_for({"form": "normal", "count": Decimal(1)}) is None


def test_a_table_may_stand_in_the_rule_itself(tmp_path: Path) -> None:
    table = rule_data()["table"] | {
        "rows": [{"Räder": "", "Art": "", "Preis": "3,00", "Name": "ein Rad"}],
    }
    del table["file"]
    (rule,) = loaded(tmp_path, None, table=table).rules
    assert rule.rows[0].result("price", "de") == Decimal("3.00")


@pytest.mark.parametrize(
    ("table", "place", "part"),
    [
        (TABLE.replace("4,50", "vier"), "rules/rad.csv:3", "'vier' is no number"),
        (TABLE.replace("2 oder mehr", "viele"), "rules/rad.csv:3", "'viele' is no number"),
        (TABLE.replace("Preis", "Kosten"), "rules/rad.yaml", "lacks the column 'Kosten'"),
        (TABLE.replace("lang", "kurz"), "rules/rad.yaml", "line 4, 'Art': 'kurz' is no option of form"),
        (None, "rules/rad.csv", "put the table beside the rule"),
    ],
)
def test_faults_of_a_table_name_the_line(tmp_path: Path, table: str | None, place: str, part: str) -> None:
    (problem,) = loaded(tmp_path, table).problems
    assert str(problem).startswith(f"{place}:")
    assert part in str(problem)


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"id": "fahrrad"}, "write 'rad'"),
        ({"version": 0}, "version"),
        ({"title": {"en": "Fee"}}, "German"),
        ({"surprise": 1}, "surprise"),
        ({"starts_with": ["size"]}, "there is no input 'size'"),
        ({"compute": {"total": {"kind": "money", "formula": "count * "}}}, "the engine does not understand it"),
        ({"compute": {"total": {"kind": "money", "formula": "count * fee"}}}, "'fee' is no number here"),
        ({"compute": {"last": {"kind": "date", "start": "count", "add": "price"}}}, "no input of kind date"),
        ({"answer": {"de": ["{wheels}"]}}, "there is no value 'wheels'"),
        ({"answer": {"de": ["{count"]}}, "a brace is open"),
        ({"answer": {"de": ["Das kostet immer 7,00 Euro."]}}, "stands in no quote of the source"),
        ({"answer": {"de": [{"text": "{total}", "when": "not sum"}]}}, "there is no value 'sum'"),
        ({"summary": {"de": ["Es kommt darauf an."]}}, "set each: true"),
        ({"examples": []}, "examples"),
        ({"examples": [{"question": "Was kostet es?"}]}, "say what is expected"),
        ({"examples": [{"question": "Was kostet es?", "asks": "size"}]}, "there is no input 'size'"),
        ({"valid_from": "2026-02-01", "valid_until": "2026-01-01"}, "before valid_from"),
    ],
)
def test_faults_of_a_rule_say_what_to_do(tmp_path: Path, changes: dict[str, Any], part: str) -> None:
    found = loaded(tmp_path, **changes)
    assert found.rules == ()
    assert any(part in str(problem) for problem in found.problems), found.problems
    assert all(problem.line > 0 and problem.fix for problem in found.problems)


def test_no_yaml_at_all_is_named_with_its_line(tmp_path: Path) -> None:
    write_rule(tmp_path)
    (tmp_path / "rules" / "kaputt.yaml").write_text("id: kaputt\n  version: [1\n", "utf-8")
    found = read_rules(tmp_path)
    assert [rule.file.id for rule in found.rules] == ["rad"]
    assert str(found.problems[0]).startswith("rules/kaputt.yaml:2: not YAML")


def test_no_and_on_are_words(tmp_path: Path) -> None:
    write_rule(tmp_path)
    path = tmp_path / "rules" / "rad.yaml"
    path.write_text(path.read_text("utf-8") + "unless: [no, on, yes]\n", "utf-8")
    assert load_rules(tmp_path)[0].file.unless == ("no", "on", "yes")


def test_wrong_rules_cannot_be_loaded(tmp_path: Path) -> None:
    write_rule(tmp_path, version=0)
    with pytest.raises(ConfigurationError, match=r"rules/rad\.yaml:2: version"):
        load_rules(tmp_path)
