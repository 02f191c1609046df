"""Quotable units: what a citizen may be shown word for word."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.text.units import quotable_units, split_sentences

WORDS = st.sampled_from(
    ["Frist", "37,00 €", "z. B.", "3.", "Straße", "§ 5", "(Bürgeramt)", "»ja«", "10².", "Hund!", "…", "Nr. 7", "am"]
)
LINES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
MARKED = st.tuples(
    st.sampled_from(["", "- ", "* ", "  - ", "> ", "1. ", "2) ", "15. ", "**", "    ", "---\n", "| "]), LINES
).map("".join)
MARKDOWN = st.lists(MARKED, max_size=8).map("\n".join)
"""Without headings, links and tables, whose texts or targets are left out on purpose."""


def letters(text: str) -> str:
    """All letters of a text in order; digits aside, because the number of a list item is a mark."""
    return "".join(char for char in text if char.isalpha())


@given(MARKDOWN)
@example("5.\n\nText nach einer leeren Zeile")
@example("Frist\n---\nam")
def test_no_letter_is_lost_or_moved(markdown: str) -> None:
    assert letters(" ".join(quotable_units(markdown))) == letters(markdown)


@given(LINES)
def test_split_sentences_lose_nothing_but_whitespace(text: str) -> None:
    assert "".join("".join(split_sentences(text)).split()) == "".join(text.split())


@given(st.text(max_size=300))
@example("10². Danach")
@example("1" * 5000 + ". Tag")
@example("\x00- \n1.\n")
def test_any_text_gives_trimmed_units_without_line_breaks(text: str) -> None:
    for unit in quotable_units(text):
        assert unit
        assert unit == unit.strip()
        assert "\n" not in unit


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Das kostet 37,00 Euro. Kinder zahlen nichts.", ["Das kostet 37,00 Euro.", "Kinder zahlen nichts."]),
        ("Bringen Sie z. B. Ihren Pass mit. Danke!", ["Bringen Sie z. B. Ihren Pass mit.", "Danke!"]),
        ("Bringen Sie z.B. Ihren Pass mit.", ["Bringen Sie z.B. Ihren Pass mit."]),
        ("Am 3. Oktober ist zu. Sonst offen.", ["Am 3. Oktober ist zu.", "Sonst offen."]),
        ("Es gilt bis 2027. Danach neu.", ["Es gilt bis 2027.", "Danach neu."]),
        ("Nach Abs. 2 Nr. 4 gilt es. Ende.", ["Nach Abs. 2 Nr. 4 gilt es.", "Ende."]),
        ("Die Fläche ist 100 m². Danach messen.", ["Die Fläche ist 100 m².", "Danach messen."]),
        (
            "Це коштує 12,00 євро. Їх видають тут, вул. Шевченка, буд. 5а. Є ще питання?",
            ["Це коштує 12,00 євро.", "Їх видають тут, вул. Шевченка, буд. 5а.", "Є ще питання?"],
        ),
        ("التسجيل مجاني. كم يستغرق؟ نحو 15 دقيقة.", ["التسجيل مجاني.", "كم يستغرق؟", "نحو 15 دقيقة."]),
        ("يسري فورًا. أما التسجيل فمجاني.", ["يسري فورًا.", "أما التسجيل فمجاني."]),
        (
            "Kayıt ücretsizdir. İki hafta sürer. Şimdi gelin.",
            ["Kayıt ücretsizdir.", "İki hafta sürer.", "Şimdi gelin."],
        ),
        ("Er sagte: »Ja.« Dann ging er.", ["Er sagte: »Ja.«", "Dann ging er."]),
        ("Kommen Sie? „Ja.“ § 5 gilt.", ["Kommen Sie?", "„Ja.“", "§ 5 gilt."]),
        ("ohne Satzzeichen", ["ohne Satzzeichen"]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


def test_list_items_are_units_without_their_marks() -> None:
    assert quotable_units("Sie brauchen:\n\n- **Pass**\n- ein [Foto](https://x.example)\n\n1. Antrag\n2. Abholung") == (
        "Sie brauchen:",
        "Pass",
        "ein Foto",
        "Antrag",
        "Abholung",
    )


def test_headings_are_left_out() -> None:
    assert quotable_units("### Für Kinder\n\nEin Foto.") == ("Ein Foto.",)


def test_a_table_row_is_one_unit() -> None:
    table = "| Ausweis | Gebühr |\n|---|---|\n| ab 24 | 37,00 Euro. Bar. |\n| | 22,80 Euro |"
    assert quotable_units(table) == ("Ausweis: Gebühr", "ab 24: 37,00 Euro. Bar.", "22,80 Euro")


@pytest.mark.parametrize("line", ["15. Februar: Grundsteuer", "1. Januar bis 31. März"])
def test_a_day_that_markdown_takes_for_a_list_number_is_kept(line: str) -> None:
    assert quotable_units(line) == (line,)


def test_a_line_before_a_rule_is_text_and_no_heading() -> None:
    assert quotable_units("Wichtig: Termin nötig.\n---\nMehr.") == ("Wichtig: Termin nötig.", "Mehr.")


def test_a_line_that_looks_like_a_link_definition_is_text() -> None:
    assert quotable_units("[Hinweis]: Bargeld") == ("[Hinweis]: Bargeld",)


@pytest.mark.parametrize(
    "hostile", ["z. B. " * 8_000, "a" * 50_000 + "! B", "." * 50_000, '."' * 25_000 + " A", " " * 50_000]
)
def test_hostile_paragraphs_take_no_more_than_linear_time(hostile: str) -> None:
    start = time.process_time()
    split_sentences(hostile)
    assert time.process_time() - start < 2
