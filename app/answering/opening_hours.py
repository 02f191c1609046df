"""The sentences that answer when an office is open; every figure is from tenant.yaml or the calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from app.answering.hours_at_time import HoursAsked, open_statement, verdict
from app.answering.hours_text import clock, long_date, on_date, sentence, spans_in_sentence, week_in_sentence
from app.tenants.calendar import DayHours, Ground, Opening, deviations, hours_on, next_opening, status_at
from app.tenants.office import WEEKDAYS

_LOOK_AHEAD_DAYS = 14
"""An answer about the week also names the exceptions of this many days."""


@dataclass(frozen=True, slots=True)
class HoursAnswer:
    """The sentences, and the days on which they rest."""

    statements: tuple[str, ...]
    days: tuple[DayHours, ...]
    open: bool | None
    """What held on the (first) day asked about; None for the week as a whole."""


def answer_hours(asked: HoursAsked) -> HoursAnswer:
    """One or two sentences for each day asked about; the whole week when none was named."""
    if asked.asked.now:
        return _now(asked)
    if asked.asked.days:
        parts = [_day(asked, day) for day in asked.asked.days]
        return HoursAnswer(
            tuple(text for part in parts for text in part.statements),
            tuple(day for part in parts for day in part.days),
            parts[0].open,
        )
    if asked.asked.weekdays:
        texts = [_weekday(asked, number) for number in asked.asked.weekdays]
        return HoursAnswer(tuple(texts), (), None)
    if asked.asked.public_holidays:
        text = asked.wording.text("rule.hours.on_public_holidays", office=asked.office)
        return HoursAnswer((verdict(asked, text, positive=False),), (), False)
    return _week(asked)


def _now(asked: HoursAsked) -> HoursAnswer:
    wording = asked.wording
    status = status_at(asked.mention.office, asked.tenant, asked.now)
    today = long_date(wording, asked.now.date())
    if status.closes_at:
        text = wording.text(
            "rule.hours.open_now", office=asked.office, date=today, end=clock(status.closes_at.timetz())
        )
        return HoursAnswer((verdict(asked, text, positive=True),), (_named(asked, asked.now.date()),), True)
    text = wording.text("rule.hours.closed_now", office=asked.office, date=today, time=clock(asked.now.time()))
    statements = [verdict(asked, text, positive=False), *_next(asked, status.next_opening)]
    return HoursAnswer(tuple(statements), _with_next(asked, asked.now.date(), status.next_opening), False)


def _day(asked: HoursAsked, day: date) -> HoursAnswer:
    hours = _named(asked, day)
    on = on_date(asked.wording, day, asked.now.date())
    after = max(asked.now, datetime.combine(day, time.max, tzinfo=asked.now.tzinfo))
    if not hours.spans:
        upcoming = next_opening(asked.mention.office, asked.tenant, after)
        text = asked.wording.text("rule.hours.closed_on", on=on, office=asked.office, reason=_reason(asked, hours))
        statements = [verdict(asked, text, positive=False), *_next(asked, upcoming)]
        return HoursAnswer(tuple(statements), _with_next(asked, day, upcoming), False)
    over = day == asked.now.date() and not asked.asked.moment and asked.now.time() >= hours.spans[-1].end
    if over:
        upcoming = next_opening(asked.mention.office, asked.tenant, asked.now)
        text = asked.wording.text(
            "rule.hours.ended", office=asked.office, on=on, spans=spans_in_sentence(asked.wording, hours.spans)
        )
        statements = [verdict(asked, text, positive=False), *_next(asked, upcoming)]
        return HoursAnswer(tuple(statements), _with_next(asked, day, upcoming), False)
    statement, positive = open_statement(asked, on, hours.spans)
    statements = [statement]
    if hours.ground is Ground.EXCEPTION:
        statements.append(asked.wording.text("rule.hours.special", reason=hours.reason or ""))
    return HoursAnswer(tuple(statements), (hours,), positive)


def _weekday(asked: HoursAsked, number: int) -> str:
    on = asked.wording.text(f"on_weekday.{WEEKDAYS[number]}")
    spans = asked.mention.office.hours.get(WEEKDAYS[number], ())
    if not spans:
        text = asked.wording.text("rule.hours.closed_weekday", on=on, office=asked.office)
        return verdict(asked, text, positive=False)
    return open_statement(asked, on, spans)[0]


def _week(asked: HoursAsked) -> HoursAnswer:
    wording = asked.wording
    week = week_in_sentence(wording, asked.mention.office)
    key = "rule.hours.week" if week else "rule.hours.week_never"
    statements = [sentence(wording.text(key, office=asked.office, week=week))]
    ahead = deviations(
        asked.mention.office, asked.tenant, asked.now.date(), _LOOK_AHEAD_DAYS, language=wording.language
    )
    for hours in ahead:
        on = on_date(wording, hours.day, asked.now.date())
        key = "rule.hours.upcoming_changed" if hours.spans else "rule.hours.upcoming_closed"
        spans = spans_in_sentence(wording, hours.spans)
        statements.append(wording.text(key, on=on, spans=spans, reason=hours.reason or ""))
    return HoursAnswer(tuple(statements), ahead, None)


def _reason(asked: HoursAsked, hours: DayHours) -> str:
    return asked.wording.text(f"rule.reason.{hours.ground}", name=hours.reason or "")


def _next(asked: HoursAsked, opening: Opening | None) -> Iterator[str]:
    if opening is None:
        return
    day = opening.start.date()
    spans = tuple(span for span in _named(asked, day).spans if span.start >= opening.start.time())
    on = on_date(asked.wording, day, asked.now.date())
    yield asked.wording.text("rule.hours.next", on=on, spans=spans_in_sentence(asked.wording, spans))


def _with_next(asked: HoursAsked, day: date, opening: Opening | None) -> tuple[DayHours, ...]:
    days = [day] if opening is None else [day, opening.start.date()]
    return tuple(_named(asked, each) for each in dict.fromkeys(days))


def _named(asked: HoursAsked, day: date) -> DayHours:
    return hours_on(asked.mention.office, asked.tenant, day, asked.wording.language)
