"""Chunks: a module each, split when it is long, and always the same."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.index.chunk import chunk_id
from app.index.modules import ModuleKind
from ingest.chunking import MAX_CHARS, chunk_document
from tests.ingest.samples import document

PIECES = st.sampled_from(["Wort", "ein Satz. ", "\n\n", "\n", "  \n", " ", "- Punkt\n", "x" * 1500, "y" * 1700, "Ende"])
TEXTS = st.lists(PIECES, min_size=1, max_size=40).map("".join).filter(lambda text: bool(text.strip()))


def without_whitespace(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=60)
@given(TEXTS)
@example("a" * 1599 + "  \nEnde")
@example("Donaudampfschiff" * 625)
@example("\n".join(["Zeile " * 50] * 20))
def test_parts_hold_the_whole_text_in_order_and_none_is_too_long_or_empty(text: str) -> None:
    chunks = chunk_document(document(text))
    assert without_whitespace("".join(chunk.text for chunk in chunks)) == without_whitespace(text)
    assert all(chunk.text.strip() and len(chunk.text) <= MAX_CHARS for chunk in chunks)
    assert [chunk.position for chunk in chunks] == list(range(len(chunks)))


@settings(max_examples=30)
@given(TEXTS)
def test_sentences_of_the_parts_hold_every_letter_too(text: str) -> None:
    told = "".join(sentence for chunk in chunk_document(document(text)) for sentence in chunk.sentences)
    assert [char for char in told if char.isalpha()] == [char for char in text if char.isalpha()]


def test_a_word_of_10000_characters_becomes_parts_of_the_longest_allowed_size() -> None:
    sizes = [len(chunk.text) for chunk in chunk_document(document("w" * 10_000))]
    assert sizes == [MAX_CHARS] * 6 + [400]


def test_a_long_module_is_split_between_paragraphs() -> None:
    paragraphs = [f"Absatz {number}. " + "Wort " * 150 for number in range(4)]
    texts = [chunk.text for chunk in chunk_document(document("\n\n".join(paragraphs)))]
    assert [text[:9] for text in texts] == ["Absatz 0.", "Absatz 2."]


def test_each_module_is_a_chunk_with_the_heading_that_citizens_see() -> None:
    kinds = (ModuleKind.COSTS, ModuleKind.DEADLINE)
    chunks = chunk_document(document("96,00 Euro im Jahr. Ermäßigt 48,00 Euro.", kinds=kinds))
    assert [(chunk.module, chunk.heading) for chunk in chunks] == [(kinds[0], "Kosten"), (kinds[1], "Frist")]
    assert chunks[0].context == "Hund anmelden (Hundesteuer): Kosten"
    assert chunks[0].sentences == ("96,00 Euro im Jahr.", "Ermäßigt 48,00 Euro.")


def test_ids_are_the_same_every_time_and_no_two_are_equal() -> None:
    kinds = (ModuleKind.COSTS, ModuleKind.DEADLINE)
    ids = [chunk.id for chunk in chunk_document(document("Gleicher Text.", kinds=kinds))]
    assert ids == [chunk.id for chunk in chunk_document(document("Gleicher Text.", kinds=kinds))]
    assert len(set(ids)) == 2


def test_an_id_stays_for_ever() -> None:
    assert chunk_id("hund-anmelden", ModuleKind.COSTS, 0, "96,00 Euro", "de") == "08b4be9266ad029e0405"


def test_a_new_title_keeps_the_id_and_a_new_text_changes_it() -> None:
    (before,) = chunk_document(document("96,00 Euro"))
    (renamed,) = chunk_document(document("96,00 Euro", title="Hundesteuer"))
    (changed,) = chunk_document(document("98,00 Euro"))
    assert before.id == renamed.id != changed.id


def test_validity_includes_both_ends() -> None:
    (chunk,) = chunk_document(document("96,00 Euro"))
    first, last, day = date(2026, 1, 1), date(2026, 1, 31), timedelta(days=1)
    limited = replace(chunk, valid_from=first, valid_until=last)
    assert [limited.valid_on(when) for when in (first - day, first, last, last + day)] == [False, True, True, False]
    assert chunk.valid_on(date(1900, 1, 1))
