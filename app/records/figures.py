"""What happened day by day, week by week, month by month: read from the counts, never from the answers."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Select, func, select

from app.database.connection import Database
from app.database.durations import percentile
from app.database.tables import daily_answers, daily_durations, daily_ratings

_answers, _durations, _ratings = daily_answers.c, daily_durations.c, daily_ratings.c
_MONTH = len("2026-11")


class Step(StrEnum):
    """How long one span of time is."""

    DAY = "day"
    WEEK = "week"
    """From Monday."""
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Span:
    """The figures of a day, a week or a month."""

    first: date
    last: date
    """Included; the last day asked for when the span is not over yet."""
    statuses: Counter[str] = field(default_factory=Counter)
    """Answers by status."""
    languages: Counter[str] = field(default_factory=Counter)
    """Answers by language."""
    durations: Counter[int] = field(default_factory=Counter)
    """Answers by step of `app.database.durations`."""
    energy_wh: float = 0.0
    helpful: int = 0
    not_helpful: int = 0

    @property
    def answers(self) -> int:
        return self.statuses.total()

    def duration_ms(self, share: float) -> float | None:
        """Milliseconds that this share (0 to 1) of the answers took at most, to 10 %; None without any."""
        return percentile(self.durations, share)


def together(spans: Iterable[Span]) -> Span:
    """All spans as one; they must follow on one another, and there must be one."""
    listed = tuple(spans)
    return Span(
        first=listed[0].first,
        last=listed[-1].last,
        statuses=sum((span.statuses for span in listed), Counter()),
        languages=sum((span.languages for span in listed), Counter()),
        durations=sum((span.durations for span in listed), Counter()),
        energy_wh=sum(span.energy_wh for span in listed),
        helpful=sum(span.helpful for span in listed),
        not_helpful=sum(span.not_helpful for span in listed),
    )


class Figures:
    """Safe to share between threads. Raises RecordsError when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def spans(self, tenant: str, first: date, last: date, step: Step) -> tuple[Span, ...]:
        """A town's figures from `first` to `last` (included), oldest first; spans in which nothing happened, too."""
        spans = [Span(start, end) for start, end in _edges(first, last, step)]
        places = {_key(day, step): place for place, span in enumerate(spans) for day in _days(span)}

        def sums(by: Column[Any], *summed: Column[Any]) -> Select[Any]:
            """The sums of columns for each key of `places` and each value of another column."""
            table = by.table.c
            key = (func.substr(table.day, 1, _MONTH) if step is Step.MONTH else table.day).label("key")
            days = table.day.between(first.isoformat(), last.isoformat())
            return select(key, by, *map(func.sum, summed)).where(table.tenant == tenant, days).group_by(key, by)

        with self._database.reading() as connection:
            for key, status, answers in connection.execute(sums(_answers.status, _answers.answers)):
                spans[places[key]].statuses[status] += answers
            for key, language, answers, energy in connection.execute(
                sums(_answers.language, _answers.answers, _answers.energy_wh)
            ):
                span = spans[places[key]]
                span.languages[language] += answers
                spans[places[key]] = replace(span, energy_wh=span.energy_wh + energy)
            for key, bucket, answers in connection.execute(sums(_durations.bucket, _durations.answers)):
                spans[places[key]].durations[bucket] += answers
            for key, _, yes, no in connection.execute(sums(_ratings.tenant, _ratings.helpful, _ratings.not_helpful)):
                span = spans[places[key]]
                spans[places[key]] = replace(span, helpful=span.helpful + yes, not_helpful=span.not_helpful + no)
        return tuple(spans)


def _key(day: date, step: Step) -> str:
    return day.isoformat()[:_MONTH] if step is Step.MONTH else day.isoformat()


def _days(span: Span) -> Iterator[date]:
    yield from (span.first + timedelta(days=number) for number in range((span.last - span.first).days + 1))


def _edges(first: date, last: date, step: Step) -> Iterator[tuple[date, date]]:
    """First and last day of each span."""
    start = first
    while start <= last:
        if step is Step.MONTH:
            following = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
        else:
            following = start + timedelta(days=1 if step is Step.DAY else 7 - start.weekday())
        yield start, min(last, following - timedelta(days=1))
        start = following
