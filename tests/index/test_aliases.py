"""Aliases: a question is near a name or an example question."""

from pathlib import Path

import numpy as np
import pytest

from app.index.aliases import ALIASES_FILE, Alias, AliasIndex, write_aliases
from tests.index.samples import unit_vectors

VECTORS = unit_vectors(4)
ALIASES = (
    Alias("hund", "Hund anmelden", question=False),
    Alias("hund", "Hundesteuer", question=False),
    Alias("hund", "Was kostet mein Welpe?", question=True),
    Alias("pass", "Reisepass", question=False),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_aliases(tmp_path, ALIASES, VECTORS)
    return tmp_path


def test_aliases_round_trip(folder: Path) -> None:
    index = AliasIndex(folder)
    assert index.aliases == ALIASES
    assert np.array_equal(index.vectors, VECTORS)


def test_a_match_is_the_best_cosine_among_names_and_among_questions(folder: Path) -> None:
    matches = AliasIndex(folder).matches(VECTORS[1])
    cosines = VECTORS @ VECTORS[1]
    assert matches.of("hund").name == pytest.approx(1.0, abs=1e-6)
    assert matches.of("hund").question == pytest.approx(cosines[2], abs=1e-6)


def test_a_service_without_example_questions_is_matched_by_its_name(folder: Path) -> None:
    match = AliasIndex(folder).matches(VECTORS[0]).of("pass")
    assert match.question == match.name


def test_documents_keep_the_order_of_their_first_name(tmp_path: Path) -> None:
    aliases = (Alias("pass", "Wo?", question=True), Alias("pass", "Reisepass", question=False), *ALIASES[:2])
    write_aliases(tmp_path, aliases, VECTORS)
    index = AliasIndex(tmp_path)
    matches = index.matches(VECTORS[0])
    assert index.places == {"pass": 0, "hund": 1}
    assert matches.of("pass").question == pytest.approx(1.0, abs=1e-6)
    assert matches.names.shape == matches.questions.shape == (2,)


def test_a_document_that_has_only_questions_is_not_matched(tmp_path: Path) -> None:
    write_aliases(tmp_path, (Alias("pass", "Wo?", question=True),), VECTORS[:1])
    with pytest.raises(KeyError):
        AliasIndex(tmp_path).matches(VECTORS[0]).of("pass")


def test_the_name_vector_is_that_of_the_first_name_in_the_file(tmp_path: Path) -> None:
    aliases = (Alias("pass", "Wo?", question=True), Alias("pass", "Reisepass", question=False), *ALIASES[:2])
    write_aliases(tmp_path, aliases, VECTORS)
    index = AliasIndex(tmp_path)
    assert np.array_equal(index.name_vector("pass"), VECTORS[1])
    assert np.array_equal(index.name_vector("hund"), VECTORS[2])  # not its synonym's


def test_a_document_without_a_name_has_no_name_vector(tmp_path: Path) -> None:
    write_aliases(tmp_path, (Alias("pass", "Wo?", question=True), ALIASES[0]), VECTORS[:2])
    for unknown in ("pass", "nirgends"):
        with pytest.raises(KeyError, match=unknown):
            AliasIndex(tmp_path).name_vector(unknown)


def test_as_many_vectors_as_aliases_are_needed(folder: Path) -> None:
    write_aliases(folder, ALIASES, VECTORS[:3])
    with pytest.raises(ValueError, match="3 rows for 4 aliases"):
        AliasIndex(folder)


def test_a_damaged_file_is_a_value_error(folder: Path) -> None:
    (folder / ALIASES_FILE).write_text("[[", encoding="utf-8")
    with pytest.raises(ValueError, match="Expecting"):
        AliasIndex(folder)
