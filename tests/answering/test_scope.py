"""Which passages a question may be answered from."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from app.answering.scope import search_scope
from app.index.chunk import Chunk
from app.index.generation import Generation
from tests.answering.generations import small_generation
from tests.answering.samples import chunk

DAY = date(2026, 11, 2)


def _chunk(
    document_id: str, service: str, language: str = "de", sentences: tuple[str, ...] = ("Eins.", "Zwei.")
) -> Chunk:
    return replace(chunk(sentences, document_id=document_id, language=language), id=document_id, service=service)


CHUNKS = (
    _chunk("pass", "pass"),
    _chunk("pass.en", "pass", "en"),
    _chunk("hund", "hund", sentences=("Eins.", "Zwei.", "Drei.")),
    replace(_chunk("hund-alt", "hund"), valid_until=date(2025, 12, 31)),
    replace(_chunk("hund-neu", "hund"), valid_from=date(2027, 1, 1)),
    replace(_chunk("hund.einfach", "hund"), variant="einfach"),
    _chunk("leer", "leer", sentences=()),
)


@pytest.fixture(scope="module")
def generation() -> Iterator[Generation]:
    with small_generation(CHUNKS) as made:
        yield made


def _usable(generation: Generation, language: str, day: date = DAY) -> set[str]:
    usable = search_scope(generation, language, day).usable
    return {chunk.id for chunk, use in zip(generation.chunks, usable, strict=True) if use}


@pytest.mark.parametrize(
    ("language", "found"),
    [("de", {"pass", "hund", "leer"}), ("en", {"pass", "pass.en", "hund", "leer"}), ("fr", {"pass", "hund", "leer"})],
)
def test_a_translation_is_searched_beside_its_german_text_and_german_for_what_is_not_translated(
    generation: Generation, language: str, found: set[str]
) -> None:
    assert _usable(generation, language) == found


@pytest.mark.parametrize(
    ("day", "found"),
    [(date(2025, 12, 31), {"hund", "hund-alt"}), (DAY, {"hund"}), (date(2027, 1, 1), {"hund", "hund-neu"})],
)
def test_a_text_counts_from_its_first_to_its_last_day(generation: Generation, day: date, found: set[str]) -> None:
    assert _usable(generation, "de", day) - {"pass", "leer"} == found


def test_sentences_are_those_of_the_usable_passages_in_order(generation: Generation) -> None:
    scope = search_scope(generation, "de", DAY)
    assert scope.rows.tolist() == [0, 2]
    assert scope.sentences.tolist() == [0, 1, 4, 5, 6]
    assert scope.starts.tolist() == [0, 2]
    assert scope.spans == {"pass": (slice(0, 2),), "hund": (slice(2, 5),)}


def test_nothing_usable_is_an_empty_scope(generation: Generation) -> None:
    with small_generation([replace(CHUNKS[0], valid_until=date(2020, 1, 1))]) as outdated:
        scope = search_scope(outdated, "de", DAY)
    assert not scope.usable.any()
    assert (len(scope.rows), len(scope.sentences), scope.documents) == (0, 0, frozenset())


def test_a_scope_is_computed_once_a_language_and_day(generation: Generation) -> None:
    first = search_scope(generation, "de", DAY)
    assert search_scope(generation, "de", DAY) is first
    assert search_scope(generation, "de", date(2026, 11, 3)) is not first
    assert search_scope(generation, "en", DAY) is not first
