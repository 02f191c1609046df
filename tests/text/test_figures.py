"""Figures: two notations of one figure are the same, and no two figures are."""

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.text.figures import Figure, FigureKind, figures

NOTATIONS = [
    ("37,00 €", "37 Euro", "37.00 euros", "€ 37", "37,- Euro", "37 EUR", "37\u00a0€"),
    ("1.234,56 Euro", "1,234.56 euros", "1234,56 €", "1\u202f234,56 €"),
    ("1.000 Euro", "1,000 euros", "1000 €", "1.000,00 Euro"),
    ("12,5 %", "12.5 percent", "12,50 Prozent"),
    ("drei Wochen", "3 Wochen", "3-Wochen", "three weeks", "Drei Wochen"),
    ("vierzehn Tage", "14 Tagen", "fourteen days"),
    ("einen Monat", "1 Monat", "one month", "eines Monats"),
    ("zwei Jahren", "2 years"),
    ("fünf Werktage", "5 Arbeitstagen", "5 working days"),
    ("2 bis 3 Wochen", "2–3 Wochen", "zwei bis drei Wochen", "2 to 3 weeks", "2 Wochen bis 3 Wochen"),
    ("37 bis 40 Euro", "37–40€", "37,00 Euro bis 40,00 Euro"),
    ("5–10 %", "5 Prozent bis 10 Prozent"),
    ("15. Februar 2027", "15.02.2027", "15.2.27", "2027-02-15", "15 February 2027", "February 15, 2027"),
    ("1. März", "01.03.", "1.3.", "March 1", "1. ma\u0308rz"),
    ("8 Uhr", "08:00", "8:00 Uhr", "8.00 Uhr", "8 am", "8 a.m."),
    ("14:30", "14.30 Uhr", "2:30 pm", "2.30 p.m."),
    ("12 Uhr", "12:00", "12 pm", "12:00 pm"),
    ("8 bis 12 Uhr", "8:00–12:00 Uhr", "8 am to 12 pm", "von 8 Uhr bis 12 Uhr"),
    ("0211 12345", "0211/12345", "(0211) 123 45", "0211-12345", "+49 211 12345", "+49 (0)211 12345", "0049 211 12345"),
    ("§ 5", "§5", "§\u00a05", "Art. 5", "Artikel 5", "§ 5\n"),
    ("§ 12a", "§ 12 a", "§ 12\u00a0A"),
    ("info@Musterstadt.example", "info@musterstadt.example"),
    ("https://www.musterstadt.example/", "https://www.musterstadt.example"),
    ("dreißig Kilo", "30 Kilo", "DREISSIG Kilo"),
]


@pytest.mark.parametrize("same", NOTATIONS, ids=lambda same: same[0])
def test_notations_of_one_figure_agree(same: tuple[str, ...]) -> None:
    expected = figures(same[0])
    assert expected
    for notation in same[1:]:
        assert figures(notation) == expected, notation


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("37,50 Euro", FigureKind.AMOUNT, "37.50"),
        ("19 %", FigureKind.PERCENT, "19"),
        ("31.12.2026", FigureKind.DATE, "2026-12-31"),
        ("24. Dezember", FigureKind.DATE, "12-24"),
        ("7:15 Uhr", FigureKind.TIME, "07:15"),
        ("6 Monate", FigureKind.DURATION, "6 month"),
        ("02345 678-90", FigureKind.PHONE, "0234567890"),
        ("amt@stadt.example", FigureKind.MAIL, "amt@stadt.example"),
        ("www.stadt.example/a.", FigureKind.URL, "www.stadt.example/a"),
        ("§ 34c", FigureKind.PARAGRAPH, "34c"),
        ("40 Zentimeter", FigureKind.NUMBER, "40"),
        ("zwölf Personen", FigureKind.NUMBER, "12"),
    ],
)
def test_each_kind_is_told_by_its_form(text: str, kind: FigureKind, value: str) -> None:
    assert figures(text) == {Figure(kind, value)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("37 Euro", "37,10 Euro"),
        ("37 Euro", "37 Tage"),
        ("3 Wochen", "3 Monate"),
        ("5 Tage", "5 Werktage"),
        ("15. Februar", "15. März"),
        ("15. Februar 2026", "15. Februar 2027"),
        ("8 Uhr", "8 pm"),
        ("0211 12345", "0211 12346"),
        ("§ 5", "§ 5a"),
        ("1,5 Stunden", "15 Stunden"),
        ("1" * 40, "1" * 39 + "2"),
        ("a@b.example", "a@c.example"),
    ],
)
def test_different_figures_differ(one: str, other: str) -> None:
    assert not figures(one) & figures(other)


def test_a_figure_is_read_once_and_by_its_most_specific_kind() -> None:
    kinds = {figure.kind for figure in figures("Am 15. Februar um 8:00 Uhr 37 Euro nach § 5")}
    assert kinds == {FigureKind.DATE, FigureKind.TIME, FigureKind.AMOUNT, FigureKind.PARAGRAPH}


@pytest.mark.parametrize(
    "text",
    ["", "Bringen Sie Ihren Ausweis mit.", "ein Foto", "an den Schalter", "Art der Leistung", "May I come?"],
)
def test_texts_without_figures_have_none(text: str) -> None:
    assert figures(text) == frozenset()


def test_german_am_makes_no_morning_of_a_house_number() -> None:
    assert figures("Haus 14 am Markt") == {Figure(FigureKind.NUMBER, "14")}


def test_the_end_of_a_word_is_no_article_of_a_law() -> None:
    assert figures("Nach dem Start. 5 Tage Zeit.") == {Figure(FigureKind.DURATION, "5 day")}


@given(st.decimals(min_value=0, max_value=Decimal("9999999.99"), places=2))
def test_amounts_round_trip_through_german_and_english_notation(amount: Decimal) -> None:
    english = f"{amount:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    expected = {Figure(FigureKind.AMOUNT, f"{amount:.2f}")}
    assert figures(f"Das kostet {german} Euro.") == figures(f"It costs {english} euros.") == expected


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_dates_round_trip(day: date) -> None:
    expected = {Figure(FigureKind.DATE, day.isoformat())}
    months = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
    for written in (
        f"am {day.day}. {months[day.month - 1]} {day.year}",
        f"am {day:%d.%m.%Y}",
        f"am {day.day}.{day.month}.{day.year} fällig",
        day.isoformat(),
    ):
        assert figures(written) == expected


@given(st.integers(0, 23), st.integers(0, 59))
def test_times_round_trip(hour: int, minute: int) -> None:
    half = "am" if hour < 12 else "pm"
    expected = {Figure(FigureKind.TIME, f"{hour:02}:{minute:02}")}
    for written in (
        f"um {hour}:{minute:02} Uhr",
        f"ab {hour}.{minute:02} Uhr",
        f"{(hour - 1) % 12 + 1}:{minute:02} {half}",
    ):
        assert figures(written) == expected


@given(st.text(max_size=400))
@example("3. aprıl, 5 mınuten, 3. APRİL, ſechs Monate, 5 wee\u212as")
@example("0.0.0, 99.99.9999, 45:99 Uhr, 00. Mai")
@example("٣ Euro, ３７ Euro, 1²")
def test_any_text_gives_figures_without_an_error(text: str) -> None:
    for figure in figures(text):
        assert figure.value


@given(st.text(max_size=100), st.sampled_from([same[0] for same in NOTATIONS]))
def test_a_figure_is_found_whatever_lines_stand_around_it(text: str, figure: str) -> None:
    words = "".join(char if char.isalpha() else " " for char in text)
    assert figures(figure) <= figures(f"Hier:\n{figure}\nZum Lesen {words}")


@pytest.mark.parametrize(
    "hostile",
    [
        "1" * 50_000,
        "(" * 50_000,
        ".123" * 12_500,
        "1.234" * 10_000,
        "1," * 25_000,
        "1 " * 25_000,
        "12 34 " * 8_000,
        "1-" * 25_000,
        "€ " * 25_000,
        "§ " * 25_000,
        "www." * 12_500,
        "a@" * 25_000,
        "a" * 50_000 + "@",
        "ein " * 12_500,
        "1 bis " * 8_000,
        "zweiund" * 7_000,
    ],
    ids=lambda hostile: hostile[:8],
)
def test_hostile_input_takes_linear_time(hostile: str) -> None:
    start = time.process_time()
    figures(hostile)
    assert time.process_time() - start < 3
