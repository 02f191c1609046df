"""Questions as texts of each language are compared with them."""

import numpy as np
import pytest

from app.answering.pipeline import Pipeline
from app.answering.readings import readings
from app.answering.retrieve import Retrieval, retrieve
from app.index.generation import Generation

pytestmark = pytest.mark.models


def _retrieved(question: str, language: str, pipeline: Pipeline, generation: Generation) -> Retrieval:
    day = generation.manifest.created_at.date()
    return retrieve(question, language, day, generation, pipeline.embedder, pipeline.weights)


def test_a_german_question_has_one_reading(pipeline: Pipeline, generation: Generation) -> None:
    read = readings("Was kostet ein Reisepass?", "de", generation, pipeline.embedder)
    assert read.own is None
    assert read.lexical
    assert read.compared is read.german.vector
    assert read.topic is read.german.terms


def test_a_foreign_question_is_read_in_german_words(pipeline: Pipeline, generation: Generation) -> None:
    read = readings("Combien coûte un passeport ?", "fr", generation, pipeline.embedder)
    assert (read.german.text, read.own, read.lexical) == ("Was kostet Reisepass?", None, True)
    assert np.linalg.norm(read.compared) == pytest.approx(1.0, abs=1e-5)


def test_without_german_words_only_meaning_is_compared(pipeline: Pipeline, generation: Generation) -> None:
    read = readings("Ile kosztuje dowód osobisty?", "pl", generation, pipeline.embedder)
    assert (read.german.text, read.own, read.lexical) == ("Ile kosztuje dowód osobisty?", None, False)


def test_english_is_read_both_ways(pipeline: Pipeline, generation: Generation) -> None:
    question = "How much is a passport?"
    read = readings(question, "en", generation, pipeline.embedder)
    assert read.german.text == "Was kostet Reisepass?"
    assert read.own is not None
    assert read.own.text == question
    assert {group[0] for group in read.topic.topic} >= {"reisepass", "passport"}


def test_an_english_text_reads_the_question_in_english(pipeline: Pipeline, generation: Generation) -> None:
    found = _retrieved("How much is an ID card?", "en", pipeline, generation)
    assert found.candidates[0].chunk.language == "en"
    assert found.pool.text == "How much is an ID card?"


def test_a_service_without_english_text_is_found_in_german(pipeline: Pipeline, generation: Generation) -> None:
    found = _retrieved("Someone should take away my broken armchair", "en", pipeline, generation)
    top = found.candidates[0].chunk
    assert (top.service, top.language) == ("sperrmuell", "de")
    assert "Sofa" in found.pool.text


@pytest.mark.parametrize(
    ("question", "language", "right"),
    [
        ("Хочу здати стару пральну машину, хто її забере?", "uk", "sperrmuell"),
        ("بدي آخد كلب من الملجأ، شو لازم ادفع للبلدية؟", "ar", "hund-anmelden"),
        ("Maaşım kirama yetmiyor, yardım alabilir miyim?", "tr", "wohngeld"),
        ("С какого возраста берут в ясли?", "ru", "kita-platz"),
        ("Je déménage dans votre ville, que dois-je déclarer ?", "fr", "wohnsitz-anmelden"),
        ("Can I park my car outside my own home all day?", "en", "bewohnerparkausweis"),
    ],
)
def test_the_right_service_is_found_from_any_language(
    pipeline: Pipeline, generation: Generation, question: str, language: str, right: str
) -> None:
    assert _retrieved(question, language, pipeline, generation).candidates[0].chunk.service == right
