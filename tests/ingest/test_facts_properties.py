"""Facts: what is rendered is read again, spans point at what they say, and no text is too odd or too long."""

import time
from datetime import time as clock
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.tenants.office import WEEKDAYS, TimeSpan, Weekday
from ingest.fact_span import Limit
from ingest.facts import Fact, facts_of
from ingest.facts_contact import Email, Phone, Url
from ingest.facts_hours import OpeningHours
from ingest.facts_law import LegalReference
from ingest.facts_money import FreeOfCharge, Money, Percentage
from ingest.facts_time import Age, CalendarDate, Deadline, DeadlineKind, Duration, Unit

PRICES = st.decimals(Decimal("0.01"), Decimal("9999999.99"), places=2)
LIMITS = st.sampled_from([None, *Limit])
COUNTS = st.integers(1, 9_999).map(Decimal)
NAMES = st.from_regex(r"[a-z][a-z0-9]{0,10}", fullmatch=True)


@st.composite
def ranges(draw: st.DrawFn, numbers: st.SearchStrategy[Decimal]) -> tuple[Decimal, Decimal | None]:
    """One number, or two in order."""
    first, second = sorted((draw(numbers), draw(numbers)))
    return (first, second) if first < second and draw(st.booleans()) else (first, None)


@st.composite
def money(draw: st.DrawFn) -> Money:
    amount, upper = draw(ranges(PRICES))
    return Money(amount, upper, draw(st.sampled_from(["EUR", "CHF", "USD", "GBP"])), draw(LIMITS))


@st.composite
def durations(draw: st.DrawFn) -> Duration:
    """Years with a limit are read as an age, and so is nothing else."""
    amount, upper = draw(ranges(COUNTS))
    unit = draw(st.sampled_from(list(Unit)))
    limit = draw(LIMITS) if unit is not Unit.YEAR else draw(st.sampled_from([None, Limit.ABOUT]))
    return Duration(amount, unit, upper, limit)


@st.composite
def ages(draw: st.DrawFn) -> Age:
    limits = [None, Limit.AT_LEAST, Limit.UNDER, Limit.OVER, Limit.AT_MOST]
    years = draw(st.integers(0, 120))
    if draw(st.booleans()):
        return Age(years, years + draw(st.integers(1, 10)))
    return Age(years, None, draw(st.sampled_from(limits)))


DATES = st.dates().map(lambda day: CalendarDate(day.day, day.month, day.year)) | st.dates().map(
    lambda day: CalendarDate(day.day, day.month)
)


@st.composite
def deadlines(draw: st.DrawFn) -> Deadline:
    kind = draw(st.sampled_from(list(DeadlineKind)))
    if kind is DeadlineKind.UNTIL or draw(st.booleans()):
        return Deadline(kind if kind is not DeadlineKind.WITHIN else DeadlineKind.LATEST, draw(DATES))
    amount, upper = draw(ranges(COUNTS))
    time = Duration(amount, draw(st.sampled_from(list(Unit))), upper, draw(st.sampled_from([None, Limit.ABOUT])))
    return Deadline(kind, time, draw(st.sampled_from([None, "vor", "nach"])))


@st.composite
def hours(draw: st.DrawFn) -> OpeningHours:
    chosen = draw(st.sets(st.sampled_from(WEEKDAYS), min_size=1))
    days: tuple[Weekday, ...] = tuple(day for day in WEEKDAYS if day in chosen)
    count = draw(st.integers(1, 2))
    moments = sorted(draw(st.sets(st.integers(0, 24 * 60 - 1), min_size=2 * count, max_size=2 * count)))
    times = [clock(*divmod(moment, 60)) for moment in moments]
    spans = tuple(TimeSpan(start=times[at], end=times[at + 1]) for at in range(0, 2 * count, 2))
    return OpeningHours(days, spans)


@st.composite
def laws(draw: st.DrawFn) -> LegalReference:
    details = st.sampled_from(["", " Abs. 1", " Abs. 2 Satz 1", " Nr. 3"])
    number = st.integers(1, 1999).map(str)
    sections = draw(st.lists(st.tuples(number, details).map("".join), min_size=1, max_size=4, unique=True))
    law = draw(st.sampled_from(["BMG", "PAuswG", "SGB X", "BauO NRW 2018", "StVO", ""]))
    return LegalReference(tuple(sections), law)


PHONES = st.from_regex(r"\+49[1-9][0-9]{5,11}", fullmatch=True).map(Phone) | st.sampled_from(
    [Phone("116116"), Phone("116117"), Phone("110"), Phone("112"), Phone("115")]
)
MAILS = st.builds(lambda name, host: Email(f"{name}@{host}.example"), NAMES, NAMES)
URLS = st.builds(lambda host, path: Url(f"https://www.{host}.example/{path}"), NAMES, NAMES)
PERCENTAGES = st.builds(Percentage, st.decimals(Decimal(0), Decimal(1000), places=1), LIMITS)
FACTS = st.one_of(
    money(), st.just(FreeOfCharge()), PERCENTAGES, durations(), ages(), DATES, deadlines(), hours(), PHONES, MAILS,
    URLS, laws(),
)  # fmt: skip
FRAMES = st.sampled_from(
    ["{}", "Es gilt: {}.", "- Angabe: {}, sagt das Amt", "({})", "Zeile davor\n\n{}\nZeile danach"]
)
PIECES = st.sampled_from(
    ["\n", " ", "u\u0308", "İ", "٣٧", "²", "\x00", "\ud7ff", "+49", "(0)", "a@b.de", "https://", "01.03.",
     *"""12 bis 37,00 Euro € EUR ein zwei Wochen Jahre ab § §§ Abs. BMG Mo – 8 Uhr 8.30 03999 115 2026 März , . - / %
     und innerhalb von spätestens nach frei kosten hundert tausend""".split()]
)  # fmt: skip
TEXTS = st.text(max_size=200) | st.lists(PIECES, max_size=60).map(" ".join) | st.lists(PIECES, max_size=60).map("".join)


@settings(max_examples=400, deadline=None)
@given(FACTS, FRAMES)
@example(Money(Decimal("1250.00")), "{}")
@example(Deadline(DeadlineKind.WITHIN, Duration(Decimal(1), Unit.MONTH)), "{}")
@example(CalendarDate(29, 2), "{}")
def test_a_fact_that_is_rendered_is_read_again(fact: Fact, frame: str) -> None:
    text = frame.format(fact)
    assert facts_of(text, "de") == (fact,)


@settings(max_examples=300, deadline=None)
@given(FACTS, FRAMES)
def test_the_span_of_a_rendered_fact_is_its_place(fact: Fact, frame: str) -> None:
    text = frame.format(fact)
    assert [found.span.of(text) for found in facts_of(text, "de")] == [str(fact)]


@settings(max_examples=500, deadline=None)
@given(TEXTS, st.sampled_from(["de", "en", "uk"]))
@example("12" + "\u0301" * 40 + " Euro", "de")
@example("fu\u0308nf Euro", "de")
def test_no_text_raises_and_spans_are_in_order_and_apart(text: str, language: str) -> None:
    end = 0
    for fact in facts_of(text, language):
        assert end <= fact.span.start < fact.span.end <= len(text)
        assert fact.span.of(text).strip()
        end = fact.span.end


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_what_a_span_points_at_says_the_same_fact_alone(text: str) -> None:
    """Apart from words around that make another thing of a figure: those are part of the span."""
    for fact in facts_of(text, "de"):
        alone = facts_of(fact.span.of(text), "de")
        if not isinstance(fact, LegalReference):  # the law of "§ 1 und § 2 BGB" stands behind the second
            assert alone[:1] == (fact,) or isinstance(fact, Phone | CalendarDate | Duration)


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
def test_facts_of_two_paragraphs_are_those_of_each(first: str, second: str) -> None:
    apart = "\n\nDazwischen steht ein Satz ohne alles.\n\n"
    both = facts_of(first + apart + second, "de")
    assert both == (*facts_of(first + apart, "de"), *facts_of(apart + second, "de"))


def test_letters_that_are_put_together_of_two_characters_keep_their_places() -> None:
    text = "Gebu\u0308hr: fu\u0308nf Euro fu\u0308r Ma\u0308rz"
    (fact,) = facts_of(text, "de")
    assert (str(fact), fact.span.of(text)) == ("5,00 €", "fu\u0308nf Euro")


@pytest.mark.parametrize(
    "piece",
    ["1", "1.", "1,", "1 ", "12 bis ", "§ 1, ", "§§ ", "Mo–", "Mo, ", "0", "03999 ", "+49 ", "(", "a@", "a.",
     "https://a", "innerhalb von ", "hundert", "tausend", "ein ", "zwei", "-", "–", " ", "\n", "u\u0308", "\u0301",
     "12 Euro ", "1.3.", "2 Wochen ", "von 2 ", "§ 1 A", "Mo 8-12, "],
)  # fmt: skip
def test_ten_times_the_text_takes_about_ten_times_as_long(piece: str) -> None:
    """Far from the hundred times that a quadratic reader would take; generous, as other work shares the machine."""
    short, long = piece * (4_000 // len(piece)), piece * (40_000 // len(piece))
    assert _seconds(long) < 35 * max(_seconds(short), 0.002)


def _seconds(text: str) -> float:
    """The shortest of three runs, in seconds of processor time."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        facts_of(text, "de")
        taken.append(time.process_time() - start)
    return min(taken)
