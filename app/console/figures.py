"""Figures over time, as charts with tables and as a file."""

from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.answering.values import Status
from app.console.access import Signed, Staff
from app.console.csv_file import Cell, csv_response
from app.console.figure_charts import figure_charts, figure_tiles, german, label
from app.console.page import render
from app.records.figures import Figures, Span, Step, together
from app.wording.console import console_catalog

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Period:
    """A choice of the page: so many steps, the last one with today."""

    step: Step
    count: int

    def first(self, today: date) -> date:
        """The first day of the first step."""
        if self.step is Step.DAY:
            return today - timedelta(days=self.count - 1)
        if self.step is Step.WEEK:
            return today - timedelta(days=today.weekday(), weeks=self.count - 1)
        months = today.year * 12 + today.month - self.count
        return date(months // 12, months % 12 + 1, 1)


PERIODS = {
    "7d": Period(Step.DAY, 7),
    "30d": Period(Step.DAY, 30),
    "90d": Period(Step.DAY, 90),
    "26w": Period(Step.WEEK, 26),
    "12m": Period(Step.MONTH, 12),
}
_USUAL = "30d"


@router.get("/{tenant}/figures")
def figures(request: Request, signed: Staff, period: str = _USUAL) -> HTMLResponse:
    """Charts and tables of a period."""
    chosen, spans = _spans(signed, period)
    say = console_catalog("figures").text
    return render(
        request,
        signed,
        "figures",
        "console/figures.html",
        period=chosen,
        periods=[(name, say(f"period.{name}")) for name in PERIODS],
        tiles=figure_tiles(together(spans)),
        charts=figure_charts(spans, PERIODS[chosen].step),
        first=spans[0].first,
        last=spans[-1].last,
        statuses=sorted(together(spans).statuses.items(), key=lambda pair: -pair[1]),
        chart_say=console_catalog("charts").text,
        german=german,
    )


@router.get("/{tenant}/figures.csv")
def figures_file(signed: Staff, period: str = _USUAL) -> Response:
    """The same figures for a spreadsheet, every status and language by itself."""
    chosen, spans = _spans(signed, period)
    say = console_catalog("figures").text
    languages = sorted(together(spans).languages)
    headings = [
        say("column.span"), say("column.first"), say("column.last"), say("column.answers"),
        *(say(f"status.{status}") for status in Status), *(f"{say('column.language')} {name}" for name in languages),
        say("column.median"), say("column.p95"), say("column.helpful"), say("column.not_helpful"), say("column.energy"),
    ]  # fmt: skip
    rows = [_row(span, PERIODS[chosen].step, languages) for span in spans]
    name = f"amtslotse-{signed.town.id}-{spans[0].first}-{spans[-1].last}.csv"
    return csv_response(name, headings, rows)


def _spans(signed: Signed, period: str) -> tuple[str, tuple[Span, ...]]:
    """The name of the period, the usual one for an unknown name, and its figures up to today."""
    chosen = period if period in PERIODS else _USUAL
    today = signed.running.clock().astimezone(signed.town.zone).date()
    stored = Figures(signed.running.service.records.database)
    return chosen, stored.spans(signed.town.id, PERIODS[chosen].first(today), today, PERIODS[chosen].step)


def _row(span: Span, step: Step, languages: list[str]) -> list[Cell]:
    median, slow = span.duration_ms(0.5), span.duration_ms(0.95)
    return [
        label(span, step), span.first.isoformat(), span.last.isoformat(), span.answers,
        *(span.statuses[status] for status in Status), *(span.languages[name] for name in languages),
        None if median is None else round(median), None if slow is None else round(slow),
        span.helpful, span.not_helpful, span.energy_wh,
    ]  # fmt: skip
