"""A question without what all questions of its language share."""

from dataclasses import replace

import numpy as np
import pytest

from app.answering.question_means import centred
from app.models.ports import Embedder

pytestmark = pytest.mark.models


@pytest.mark.parametrize("language", ["fr", "ar", "uk", "en", "tr"])
def test_a_centred_vector_has_unit_length_and_another_direction(embedder: Embedder, language: str) -> None:
    vector = embedder.embed_query("Combien coûte une carte d'identité ?")
    changed = centred(vector, language, embedder.info)
    assert np.linalg.norm(changed) == pytest.approx(1.0, abs=1e-5)
    assert changed @ vector < 0.9
    assert changed.dtype == np.float32


def test_questions_in_two_languages_come_nearer_to_what_they_ask(embedder: Embedder) -> None:
    passage, other = embedder.embed_passages(
        ["Ein neuer Personalausweis kostet 37 Euro.", "Die Biotonne wird jede Woche geleert."]
    )
    questions = {"fr": "Combien coûte une carte d'identité ?", "uk": "Скільки коштує посвідчення особи?"}
    for language, text in questions.items():
        vector = embedder.embed_query(text)
        changed = centred(vector, language, embedder.info)
        assert changed @ passage - changed @ other > vector @ passage - vector @ other


def test_vectors_of_another_embedder_stay_as_they_are(embedder: Embedder) -> None:
    vector = embedder.embed_query("Combien ?")
    assert centred(vector, "fr", replace(embedder.info, revision="0" * 64)) is vector
