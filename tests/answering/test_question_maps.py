"""A question without what all questions of its language share, moved to where German ones lie."""

from dataclasses import replace

import numpy as np
import pytest

from app.answering.question_maps import blended, in_german
from app.models.ports import Embedder

pytestmark = pytest.mark.models

FRENCH = "Combien coûte une carte d'identité ?"


@pytest.mark.parametrize("language", ["fr", "ar", "uk", "en", "tr"])
def test_a_moved_vector_has_unit_length_and_another_direction(embedder: Embedder, language: str) -> None:
    vector = embedder.embed_query(FRENCH)
    moved = in_german(vector, language, embedder.info)
    assert np.linalg.norm(moved) == pytest.approx(1.0, abs=1e-5)
    assert moved @ vector < 0.9
    assert moved.dtype == np.float32


def test_questions_in_two_languages_come_nearer_to_what_they_ask(embedder: Embedder) -> None:
    passage, other = embedder.embed_passages(
        ["Ein neuer Personalausweis kostet 37 Euro.", "Die Biotonne wird jede Woche geleert."]
    )
    for language, text in {"fr": FRENCH, "uk": "Скільки коштує посвідчення особи?"}.items():
        vector = embedder.embed_query(text)
        moved = in_german(vector, language, embedder.info)
        assert moved @ passage - moved @ other > vector @ passage - vector @ other


def test_german_search_words_weigh_as_much_as_is_known_of_the_question(embedder: Embedder) -> None:
    own, german = embedder.embed_query(FRENCH), embedder.embed_query("Was kostet Biotonne")
    words = in_german(german, "de", embedder.info)
    nearness = [float(words @ blended(own, german, known, "fr", embedder.info)) for known in (0.0, 0.5, 1.0)]
    assert nearness == sorted(nearness)
    assert np.allclose(blended(own, german, 0.0, "fr", embedder.info), in_german(own, "fr", embedder.info), atol=1e-6)


def test_vectors_of_another_embedder_stay_as_they_are(embedder: Embedder) -> None:
    own, german = embedder.embed_query(FRENCH), embedder.embed_query("Was kostet Personalausweis")
    other = replace(embedder.info, revision="0" * 64)
    assert in_german(own, "fr", other) is own
    assert blended(own, german, 1.0, "fr", other) is german
