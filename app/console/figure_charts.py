"""The charts and key figures of a period, from its spans."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.answering.values import Status
from app.records.figures import Span, Step
from app.web.charts import Chart, Kind, Series, shown
from app.wording.console import console_catalog

_GROUPS = {
    "answered": (Status.ANSWERED, Status.ANSWERED_BY_RULE),
    "partly": (Status.ANSWERED_PARTLY,),
    "asked_back": (Status.NEEDS_CLARIFICATION,),
    "not_found": (Status.NOT_IN_KNOWLEDGE,),
    "staff": (Status.DECIDED_BY_STAFF, Status.EMERGENCY),
    "other": (Status.OUT_OF_SCOPE, Status.DECLINED, Status.BUSY, Status.FAILED, Status.PAUSED),
}
_ANSWERED = ("answered", "partly")
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Tile:
    """A key figure."""

    name: str
    value: str
    note: str = ""


def label(span: Span, step: Step) -> str:
    """For example "22.11.2026", "KW 47 (ab 16.11.2026)", "11/2026"."""
    if step is Step.DAY:
        return f"{span.first:%d.%m.%Y}"
    return f"KW {span.first:%V} (ab {span.first:%d.%m.%Y})" if step is Step.WEEK else f"{span.first:%m/%Y}"


def short_label(span: Span, step: Step) -> str:
    """For the axis."""
    if step is Step.DAY:
        return f"{span.first:%d.%m.}"
    return f"KW {span.first:%V}" if step is Step.WEEK else f"{span.first:%m/%y}"


def figure_charts(spans: Sequence[Span], step: Step) -> tuple[Chart, ...]:
    """Answers by outcome and by language, durations, ratings, energy."""
    say = console_catalog("figures").text
    labels, short = tuple(label(span, step) for span in spans), tuple(short_label(span, step) for span in spans)
    axis = say(f"step.{step}")

    def chart(name: str, kind: Kind, series: Sequence[Series], unit: str = "", decimals: int = 0) -> Chart:
        title = say(f"chart.{name}")
        return Chart(name, kind, title, unit, axis, labels, short, tuple(series), decimals)

    outcomes = [Series(say(f"group.{group}"), tuple(float(_sum(span, group)) for span in spans)) for group in _GROUPS]
    names = sorted({name for span in spans for name in span.languages}, key=lambda name: (name != "de", name))
    languages = [Series(language_name(name), tuple(float(span.languages[name]) for span in spans)) for name in names]
    durations = [
        Series(say("median"), tuple(_seconds(span, 0.5) for span in spans)),
        Series(say("p95"), tuple(_seconds(span, 0.95) for span in spans)),
    ]
    ratings = [
        Series(say("helpful"), tuple(float(span.helpful) for span in spans)),
        Series(say("not_helpful"), tuple(float(span.not_helpful) for span in spans)),
    ]
    energy = [Series(say("energy"), tuple(span.energy_wh for span in spans))]
    return (
        chart("outcomes", Kind.STACKED, outcomes),
        chart("languages", Kind.STACKED, shown(languages, console_catalog("charts").text("others"))),
        chart("durations", Kind.LINES, durations, "s", 2),
        chart("ratings", Kind.STACKED, ratings),
        chart("energy", Kind.BARS, energy, "Wh", 2),
    )


def figure_tiles(span: Span) -> tuple[Tile, ...]:
    """The key figures of a whole period."""
    say = console_catalog("figures").text
    answered = sum(_sum(span, group) for group in _ANSWERED)
    rated = span.helpful + span.not_helpful
    median, slow = _seconds(span, 0.5), _seconds(span, 0.95)
    return (
        Tile(say("tile.questions"), german(span.answers)),
        Tile(say("tile.answered"), share(answered, span.answers), say("tile.answered_note", count=german(answered))),
        Tile(say("tile.helpful"), share(span.helpful, rated), say("tile.helpful_note", count=german(rated))),
        Tile(
            say("tile.duration"),
            "–" if median is None else f"{german(median, 1)} s",
            "" if slow is None else say("tile.duration_note", slow=german(slow, 1)),
        ),
        Tile(say("tile.energy"), f"{german(span.energy_wh, 1)} Wh", say("tile.energy_note")),
    )


def german(number: float, decimals: int = 0) -> str:
    """With a decimal comma and points between thousands."""
    return f"{number:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def share(part: float, whole: float) -> str:
    """In percent; a dash when there is no whole."""
    return f"{german(_PERCENT * part / whole)} %" if whole else "–"


def language_name(code: str) -> str:
    """A language in German; its code when the wording doesn't know it."""
    wording = console_catalog("figures")
    key = f"language.{code}"
    return wording.text(key) if key in wording.texts else code.upper()


def _sum(span: Span, group: str) -> int:
    return sum(span.statuses[status] for status in _GROUPS[group])


def _seconds(span: Span, part: float) -> float | None:
    milliseconds = span.duration_ms(part)
    return None if milliseconds is None else milliseconds / 1000
