"""Chunks of any text: nothing lost, sizes bounded, ids that depend on nothing but the text and its place."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.index.chunk import Chunk
from app.index.modules import ModuleKind
from ingest.chunking import MAX_CHARS, chunk_document
from ingest.document import Module, ServiceDocument
from tests.ingest.samples import document

_ID_DIGITS = 20
PIECES = st.sampled_from(
    ["Wort", "ein Satz. ", "\n\n", "\n", "\r\n", "\r", "\u2028", "\x0b", "\t", "  \n", " ", "\u00a0", "- Punkt\n",
     "1. Punkt\n", "| a | b |\n|---|---|\n| c | 1,00 Euro |\n", "```\n", "# Titel\n", "> Zitat\n", "<b>", "&amp;",
     "[Link](https://a.example)", "\u200b", "\u202e", "u\u0308", "👩\u200d👧", "ظ", "x" * 1500, "y" * 1700, "z " * 900]
)  # fmt: skip
TEXTS = (st.text(max_size=300) | st.lists(PIECES, min_size=1, max_size=30).map("".join)).filter(
    lambda text: bool(text.strip())
)
KINDS = tuple(ModuleKind)


def without_whitespace(text: str) -> str:
    return "".join(text.split())


def of_modules(texts: list[str], document_id: str = "hund-anmelden") -> ServiceDocument:
    modules = tuple(
        Module(kind=kind, heading="Kosten", text=text, line=number)
        for number, (kind, text) in enumerate(zip(KINDS, texts, strict=False))
    )
    return document("unbenutzt").model_copy(update={"id": document_id, "modules": modules})


def ids(chunks: tuple[Chunk, ...]) -> list[str]:
    return [chunk.id for chunk in chunks]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("|" + "x" * 1600 + "|\n" * 3)
@example("\u2028".join(["Zeile " * 60] * 20))
def test_everything_but_whitespace_comes_back_in_order_in_parts_of_bounded_size(text: str) -> None:
    chunks = chunk_document(document(text))
    assert without_whitespace("".join(chunk.text for chunk in chunks)) == without_whitespace(text)
    assert all(chunk.text.strip() and len(chunk.text) <= MAX_CHARS for chunk in chunks)


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_every_module_is_cut_on_its_own_and_positions_count_through(texts: list[str]) -> None:
    chunks = chunk_document(of_modules(texts))
    assert [chunk.position for chunk in chunks] == list(range(len(chunks)))
    for kind, text in zip(KINDS, texts, strict=False):
        own = "".join(chunk.text for chunk in chunks if chunk.module is kind)
        assert without_whitespace(own) == without_whitespace(text)


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.lists(TEXTS, min_size=1, max_size=4))
def test_ids_are_stable_unique_and_independent_of_other_documents(own: list[str], others: list[str]) -> None:
    alone = ids(chunk_document(of_modules(own)))
    chunk_document(of_modules(others, "anderes"))
    assert ids(chunk_document(of_modules(own))) == alone
    assert len(set(alone)) == len(alone)
    assert all(len(one) == _ID_DIGITS and int(one, 16) >= 0 for one in alone)
    assert not set(alone) & set(ids(chunk_document(of_modules(own, "anderes"))))


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, min_size=2, max_size=4))
def test_a_change_in_the_last_module_keeps_the_ids_of_those_before(texts: list[str]) -> None:
    before = chunk_document(of_modules([*texts, "37,00 Euro"]))
    after = chunk_document(of_modules([*texts, "28,80 Euro"]))
    assert ids(before)[:-1] == ids(after)[:-1]
    assert before[-1].id != after[-1].id


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_sentences_never_have_more_than_the_text_of_their_chunk(text: str) -> None:
    for chunk in chunk_document(document(text)):
        letters = sum(char.isalpha() for sentence in chunk.sentences for char in sentence)
        assert letters <= sum(char.isalpha() for char in chunk.text)


@pytest.mark.parametrize("piece", ["x", " ", "\n", "\n\n", "a ", "Wort\n\n", "- Punkt\n", "Ein Satz. ", "| a | b |\n"])
def test_ten_times_the_text_takes_about_ten_times_as_long(piece: str) -> None:
    """Far from the hundred times that a quadratic splitter would take."""
    short, long = ("Anfang" + piece * (size // len(piece)) + "Ende" for size in (10_000, 100_000))
    assert _seconds(long) < 40 * max(_seconds(short), 0.002)


def _seconds(text: str) -> float:
    """The shortest of three runs, in seconds of processor time."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        chunk_document(document(text))
        taken.append(time.process_time() - start)
    return min(taken)
