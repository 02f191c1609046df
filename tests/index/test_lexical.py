"""The lexical index: the words that citizens type meet the words of the texts."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.index.aliases import Alias
from app.index.lexical import LEXICAL_FOLDER, LexicalIndex, write_lexical
from app.text.terms import fold, stem
from tests.index.samples import passages

TEXTS = (
    "Ein neuer Personalausweis kostet 37,00 Euro. Der Ausweis zeigt Ihre Anschrift, das Personal hilft.",
    "Für jeden Hund ist Hundesteuer zu zahlen. Die Steuer ist im Februar fällig.",
    "Sperrmüll holen wir nach Anmeldung ab. Die Gebühr beträgt 20 Euro.",
    "Wer umzieht, meldet die neue Wohnung innerhalb von zwei Wochen an.",
)

ALIASES = (Alias("text-1", "Vierbeiner", question=False), Alias("text-3", "Wie melde ich mich um?", question=True))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    folder = tmp_path_factory.mktemp("lexical")
    write_lexical(folder, passages(*TEXTS), ALIASES)
    return LexicalIndex(folder)


def best(index: LexicalIndex, question: str) -> int | None:
    """Row of the passage with the highest score; None when no word meets any."""
    scores = index.scores(index.query_terms(question))
    assert scores.shape == (len(TEXTS),)
    return int(scores.argmax()) if scores.any() else None


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("Was kostet ein Personalausweis?", 0),
        ("neue Ausweise", 0),
        ("Hundesteuer", 1),
        ("Steuern für Hunde", 1),
        ("SPERRMUELL GEBUEHREN", 2),
        ("Wohnungen", 3),
        ("Perzonalausweis verloren", 0),
        ("Hundestuer", 1),
        ("Sperrmühl", 2),
        ("Fahrrad", None),
        ("", None),
        ("🐶", None),
        ("ist das der die", None),
    ],
)
def test_a_question_finds_the_passage_with_its_words(index: LexicalIndex, question: str, row: int | None) -> None:
    assert best(index, question) == row


def test_a_compound_is_searched_with_its_parts(index: LexicalIndex) -> None:
    ((whole, *parts),) = index.query_terms("Personalausweis").groups
    assert (whole, parts) == (stem("personalausweis"), [stem("personal"), stem("ausweis")])


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("Perzonalausweis", "personalausweis"),
        ("Hundestuer", "hundesteuer"),
        ("Wonung", "wohnung"),
        ("Febuar", "februar"),
    ],
)
def test_a_typo_is_replaced_by_a_known_word_and_told(index: LexicalIndex, typed: str, known: str) -> None:
    query = index.query_terms(typed)
    assert query.corrections == ((fold(typed), known),)
    assert query.groups[0][0] == stem(known)


@pytest.mark.parametrize("word", ["Hund", "Personalausweise", "Rund", "Xylophon", "12345", "Katze"])
def test_known_short_and_foreign_words_are_not_corrected(index: LexicalIndex, word: str) -> None:
    assert index.query_terms(word).corrections == ()


def test_words_that_any_service_could_be_asked_about_are_no_topic(index: LexicalIndex) -> None:
    query = index.query_terms("Welche Unterlagen und Kosten für den Hund?")
    assert query.topic == ((stem("hund"),),)
    assert len(query.groups) == 3


@pytest.mark.parametrize(
    ("question", "document", "low", "high"),
    [
        ("Hundesteuer", "text-1", 1, 1),
        ("Hundesteuer", "text-3", 0, 0),
        ("Was kostet das?", "text-3", 1, 1),
        ("Hund Fahrrad", "text-1", 0.2, 0.8),
        ("Hund", "unbekannt", 0, 0),
    ],
)
def test_coverage_is_the_share_of_topic_words_that_a_document_knows(
    index: LexicalIndex, question: str, document: str, low: float, high: float
) -> None:
    assert low <= index.coverage(index.query_terms(question), document) <= high


def test_a_word_that_only_an_alias_has_is_known_to_its_document(index: LexicalIndex) -> None:
    query = index.query_terms("Vierbeiner")
    assert query.corrections == ()
    assert (index.coverage(query, "text-1"), index.coverage(query, "text-0"), index.unknown_share(query)) == (1, 0, 0)


def test_parts_of_a_compound_count_for_less_than_the_word(index: LexicalIndex) -> None:
    covered = index.coverage(index.query_terms("Personalsteuer"), "text-1")
    assert 0 < covered < index.coverage(index.query_terms("Steuer"), "text-1")


def test_the_unknown_share_is_that_of_topic_words_that_stand_nowhere(index: LexicalIndex) -> None:
    assert 0 < index.unknown_share(index.query_terms("Hund Fahrrad")) < 1
    assert index.unknown_share(index.query_terms("Fahrrad")) == 1
    assert index.unknown_share(index.query_terms("Kosten?")) == 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(max_size=120))
@example("Personalausweis " * 200)
@example("ß" * 2000)
@example("\x00 ıİ 🐶")
def test_any_question_gives_finite_scores(index: LexicalIndex, question: str) -> None:
    query = index.query_terms(question)
    scores = index.scores(query)
    assert scores.dtype == np.float32
    assert np.isfinite(scores).all()
    assert 0 <= index.coverage(query, "text-0") <= 1
    assert 0 <= index.unknown_share(query) <= 1


def test_the_same_passages_give_the_same_files(tmp_path: Path) -> None:
    contents = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_lexical(tmp_path / name, passages(*TEXTS), ALIASES)
        contents.append({path.name: path.read_bytes() for path in (tmp_path / name / LEXICAL_FOLDER).iterdir()})
    assert contents[0] == contents[1]


@pytest.mark.parametrize("name", ["vocabulary.json", "document_terms.json"])
def test_a_damaged_file_is_an_error_that_callers_know(tmp_path: Path, name: str) -> None:
    write_lexical(tmp_path, passages(*TEXTS), ALIASES)
    path = tmp_path / LEXICAL_FOLDER / name
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(json.JSONDecodeError):
        LexicalIndex(tmp_path)
    path.unlink()
    with pytest.raises(OSError, match=name):
        LexicalIndex(tmp_path)
