"""The values that the sentences of a decision table's answer may name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.answering.decision_days import end_of, is_free, next_in_rhythm
from app.answering.hours_text import long_date
from app.tenants.rules.cells import Duration, Value
from app.tenants.rules.engine import CENT, calculate
from app.tenants.rules.rule import PARTS_SUFFIX, SUM_PREFIX, DecisionRule, TableRow
from app.tenants.rules.rule_file import DateSum, Formula, Rhythm
from app.tenants.rules.rule_inputs import ChoiceInput, DateInput, Language, NumberInput, RuleInput
from app.tenants.tenant import Tenant
from app.wording.catalog import Catalog

Typed = Mapping[str, Decimal | str]


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that a template may name: as it is shown, and whether a condition on it holds."""

    text: str
    raw: str = ""
    """What `when: name = value` compares with; empty means that it is not so."""
    number: Decimal | None = None
    """For the choice between singular and plural."""


@dataclass(frozen=True, slots=True)
class Answering:
    """Everything that the words of one answer depend on."""

    rule: DecisionRule
    values: Typed
    rows: tuple[TableRow, ...]
    language: Language
    wording: Catalog
    today: date
    tenant: Tenant


def facts_of(answering: Answering) -> dict[str, Fact]:
    """All values by name; those that are unknown or empty are missing."""
    facts = {each.name: fact for each in answering.rule.file.inputs if (fact := _input_fact(each, answering))}
    for name, value in answering.values.items():
        facts.setdefault(name, Fact(str(value), str(value)))
    for each in answering.rule.file.inputs:
        if isinstance(each, DateInput) and each.name in answering.values:
            facts |= _day_facts(each.name, [date.fromisoformat(str(answering.values[each.name]))], answering)
    if answering.rows:
        facts |= row_facts(answering.rows[0], answering)
        for column in answering.rule.file.table.columns.values():
            day = answering.rows[0].result(column.output, answering.language) if column.output else None
            if column.output and isinstance(day, date):
                facts |= _day_facts(column.output, [day], answering)
    facts |= _sums(answering)
    for name, computation in answering.rule.file.compute.items():
        facts |= _computed(name, computation, facts, answering)
    return facts


def row_facts(row: TableRow, answering: Answering) -> dict[str, Fact]:
    """The results of one row."""
    names = {name for name, _ in row.results}
    found = {name: row.result(name, answering.language) for name in names}
    return {name: shown(value, name, answering) for name, value in found.items() if value is not None}


def shown(value: Value | Duration, name: str, answering: Answering) -> Fact:
    """A result of the table in words."""
    kind = next((c.kind for c in answering.rule.file.table.columns.values() if c.output == name), "text")
    match value:
        case Duration():
            key = f"rule.table.{'one' if value.count == 1 else 'more'}_{value.unit}"
            return Fact(answering.wording.text(key, count=value.count), "yes", Decimal(value.count))
        case Decimal():
            text = money(value, answering.language) if kind == "money" else number(value, answering.language)
            return Fact(text, f"{value:f}" if value else "", value)
        case date():
            return Fact(long_date(answering.wording, value), value.isoformat())
        case _:
            return Fact(str(value), str(value))


def money(amount: Decimal, language: Language) -> str:
    """ "1.234,50 Euro", "1,234.50 euros"."""
    text = f"{amount.quantize(CENT):,.2f}"
    return f"{text.translate(str.maketrans(',.', '.,'))} Euro" if language == "de" else f"{text} euros"


def number(value: Decimal, language: Language) -> str:
    """Without needless zeros; thousands apart from 10,000 on."""
    bare = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    text = f"{bare:,f}" if abs(bare) >= 10_000 else f"{bare:f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "de" else text


def _input_fact(each: RuleInput, answering: Answering) -> Fact | None:
    value = answering.values.get(each.name)
    if value is None:
        return None
    match each:
        case NumberInput():
            amount = Decimal(value)
            if each.format == "money":
                return Fact(money(amount, answering.language), f"{amount:f}", amount)
            text = f"{amount:f}" if each.format == "year" else number(amount, answering.language)
            return Fact(text, f"{amount:f}" if amount else "", amount)
        case ChoiceInput():
            option = next(option for option in each.options if option.value == value)
            return Fact(option.label.get(answering.language, option.label["de"]), str(value))
        case _:
            return Fact(str(value), str(value))


def _sums(answering: Answering) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    for column in answering.rule.file.table.columns.values():
        if column.output is None or column.kind not in ("money", "number"):
            continue
        results = [row.result(column.output, answering.language) for row in answering.rows]
        amounts = [value for value in results if isinstance(value, Decimal)]
        total = sum(amounts, Decimal(0))
        facts[f"{SUM_PREFIX}{column.output}"] = shown(total, column.output, answering)
        if column.kind == "money":
            parts = " + ".join(money(amount, answering.language) for amount in amounts)
            facts[f"{SUM_PREFIX}{column.output}{PARTS_SUFFIX}"] = Fact(parts, parts if len(amounts) > 1 else "")
    return facts


def _computed(
    name: str, computation: Formula | DateSum | Rhythm, facts: Mapping[str, Fact], answering: Answering
) -> dict[str, Fact]:
    row = answering.rows[0] if answering.rows else None
    match computation:
        case Formula():
            numbers = {key: fact.number for key, fact in facts.items() if fact.number is not None}
            try:
                amount = calculate(computation.formula, numbers)
            except ValueError:
                return {}  # a value that it needs is not known
            text = (money if computation.kind == "money" else number)(amount, answering.language)
            return {name: Fact(text, f"{amount:f}" if amount else "", amount)}
        case DateSum():
            period = row.result(computation.add or computation.subtract or "", "de") if row else None
            start = answering.values.get(computation.start)
            if not isinstance(period, Duration) or start is None:
                return {}
            last = end_of(date.fromisoformat(str(start)), period, 1 if computation.add else -1)
            return _day_facts(name, [last], answering)
        case Rhythm():
            first = row.result(computation.first, "de") if row else None
            weeks = row.result(computation.weeks, "de") if row else None
            if not isinstance(first, date) or not isinstance(weeks, Decimal):
                return {}
            days = next_in_rhythm(first, int(weeks), answering.today, answering.tenant.state, computation.days)
            shifted = {f"{name}_shifted": Fact("", "yes")} if any(moved for _, moved in days) else {}
            return _day_facts(name, [day for day, _ in days], answering) | shifted


def _day_facts(name: str, days: Sequence[date], answering: Answering) -> dict[str, Fact]:
    texts = [long_date(answering.wording, day) for day in days]
    facts = {name: Fact(texts[0], days[0].isoformat()), f"{name}_list": Fact("; ".join(texts), "yes")}
    if days[0] < answering.today:
        facts[f"{name}_past"] = Fact("", "yes")
    if is_free(days[0], answering.tenant.state):
        facts[f"{name}_on_free_day"] = Fact("", "yes")
    return facts
