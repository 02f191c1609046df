"""Whether an office is open at the time that was asked about, in one sentence."""

from dataclasses import dataclass
from datetime import datetime, time

from app.answering.asked_day import AskedDay
from app.answering.asked_time import TimeSense
from app.answering.hours_text import office_in_sentence, sentence, spans_in_sentence
from app.answering.office_names import OfficeMention
from app.answering.rule_words import rule_words
from app.tenants.office import TimeSpan
from app.tenants.tenant import Tenant
from app.wording.catalog import Catalog


@dataclass(frozen=True, slots=True)
class HoursAsked:
    """Everything that the sentences about one office depend on."""

    mention: OfficeMention
    tenant: Tenant
    wording: Catalog
    now: datetime
    """Local time of the tenant, aware."""
    asked: AskedDay
    yes_no: bool
    """Whether the answer starts with yes or no."""
    asks_closed: bool
    """Whether "yes" means closed."""
    asks_change: bool = False
    """Whether it is asked if the doors open or close at that very time ("Macht ihr um zwei zu?")."""

    @property
    def office(self) -> str:
        """The office in a sentence."""
        return office_in_sentence(self.wording, self.mention)


def open_statement(asked: HoursAsked, on: str, spans: tuple[TimeSpan, ...]) -> tuple[str, bool]:
    """The sentence about a day with opening hours, and whether the asked time lies within them.

    It never repeats a time that was asked about: its source knows only the town's own times.
    """
    values = {"office": asked.office, "on": on, "spans": spans_in_sentence(asked.wording, spans)}
    moment, part = asked.asked.moment, asked.asked.part
    if moment is not None and asked.yes_no:
        if asked.asks_change:
            return _change_statement(asked, asked.wording.text("rule.hours.open_on", **values), moment, spans)
        positive = _holds(moment, asked.asked.sense, spans)
        key = "rule.hours.open_on"
        if asked.asked.sense is TimeSense.AT:
            key = "rule.hours.open_at" if positive else "rule.hours.closed_at"
        return verdict(asked, asked.wording.text(key, **values), positive=positive), positive
    if part is not None:
        words = rule_words().days.parts[part]
        positive = any(span.start < words.end and words.start < span.end for span in spans)
        key = "rule.hours.open_part" if positive else "rule.hours.closed_part"
        text = asked.wording.text(key, part=asked.wording.text(f"rule.part.{part}"), **values)
        return verdict(asked, text, positive=positive), positive
    return verdict(asked, asked.wording.text("rule.hours.open_on", **values), positive=True), True


def verdict(asked: HoursAsked, text: str, *, positive: bool) -> str:
    """The sentence with a yes or no before it when that was asked; `positive` means open."""
    if not asked.yes_no:
        return sentence(text)
    yes = positive is not asked.asks_closed
    return asked.wording.text("rule.yes" if yes else "rule.no", sentence=text)


def _holds(moment: time, sense: TimeSense, spans: tuple[TimeSpan, ...]) -> bool:
    match sense:
        case TimeSense.AT:
            return any(span.start <= moment < span.end for span in spans)
        case TimeSense.UNTIL:
            return any(span.start < moment <= span.end for span in spans)
        case TimeSense.BEFORE:
            return any(span.start < moment for span in spans)
        case TimeSense.AFTER:
            return any(moment < span.end for span in spans)


def _change_statement(asked: HoursAsked, text: str, moment: time, spans: tuple[TimeSpan, ...]) -> tuple[str, bool]:
    """Yes when the doors open or close at that time; neither yes nor no when they opened before and are still open."""
    if moment in {span.end if asked.asks_closed else span.start for span in spans}:
        return asked.wording.text("rule.yes", sentence=text), not asked.asks_closed
    if not asked.asks_closed and _holds(moment, TimeSense.AT, spans):
        return sentence(text), True
    return asked.wording.text("rule.no", sentence=text), _holds(moment, TimeSense.AT, spans)
