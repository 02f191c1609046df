"""What a rule file must agree on within itself, beyond its shape."""

from collections.abc import Iterator, Sequence
from string import Formatter

from app.tenants.rules.engine import check_formula, names_in
from app.tenants.rules.problems import RuleProblem
from app.tenants.rules.rule import MOST_SUMMARY_ROWS, PARTS_SUFFIX, SUM_PREFIX, DecisionRule
from app.tenants.rules.rule_file import DateSum, Formula, Sentences
from app.tenants.rules.rule_inputs import ChoiceInput, DateInput, ListedInput, NumberInput
from app.tenants.rules.yaml_lines import LinedYaml
from app.text.figures import figures

SUFFIXES = ("_past", "_on_free_day", "_list", "_shifted")
"""What days that are computed can also be asked for: see docs/rules.md."""


def check_rule(rule: DecisionRule, lined: LinedYaml) -> tuple[RuleProblem, ...]:
    """Everything that is wrong, in the order of the file."""
    return tuple(RuleProblem(rule.path, lined.line_of(path), message, fix) for path, message, fix in _faults(rule))


_Fault = tuple[Sequence[str | int], str, str]


def _faults(rule: DecisionRule) -> Iterator[_Fault]:
    file = rule.file
    names = [each.name for each in file.inputs]
    for name in {name for name in names if names.count(name) > 1}:
        yield ["inputs"], f"two inputs are called '{name}'", "give each its own name"
    yield from _input_faults(rule)
    for name in file.starts_with:
        if name not in names:
            yield ["starts_with"], f"there is no input '{name}'", f"use some of: {', '.join(names)}"
    known = known_names(rule)
    numbers = _numbers(rule)
    for name, computation in file.compute.items():
        place = ["compute", name]
        if isinstance(computation, Formula):
            fault = check_formula(computation.formula)
            if fault:
                yield (
                    [*place, "formula"],
                    f"the engine does not understand it ({fault})",
                    "write for example count * fee",
                )
                continue
            for used in sorted(names_in(computation.formula) - numbers):
                yield [*place, "formula"], f"'{used}' is no number here", f"use some of: {', '.join(sorted(numbers))}"
        elif isinstance(computation, DateSum):
            dates = {each.name for each in file.inputs if isinstance(each, DateInput)}
            durations = _outputs(rule, "duration")
            if computation.start not in dates:
                yield [*place, "start"], f"'{computation.start}' is no input of kind date", "name one"
            if (computation.add or computation.subtract) not in durations:
                yield place, "add or subtract names no column of kind duration", "name one"
        elif computation.first not in _outputs(rule, "date") or computation.weeks not in _outputs(rule, "number"):
            yield place, "first must be a column of kind date, weeks one of kind number", "name them"
    for part, sentences in (("answer", file.answer), ("summary", file.summary or {})):
        yield from _template_faults(rule, part, sentences, known)
    for index, example in enumerate(file.examples):
        for name in (*example.inputs, *((example.asks,) if example.asks else ())):
            if name not in names:
                yield ["examples", index], f"there is no input '{name}'", f"use some of: {', '.join(names)}"
    if file.valid_from and file.valid_until and file.valid_until < file.valid_from:
        yield ["valid_until"], "it lies before valid_from", "correct the days"


def _input_faults(rule: DecisionRule) -> Iterator[_Fault]:
    for index, each in enumerate(rule.file.inputs):
        place: list[str | int] = ["inputs", index]
        if isinstance(each, ChoiceInput):
            values = [option.value for option in each.options]
            if each.default is not None and each.default not in values:
                yield [*place, "default"], f"'{each.default}' is none of the options", f"use {' or '.join(values)}"
            column = next((h for h, c in rule.file.table.columns.items() if c.input == each.name), None)
            for row in rule.rows if column else ():
                for part in (part.strip() for part in row.cells[column or ""].split("|")):
                    if part not in {*values, "", "-", "*"}:
                        yield (["table"], f"line {row.line}, '{column}': '{part}' is no option of {each.name}",
                               f"use {' or '.join(values)}")  # fmt: skip
        if isinstance(each, NumberInput):
            for text in (*each.phrases, *each.below, *each.above):
                if "{n}" not in text:
                    yield [*place, "phrases"], f"'{text}' has no {{n}}", "write {n} where the number stands"
            for value in (*each.values, *((each.default,) if each.default is not None else ())):
                if not value.isdigit():
                    yield place, f"'{value}' is no whole number", "write digits"
        if isinstance(each, DateInput | ListedInput) and each.default is not None:
            yield [*place, "default"], "a day or a listed value has no default", "delete it"


def known_names(rule: DecisionRule) -> frozenset[str]:
    """Everything that a template may name."""
    file = rule.file
    names = {each.name for each in file.inputs} | {c.output for c in file.table.columns.values() if c.output}
    names |= {given for each in file.inputs if isinstance(each, ListedInput) for given in each.lookup.gives}
    names |= {f"{SUM_PREFIX}{name}" for name in _outputs(rule, "money") | _outputs(rule, "number")}
    names |= {f"{SUM_PREFIX}{name}{PARTS_SUFFIX}" for name in _outputs(rule, "money")}
    days = {name for name, computation in file.compute.items() if not isinstance(computation, Formula)}
    days |= {each.name for each in file.inputs if isinstance(each, DateInput)} | _outputs(rule, "date")
    return frozenset(names | set(file.compute) | {f"{name}{suffix}" for name in days for suffix in SUFFIXES})


def _outputs(rule: DecisionRule, kind: str) -> set[str]:
    return {c.output for c in rule.file.table.columns.values() if c.output and c.kind == kind}


def _numbers(rule: DecisionRule) -> frozenset[str]:
    columns = _outputs(rule, "money") | _outputs(rule, "number")
    inputs = {each.name for each in rule.file.inputs if isinstance(each, NumberInput)}
    earlier = {name for name, each in rule.file.compute.items() if isinstance(each, Formula)}
    return frozenset(columns | inputs | earlier | {f"{SUM_PREFIX}{name}" for name in columns})


def _template_faults(rule: DecisionRule, part: str, sentences: Sentences, known: frozenset[str]) -> Iterator[_Fault]:
    source = rule.file.source
    sourced = figures(" \n".join([source.paragraph, *source.quotes]))
    for language, texts in sentences.items():
        for index, sentence in enumerate(texts):
            place: list[str | int] = [part, language, index]
            try:
                pieces = list(Formatter().parse(sentence.text))
            except ValueError as error:
                yield place, f"a brace is open ({error})", "double a literal brace"
                continue
            used = {name for _, name, _, _ in pieces if name is not None}
            when = (sentence.when or "").removeprefix("not ").partition("=")[0].strip()
            for name in sorted((used | ({when} if when else set())) - known):
                yield place, f"there is no value '{name}'", f"use some of: {', '.join(sorted(known))}"
            literal = " ".join(text for text, *_ in pieces)
            if language == "de" and (own := figures(literal) - sourced):
                shown = ", ".join(sorted(figure.value for figure in own))
                yield place, f"{shown} stands in no quote of the source", "quote the sentence that says so"
    if part == "summary" and sentences and not any(s.each for texts in sentences.values() for s in texts):
        yield [part], f"no sentence is said for each of up to {MOST_SUMMARY_ROWS} rows", "set each: true on one"
