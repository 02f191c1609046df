"""Claims: what a sentence or list item states about something, taken apart into figure, words and conditions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.answering.verification.lexicon import flat
from app.answering.verification.reading import read
from ingest.checks.claim_values import Value, value_of
from ingest.checks.claim_words import ClaimWords
from ingest.checks.measures import Measure, measure_of, stated_figure
from ingest.facts import Fact, facts_of
from ingest.facts_hours import OpeningHours
from ingest.facts_money import FreeOfCharge, Money, Percentage
from ingest.facts_time import CalendarDate, Deadline, Duration

_WORD = re.compile(r"[^\W_]+")
_MAY_STATE = re.compile(
    r"\d|frei|kostenlos|unentgelt|gratis|umsonst|(?:ohne|keine|no|without) (?:gebühr|kosten|fee|charge|cost)|free|"
    r"euro|cent|prozent|tag|woche|monat|jahr|stunde|minute|percent|day|week|month|year|hour",
    re.IGNORECASE,
)
"""What every figure has, so that other sentences need not be read."""
_BOUNDS = frozenset("bis uber unter ab over under above below to".split())
"""Before a number of anything that is no fact: "bis 5 m²" is another thing than "über 5 m²"."""
_LONGEST = 600
"""Characters of a sentence that is looked at; longer ones state no one thing."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure and the words that say of what."""

    measure: Measure
    value: Value
    words: tuple[str, ...]
    """Flat, separated verbs put together; without names that say nothing and what goes without saying."""
    conditions: tuple[str, ...]
    """The other figures beside it, in German notation."""
    shown: str
    """The figure in German notation."""


@dataclass(frozen=True)
class ClaimReader:
    """Reads claims in one language."""

    words: ClaimWords
    ignored: re.Pattern[str] | None = None
    """Names that say nothing about the subject: the town's and its offices'."""

    def claims(self, unit: str) -> Iterator[Claim]:
        """The claims of a sentence or list item; none of one that asks, remembers or gives an example."""
        if len(unit) > _LONGEST or unit.endswith("?") or not _MAY_STATE.search(unit):
            return
        facts = facts_of(unit, self.words.lexicon.language)
        if not facts or any(self.words.unsure(flat(word)) for word in _WORD.findall(unit)):
            return
        claim = self._one(unit, facts)
        if claim is not None:
            yield claim
        elif len(facts) > 1:
            yield from self._in_parts(unit)

    def words_of(self, text: str, facts: Sequence[Fact] = ()) -> list[str]:
        """The flat words of a text without these facts, separated verbs put together."""
        kept: list[str] = []
        end = 0
        for fact in facts:
            kept.append(text[end : fact.span.start])
            end = fact.span.end
        plain = " ".join(" ".join([*kept, text[end:]]).split())
        if self.ignored is not None:
            plain = self.ignored.sub(" ", plain)
        segments = read(plain, self.words.lexicon.language)
        words = [token.flat for segment in segments for clause in segment.clauses for token in clause.tokens]
        bounded = zip(["", *words], words, strict=False)
        words = [before + word if before in _BOUNDS and word.isdecimal() else word for before, word in bounded]
        asides = sorted({segment.aside for segment in segments})
        return words + [flat(word) for aside in asides for word in _WORD.findall(aside)]

    def _in_parts(self, unit: str) -> Iterator[Claim]:
        """The claims of a sentence that states several things."""
        language = self.words.lexicon.language
        segments = read(unit, language)
        if len(segments) < 2:
            return
        for segment in segments:
            part = ", ".join(clause.text for clause in segment.clauses)
            if (claim := self._one(part, facts_of(part, language))) is not None:
                yield claim

    def _one(self, text: str, facts: tuple[Fact, ...]) -> Claim | None:
        """The claim of a text with exactly one figure that can be its value."""
        if any(isinstance(fact, OpeningHours) for fact in facts):
            return None
        stated = stated_figure(facts, text)
        if stated is None:
            return None
        fact = stated.time if isinstance(stated, Deadline) else stated
        assert isinstance(fact, Money | FreeOfCharge | Percentage | Duration | CalendarDate)
        measure = measure_of(stated, text, [flat(word) for word in _WORD.findall(text)], self.words)
        words = [word for word in self.words_of(text, facts) if not self._goes_without_saying(word, measure)]
        conditions = tuple(str(other) for other in facts if other is not stated)
        return Claim(measure, value_of(fact), tuple(words), conditions, str(stated))

    def _goes_without_saying(self, word: str, measure: Measure) -> bool:
        match measure:
            case Measure.PROCESSING | Measure.VISIT:
                return self.words.of_processing(word)
            case Measure.VALIDITY:
                return self.words.of_validity(word)
            case Measure.DAY:
                return self.words.of_years(word)
            case _:
                return False
