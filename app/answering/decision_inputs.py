"""Reads the inputs of a decision rule off a question: numbers, choices, days, streets, letters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache

from rapidfuzz import fuzz, process

from app.answering.decision_days import find_given_day
from app.answering.decision_words import decision_words, number_of, word_pattern
from app.answering.folding import fold
from app.tenants.rules.rule import DecisionRule
from app.tenants.rules.rule_inputs import ChoiceInput, DateInput, LetterInput, ListedInput, NumberInput, RuleInput

_JUST_ONE = re.compile(r"(?:(?:nur|fuer|just|only|for) )*(?:ein|eine|einen|einer|eins|one)")
_ALTERNATIVES = ("{n} oder {n}", "{n} or {n}")
"""Several numbers at once ("ein Hund, und bei zwei oder drei?"): all of them are asked about."""
_SAME_STREET = 93
"""Similarity (0 to 100) from which a name counts as a listed one with a slip of a letter."""
_NEAR_STREET = 70
"""From here on a listed name is worth offering."""


@dataclass(frozen=True, slots=True)
class FoundInputs:
    """What a question says."""

    values: dict[str, str] = field(default_factory=dict)
    """By input: digits, a choice's value, an ISO date, a list's entry, a letter."""
    unclear: frozenset[str] = frozenset()
    """Inputs for which several values were named."""
    unlisted: dict[str, str] = field(default_factory=dict)
    """By input: a street that was named but is not on the list, as the citizen wrote it, folded."""
    rest: str = ""
    """The folded question without the words that were read."""


def find_inputs(rule: DecisionRule, text: str, today: date, reply_to: str | None = None) -> FoundInputs:
    """All inputs that the text names. With `reply_to`, a bare value ("zwei", "M") counts as that input's."""
    folded = fold(text)
    values: dict[str, str] = {}
    unclear: set[str] = set()
    unlisted: dict[str, str] = {}
    rest = folded
    for each in rule.file.inputs:
        found, spans = _values_of(each, rule, folded, today, reply=each.name == reply_to)
        for span in spans:
            rest = rest.replace(span, " ")
        distinct = list(dict.fromkeys(found))
        if len(distinct) == 1:
            values[each.name] = distinct[0]
        elif distinct:
            unclear.add(each.name)
        elif isinstance(each, ListedInput) and (street := _street_in(folded)):
            unlisted[each.name] = street
    return FoundInputs(values, frozenset(unclear), unlisted, " ".join(rest.split()))


def typed(rule: DecisionRule, values: dict[str, str]) -> dict[str, Decimal | str]:
    """The values as the engine takes them, with what lists and defaults add."""
    complete = {each.name: each.default for each in rule.file.inputs if each.default is not None} | values
    numbers = {each.name for each in rule.file.inputs if isinstance(each, NumberInput)}
    exact: dict[str, Decimal | str] = {
        name: Decimal(value) if name in numbers else value for name, value in complete.items()
    }
    return rule.with_lookups(exact)


def near_entries(rule: DecisionRule, name: str, given: str, limit: int = 4) -> tuple[str, ...]:
    """Entries of an input's list that resemble what was given, best first."""
    keys = {fold(entry.key): entry.key for entry in rule.lists[name]}
    found = process.extract(given, list(keys), scorer=fuzz.ratio, limit=limit, score_cutoff=_NEAR_STREET)
    return tuple(keys[key] for key, *_ in found)


def _values_of(
    each: RuleInput, rule: DecisionRule, folded: str, today: date, *, reply: bool
) -> tuple[list[str], list[str]]:
    """Values found, and the pieces of text that they were read from."""
    match each:
        case NumberInput():
            pairs = list(_numbers(each, folded, reply=reply))
        case ChoiceInput():
            pairs = list(_choices(each, folded))
        case DateInput():
            day = find_given_day(folded, today, each.direction)
            pairs = [(day.isoformat(), "")] if day else []
        case ListedInput():
            pairs = list(_listed(each, rule, folded))
        case LetterInput():
            pairs = list(_letters(folded, reply=reply))
    return [value for value, _ in pairs], [span for _, span in pairs if span]


def _numbers(each: NumberInput, folded: str, *, reply: bool) -> Iterator[tuple[str, str]]:
    # Phrases with a bound first: "unter {n} jahre" must not be read as "{n} jahre" as well.
    left = folded
    for phrases, shift in ((each.below, -1), (each.above, 1), (each.phrases, 0)):
        for match in list(word_pattern(phrases).finditer(left)):
            number = next(group for group in match.groups() if group)
            left = left.replace(match.group(), " ", 1)
            value = Decimal(number_of(number.strip())) + shift
            if each.minimum <= value <= each.maximum:
                yield f"{value:f}", match.group()
    for named, words in each.values.items():
        for match in word_pattern(words).finditer(left):
            yield named, match.group()
    if reply and left == folded and _JUST_ONE.fullmatch(folded) and each.minimum <= 1:
        yield "1", folded
    elif (reply and left == folded) or (left != folded and word_pattern(_ALTERNATIVES).search(folded)):
        for match in word_pattern(("{n}",)).finditer(left):
            value = Decimal(number_of(match.group().strip()))
            if each.minimum <= value <= each.maximum:
                yield f"{value:f}", match.group()


def _choices(each: ChoiceInput, folded: str) -> Iterator[tuple[str, str]]:
    """The words of the options, longest matches first, so that "nicht gefährlich" is not also "gefährlich"."""
    found = [
        (match.group(), option.value)
        for option in each.options
        for match in word_pattern((*option.words, *map(fold, option.label.values()))).finditer(folded)
    ]
    left = folded
    for span, value in sorted(found, key=lambda pair: -len(pair[0])):
        if span in left:
            left = left.replace(span, " ", 1)
            yield value, span


def _listed(each: ListedInput, rule: DecisionRule, folded: str) -> Iterator[tuple[str, str]]:
    text = re.sub(r"str\b", "strasse", folded)
    keys = {fold(entry.key): entry.key for entry in rule.lists[each.name]}
    exact = [key for key in sorted(keys, key=len, reverse=True) if re.search(rf"\b{re.escape(key)}\b", text)]
    for key in exact[:1]:
        yield keys[key], key
    if exact or each.kind != "street":
        return
    for match in _street().finditer(text):
        best = process.extractOne(match.group(1), list(keys), scorer=fuzz.ratio, score_cutoff=_SAME_STREET)
        if best:
            yield keys[best[0]], match.group(1)


def _street_in(folded: str) -> str | None:
    """The first word that looks like a street's name."""
    names = (match.group(1) for match in _street().finditer(folded))
    return next((name for name in names if name not in decision_words().streets.none), None)


@lru_cache(maxsize=1)
def _street() -> re.Pattern[str]:
    return re.compile(rf"\b([^\W\d_]{{3,40}}(?:{'|'.join(decision_words().streets.ends)}))\b")


def _letters(folded: str, *, reply: bool) -> Iterator[tuple[str, str]]:
    if reply and re.fullmatch(r"(?:mit |with )?(?:buchstabe |letter )?([a-z])", folded):
        yield folded[-1].upper(), folded
        return
    words = "|".join(map(re.escape, decision_words().letters.before))
    pattern = rf"\b(?:{words}) (?:\w+ ){{0,4}}?(?:mit |von |with |ist |an )?\b([a-z])\b(?! uhr)"
    for match in re.finditer(pattern, folded):
        yield match.group(1).upper(), match.group()
