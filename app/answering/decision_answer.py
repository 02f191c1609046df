"""The sentences of a decision table's answer, and the source text that shows how it came about."""

import re
from collections.abc import Iterator, Mapping, Sequence
from string import Formatter

from app.answering.decision_facts import Answering, Fact, row_facts, shown
from app.answering.hours_text import long_date
from app.tenants.rules.rule import PARTS_SUFFIX, TableRow
from app.tenants.rules.rule_file import DateSum, Formula, Rhythm, RuleFile, Sentence
from app.tenants.rules.rule_inputs import NumberInput


def say(sentences: Sequence[Sentence], facts: Mapping[str, Fact], answering: Answering) -> tuple[str, ...]:
    """The sentences whose condition holds and whose values are all known."""
    return tuple(text for sentence in sentences for text in _said(sentence, facts, answering) if text)


def source_text(answering: Answering, facts: Mapping[str, Fact], sentences: Sequence[Sentence] = ()) -> str:
    """Source, inputs, rows and calculation, one a line: every figure that the sentences say stands in it."""
    file, wording = answering.rule.file, answering.wording
    lines = [file.title.get(answering.language, file.title["de"])]
    lines.append(wording.text("rule.table.basis", text=file.source.paragraph))
    lines += [f"„{quote}“" for quote in file.source.quotes]
    for each in file.inputs:
        if each.name in facts:
            label = each.label.get(answering.language, each.label["de"])
            unit = each.unit if isinstance(each, NumberInput) and each.unit else None
            counted = f" {unit.get(answering.language, unit['de'])}" if unit else ""
            lines.append(f"{label}: {facts[each.name].text}{counted}")
    lines += [_row_line(row, answering) for row in answering.rows]
    lines += [
        f"{fact.text} = {facts[name.removesuffix(PARTS_SUFFIX)].text}"
        for name, fact in facts.items()
        if name.endswith(PARTS_SUFFIX) and fact.raw and _is_used(name.removesuffix(PARTS_SUFFIX), file, sentences)
    ]
    for name, computation in file.compute.items():
        if name not in facts:
            continue
        match computation:
            case Formula():
                lines.append(f"{_formula_line(computation.formula, facts)} = {facts[name].text}")
            case DateSum() | Rhythm():
                lines.append(wording.text("rule.table.day", text=facts.get(f"{name}_list", facts[name]).text))
    reviewed = long_date(wording, file.reviewed_on)
    lines.append(wording.text("rule.table.state", owner=file.owner, version=file.version, date=reviewed))
    return "\n".join(lines)


def _is_used(total: str, file: RuleFile, sentences: Sequence[Sentence]) -> bool:
    """Whether a sum is said or reckoned with. That of rows which exclude each other would only mislead."""
    formulas = [each.formula for each in file.compute.values() if isinstance(each, Formula)]
    return any(total in text for text in (*formulas, *(sentence.text for sentence in sentences)))


def _said(sentence: Sentence, facts: Mapping[str, Fact], answering: Answering) -> Iterator[str]:
    if not sentence.each:
        if _holds(sentence.when, facts):
            yield _filled(sentence.text, facts)
        return
    for row in answering.rows:
        own = {**facts, **row_facts(row, answering)}
        if _holds(sentence.when, own):
            yield _filled(sentence.text, own)


def _holds(when: str | None, facts: Mapping[str, Fact]) -> bool:
    if not when:
        return True
    positive = not when.startswith("not ")
    name, equals, value = (part.strip() for part in when.removeprefix("not ").partition("="))
    raw = facts[name].raw if name in facts else ""
    return positive is (raw == value if equals else bool(raw))


def _filled(template: str, facts: Mapping[str, Fact]) -> str:
    """The template with its values; empty when one is unknown. `{count:Hund|Hunde}` adds the noun in its number."""
    parts: list[str] = []
    for literal, name, spec, _ in Formatter().parse(template):
        parts.append(literal)
        if name is None:
            continue
        fact = facts.get(name)
        if fact is None or not fact.text:
            return ""
        singular, bar, plural = (spec or "").partition("|")
        parts.append(f"{fact.text} {singular if fact.number == 1 else plural}" if bar else fact.text)
    return "".join(parts)


def _row_line(row: TableRow, answering: Answering) -> str:
    """A row as the table has it; amounts and lengths of time with their unit."""
    cells: list[str] = []
    for heading, column in answering.rule.file.table.columns.items():
        if column.language not in (None, answering.language) or not row.cells[heading]:
            continue
        value = row.result(column.output, answering.language) if column.output else None
        text = (
            shown(value, column.output, answering).text if column.output and value is not None else row.cells[heading]
        )
        cells.append(f"{heading}: {text}")
    return answering.wording.text("rule.table.row", cells="; ".join(cells))


def _formula_line(formula: str, facts: Mapping[str, Fact]) -> str:
    def value(name: re.Match[str]) -> str:
        return facts[name.group()].text if name.group() in facts else name.group()

    filled = re.sub(r"[A-Za-z_]\w*", value, formula)
    return filled.replace("*", "×")
