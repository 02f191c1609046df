"""Which figure a sentence states, and what that figure measures."""

import re
from collections.abc import Collection, Sequence
from enum import StrEnum

from ingest.checks.claim_words import ClaimWords
from ingest.fact_span import Limit, before
from ingest.facts import Fact
from ingest.facts_money import FreeOfCharge, Money, Percentage
from ingest.facts_time import CalendarDate, Deadline, DeadlineKind, Duration, Unit

_INFLECTED_FREE = re.compile(r"frei|(?:kostenlos|unentgeltlich|\w+frei)(?:e[nmrs]?)", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:nach|after)\s\Z", re.IGNORECASE)
_SHORT_UNITS = (Unit.MINUTE, Unit.HOUR)


class Measure(StrEnum):
    """What a figure measures; only figures of the same measure can contradict each other."""

    PRICE = "price"
    SHARE = "share"
    PROCESSING = "processing"
    VISIT = "visit"
    """How long the town takes, in minutes or hours: the visit, not the wait."""
    VALIDITY = "validity"
    DURATION = "duration"
    LATEST = "latest"
    LATEST_BEFORE = "latest_before"
    EARLIEST_BEFORE = "earliest_before"
    EARLIEST = "earliest"
    DAY = "day"


def stated_figure(facts: tuple[Fact, ...], text: str) -> Fact | None:
    """The one figure that a text states; what stands beside it is a condition. None when it can't be told which."""
    prices = [fact for fact in facts if isinstance(fact, Money | FreeOfCharge) and not _attribute(fact, text)]
    if prices:
        return _only(prices, text)
    if any(isinstance(fact, FreeOfCharge) for fact in facts):
        return None
    shares = [fact for fact in facts if isinstance(fact, Percentage)]
    if shares:
        return _only(shares, text)
    times = [fact for fact in facts if isinstance(fact, Duration | Deadline | CalendarDate)]
    deadlines = [fact for fact in times if isinstance(fact, Deadline)]
    return _only(deadlines or times, text) if len(deadlines) <= 1 else None


def measure_of(fact: Fact, text: str, said: Collection[str], words: ClaimWords) -> Measure:
    """What a figure of a text measures; `said` are the flat words of the text."""
    match fact:
        case Money() | FreeOfCharge():
            return Measure.PRICE
        case Percentage():
            return Measure.SHARE
        case CalendarDate():
            return Measure.DAY
        case Deadline():
            return _of_deadline(fact)
        case _ if any(map(words.of_validity, said)):
            return Measure.VALIDITY
        case _ if any(map(words.of_processing, said)) or _is_wait(fact, text):
            return _of_processing(fact)
        case _:
            return Measure.DURATION


def _of_deadline(deadline: Deadline) -> Measure:
    early = deadline.kind is DeadlineKind.EARLIEST
    if isinstance(deadline.time, CalendarDate):
        return Measure.EARLIEST if early else Measure.DAY
    if deadline.kind is DeadlineKind.WITHIN and deadline.relation is None and deadline.time.limit is Limit.ABOUT:
        return _of_processing(deadline.time)
    if deadline.relation == "vor":
        return Measure.EARLIEST_BEFORE if early else Measure.LATEST_BEFORE
    return Measure.EARLIEST if early else Measure.LATEST


def _of_processing(fact: Fact) -> Measure:
    short = isinstance(fact, Duration) and fact.unit in _SHORT_UNITS
    return Measure.VISIT if short else Measure.PROCESSING


def _is_wait(fact: Fact, text: str) -> bool:
    """ "nach etwa 5 Wochen": so long one waits."""
    if not isinstance(fact, Duration) or fact.limit is not Limit.ABOUT:
        return False
    return bool(before(_AFTER, text, fact.span.start))


def _attribute(fact: Fact, text: str) -> bool:
    """ "eine kostenfreie Bescheinigung" says something of a thing in passing."""
    return isinstance(fact, FreeOfCharge) and bool(_INFLECTED_FREE.fullmatch(fact.span.of(text)))


def _only(facts: Sequence[Fact], text: str) -> Fact | None:
    """The one behind the colon of a list item, or the only one, or the only one without a limit."""
    colon = text.find(": ")
    if colon >= 0:
        behind = [fact for fact in facts if fact.span.start > colon]
        return behind[0] if len(behind) == 1 else None
    if len(facts) == 1:
        return facts[0]
    plain = [fact for fact in facts if getattr(fact, "limit", None) in (None, Limit.ABOUT)]
    return plain[0] if len(plain) == 1 else None
