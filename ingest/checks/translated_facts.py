"""Translations and variants that give other figures than their original."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.index.modules import ModuleKind
from app.text.figures import FigureKind, figures
from app.text.notation import NUMBER, decimal_text
from ingest.checks.check import CheckedText, CheckInput, Sentence
from ingest.checks.claim_values import value_of
from ingest.checks.place import line_of
from ingest.facts import Fact, facts_of
from ingest.facts_contact import Phone
from ingest.facts_hours import OpeningHours
from ingest.facts_money import Money, Percentage
from ingest.facts_time import Age, CalendarDate, Deadline, Duration, Unit
from ingest.findings import Finding, Severity

_READ = ("de", "en")
"""Languages whose words for numbers, units and months are understood; of others only the digits are compared."""
_DIGITS = re.compile(rf"(?<![\w.,/-])(?:{NUMBER})(?![\w/]|-\d)")
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
_ARABIC_SIGNS = str.maketrans("٫٬", ",.")
""""٣٧٫٠٠": the decimal and the thousands sign."""
_LARGEST_SPOKEN = 12
"""Whole numbers up to here may be a word in a translation whose words aren't understood."""
_Key = tuple[str, object]


@dataclass(frozen=True, slots=True)
class _Stated:
    """A figure, and the sentence that has it."""

    shown: str
    sentence: Sentence


def check_translated_facts(given: CheckInput) -> Iterator[Finding]:
    """Modules with an amount, time, day, share or telephone number that the original has otherwise, or not at all.

    A figure that only stands in another module than in the original makes no difference.
    """
    originals = {text.document.id: text for text in given.texts if text.document.variant == "standard"}
    for text in given.texts:
        original = originals.get(text.document.translation_of or "")
        if original is not None:
            yield from _compare(text, original, given)


def _compare(text: CheckedText, original: CheckedText, given: CheckInput) -> Iterator[Finding]:
    spoken = text.document.language in _READ
    mine = _by_module(text, spoken)
    theirs = _by_module(original, spoken)
    all_mine = {key for module in mine.values() for key in module}
    all_theirs = {key for module in theirs.values() for key in module}
    if not spoken:
        all_theirs |= _spelled_out(original)
    for kind in sorted(mine.keys() & theirs.keys()):
        added = {key: stated for key, stated in mine[kind].items() if key not in all_theirs}
        lost = {key: stated for key, stated in theirs[kind].items() if key not in all_mine}
        if not spoken:
            lost = {key: stated for key, stated in lost.items() if _is_written_in_digits(key)}
        if added or lost:
            yield _finding(text, original, kind, list(added.values()), list(lost.values()), given)


def _by_module(text: CheckedText, spoken: bool) -> Mapping[ModuleKind, dict[_Key, _Stated]]:
    found: dict[ModuleKind, dict[_Key, _Stated]] = {module.kind: {} for module in text.document.modules}
    for sentence in text.running:
        stated = _figures(sentence.text, text.document.language) if spoken else _numbers(sentence.text)
        for key, shown in stated:
            found[sentence.module.kind].setdefault(key, _Stated(shown, sentence))
    return found


def _figures(text: str, language: str) -> Iterator[tuple[_Key, str]]:
    for fact in facts_of(text, language):
        for key in _keys(fact):
            yield key, str(fact)


def _keys(fact: Fact) -> Iterable[_Key]:
    """What must be the same in every language; words such as "etwa" needn't."""
    match fact:
        case Money():
            return [("money", amount) for amount in (fact.amount, fact.upper) if amount is not None]
        case Percentage():
            return [("share", fact.value)]
        case Age():
            years = [years for years in (fact.years, fact.upper) if years is not None]
            return [key for one in years for key in _keys(Duration(Decimal(one), Unit.YEAR))]
        case Duration():
            value = value_of(fact)
            return [("time", amount) for amount in (value.amount, value.upper) if amount is not None]
        case CalendarDate():
            return [("day", (fact.month, fact.day, fact.year))]
        case Deadline():
            return _keys(fact.time)
        case Phone():
            return [("phone", fact.number)]
        case OpeningHours():
            return [("hours", (day, hours)) for day in fact.days for hours in fact.hours]
        case _:
            return []


def _numbers(text: str) -> Iterator[tuple[_Key, str]]:
    for match in _DIGITS.finditer(_THOUSANDS.sub("", text.translate(_ARABIC_SIGNS))):
        number = decimal_text(match.group())
        if number[:1].isdecimal():
            yield ("number", Decimal(number)), match.group()


def _spelled_out(text: CheckedText) -> set[_Key]:
    """Numbers that the original has as words, or within dates, times and telephone numbers."""
    found: set[_Key] = {("number", Decimal(0)), ("number", Decimal(1))}
    for sentence in text.running:
        for figure in figures(sentence.text):
            if figure.kind not in (FigureKind.MAIL, FigureKind.URL):
                found |= {("number", Decimal(digits)) for digits in re.findall(r"\d+(?:\.\d+)?", figure.value)}
            if figure.kind is FigureKind.TIME:
                found.add(("number", Decimal(int(figure.value[:2]) % 12)))
    return found


def _is_written_in_digits(key: _Key) -> bool:
    """Whether a number of the original stands in digits in every translation."""
    value = key[1]
    return isinstance(value, Decimal) and (value > _LARGEST_SPOKEN or value != int(value))


def _finding(
    text: CheckedText,
    original: CheckedText,
    kind: ModuleKind,
    added: list[_Stated],
    lost: list[_Stated],
    given: CheckInput,
) -> Finding:
    """At the first figure that is wrong here, or at the module where one is missing."""
    module = next(module for module in text.document.modules if module.kind is kind)
    line = line_of(given.folder, text.name, module, added[0].sentence.text) if added else module.line
    source = next(module for module in original.document.modules if module.kind is kind)
    place = line_of(given.folder, original.name, source, lost[0].sentence.text) if lost else source.line
    here, there = (", ".join(dict.fromkeys(one.shown for one in part)) for part in (added, lost))
    there_quote = f" (“{lost[0].sentence.text}”)" if lost else ""
    here_quote = f" (“{added[0].sentence.text}”)" if added else ""
    where = f"{original.name}:{place}" if place else original.name
    return Finding(
        "translation-differs", Severity.WARNING, text.name, line,
        f"'{module.heading}' has {here or 'no such figure'}{here_quote}, "
        f"but the original {where} has {there or 'no such figure'}{there_quote}",
        "make both say the same",
        quote=added[0].sentence.text if added else "",
        german=f"„{module.heading}“: hier {here or 'fehlt die Angabe'}{_in_german(here_quote)}, "
        f"im Ausgangstext {where} {there or 'steht keine solche Angabe'}{_in_german(there_quote)}.",
    )  # fmt: skip


def _in_german(quote: str) -> str:
    return quote.replace("“", "„", 1).replace("”", "“")
