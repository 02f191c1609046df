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
    assert matches["hund"].name == pytest.approx(1.0, abs=1e-6)
    assert matches["hund"].question == pytest.approx(cosines[2], abs=1e-6)


def test_a_service_without_example_questions_is_matched_by_its_name(folder: Path) -> None:
    match = AliasIndex(folder).matches(VECTORS[0])["pass"]
    assert match.question == match.name


def test_as_many_vectors_as_aliases_are_needed(folder: Path) -> None:
    write_aliases(folder, ALIASES, VECTORS[:3])
    with pytest.raises(ValueError, match="3 rows for 4 aliases"):
        AliasIndex(folder)


def test_a_damaged_file_is_a_value_error(folder: Path) -> None:
    (folder / ALIASES_FILE).write_text("[[", encoding="utf-8")
    with pytest.raises(ValueError, match="Expecting"):
        AliasIndex(folder)
