"""Dates, times and offices in words, from the catalog of one language."""

from datetime import date, time

from app.answering.office_names import OfficeMention
from app.tenants.office import WEEKDAYS, Office, TimeSpan
from app.wording.catalog import Catalog


def long_date(wording: Catalog, day: date) -> str:
    """For example "Samstag, 28. November 2026"."""
    return wording.text(
        "date.long",
        weekday=wording.text(f"weekday.{WEEKDAYS[day.weekday()]}"),
        day=day.day,
        month=wording.text(f"month.m{day.month}"),
        year=day.year,
    )


def on_date(wording: Catalog, day: date, today: date) -> str:
    """The date as an adverbial: "am Samstag, 28. November 2026," or "heute, ..."."""
    key = {0: "today", 1: "tomorrow"}.get((day - today).days, "day")
    return wording.text(f"rule.on.{key}", date=long_date(wording, day))


def clock(moment: time) -> str:
    """Hours and minutes, 24 hours."""
    return f"{moment:%H:%M}"


def spans_in_sentence(wording: Catalog, spans: tuple[TimeSpan, ...]) -> str:
    """For example "von 08:30 bis 12:00 Uhr und von 14:00 bis 16:00 Uhr"."""
    return wording.text("date.and").join(
        wording.text("date.span_in_sentence", start=clock(span.start), end=clock(span.end)) for span in spans
    )


def spans_in_table(wording: Catalog, spans: tuple[TimeSpan, ...]) -> str:
    """For example "08:30 bis 12:00 Uhr und 14:00 bis 16:00 Uhr", or "geschlossen"."""
    if not spans:
        return wording.text("rule.hours.closed")
    return wording.text("date.and").join(
        wording.text("date.span", start=clock(span.start), end=clock(span.end)) for span in spans
    )


def week_in_sentence(wording: Catalog, office: Office) -> str:
    """The open weekdays, neighbours with equal hours together; empty when there are none."""
    groups: list[tuple[int, int, tuple[TimeSpan, ...]]] = []
    for number, weekday in enumerate(WEEKDAYS):
        spans = office.hours.get(weekday, ())
        if groups and groups[-1][1] == number - 1 and groups[-1][2] == spans:
            groups[-1] = (groups[-1][0], number, spans)
        else:
            groups.append((number, number, spans))
    return "; ".join(
        wording.text("rule.hours.each_day", day=_days(wording, first, last), spans=spans_in_sentence(wording, spans))
        for first, last, spans in groups
        if spans
    )


def office_in_sentence(wording: Catalog, mention: OfficeMention) -> str:
    """The office with its article, and in brackets the name by which the citizen knows it."""
    office = mention.office
    name = office.name_in(wording.language)
    title = wording.text(f"office.{office.article or 'none'}", name=name)
    alias = mention.name if mention.name != office.name else office.name
    return title if alias == name else wording.text("office.with_alias", office=title, alias=alias)


def sentence(text: str) -> str:
    """With a capital letter at the start."""
    return text[:1].upper() + text[1:]


def _days(wording: Catalog, first: int, last: int) -> str:
    names = [wording.text(f"weekday.{WEEKDAYS[number]}") for number in (first, last)]
    if first == last:
        return names[0]
    if last == first + 1:
        return wording.text("date.and").join(names)
    return wording.text("date.days_through", first=names[0], last=names[1])
