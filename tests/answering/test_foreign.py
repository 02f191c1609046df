"""Questions in other languages: one language a statement, German words quoted as German, figures untouched."""

import pytest

from app.answering.pipeline import Pipeline
from app.answering.trace import Trace
from app.answering.values import Answer, Finished, Origin, Status, Turn
from app.index.generation import Generation
from app.text.figures import figures
from app.wording.catalog import catalog
from tests.answering.samples import question

pytestmark = pytest.mark.models

PRICE = {
    "ar": "كم تكلفة بطاقة الهوية الشخصية؟",
    "fr": "Combien coûte la carte d'identité ?",
    "ru": "Сколько стоит удостоверение личности?",
    "tr": "Yeni kimlik kartı ne kadar?",
    "uk": "Скільки коштує посвідчення особи?",
}


def _answer(
    pipeline: Pipeline, generation: Generation, text: str, language: str | None = None, *history: Turn
) -> Answer:
    asked = question(text, language=language, history=history)
    *_, last = pipeline.walk(asked, generation, Trace(question=asked))
    assert isinstance(last, Finished)
    return last.answer


@pytest.mark.parametrize("language", sorted(PRICE))
def test_without_translation_german_sentences_stand_in_a_frame_of_the_citizens_language(
    eager: Pipeline, generation: Generation, language: str
) -> None:
    answer = _answer(eager, generation, PRICE[language])
    assert answer.status is Status.ANSWERED
    assert answer.language == language
    assert answer.disclosure == catalog(language).text("disclosure")
    frames = [said for said in answer.statements if said.origin is Origin.FRAME]
    quotes = [said for said in answer.statements if said.origin is Origin.QUOTE]
    assert [said.language for said in frames] == [language]
    office = generation.tenant.office(answer.office.id if answer.office else "")
    expected = catalog(language).text("german_quotes_frame", office=office.name, phone=office.phone)
    assert frames[0].text == expected
    assert {said.language for said in quotes} == {"de"}
    assert all(any(said.text in unit for unit in _units(generation)) for said in quotes)


def test_a_price_asked_in_french_is_the_german_texts_price(eager: Pipeline, generation: Generation) -> None:
    answer = _answer(eager, generation, PRICE["fr"])
    quoted = "\n".join(said.text for said in answer.statements if said.origin is Origin.QUOTE)
    assert figures("37,00 Euro") <= figures(quoted)


def test_a_refusal_is_in_the_citizens_language_alone(pipeline: Pipeline, generation: Generation) -> None:
    answer = _answer(pipeline, generation, "Где можно покататься на слоне по Луне?")
    assert answer.status is Status.NOT_IN_KNOWLEDGE
    assert [said.language for said in answer.statements] == ["ru"]


def test_an_edited_translation_is_quoted_without_german(pipeline: Pipeline, generation: Generation) -> None:
    answer = _answer(pipeline, generation, "How much is a new ID card?")
    assert {said.language for said in answer.statements} == {"en"}
    assert {source.language for source in answer.sources} == {"en"}


def test_a_language_without_catalog_gets_german_quotes_in_an_english_frame(
    eager: Pipeline, generation: Generation
) -> None:
    answer = _answer(eager, generation, "Ile kosztuje dowód osobisty (Personalausweis)?")
    assert answer.language == "en"
    assert answer.status is Status.ANSWERED
    assert (answer.statements[0].origin, answer.statements[0].language) == (Origin.FRAME, "en")
    assert {said.language for said in answer.statements if said.origin is Origin.QUOTE} == {"de"}


def test_an_individual_case_asked_in_french_is_left_to_people_in_french(
    pipeline: Pipeline, generation: Generation
) -> None:
    answer = _answer(pipeline, generation, "Ai-je droit à l'aide au logement (Wohngeld) ?")
    assert answer.status is Status.DECIDED_BY_STAFF
    origins = [(said.origin, said.language) for said in answer.statements]
    assert origins[0] == (Origin.FRAME, "fr")
    assert all(pair in {(Origin.FRAME, "fr"), (Origin.QUOTE, "de")} for pair in origins)


def test_opening_hours_are_told_in_the_language_that_the_client_asks_for(
    pipeline: Pipeline, generation: Generation
) -> None:
    answer = _answer(pipeline, generation, "Bürgeramt Öffnungszeiten Samstag?", "tr")
    assert answer.status is Status.ANSWERED_BY_RULE
    assert {said.language for said in answer.statements} == {"tr"}
    assert "10:00" in answer.statements[0].text
    assert "12:30" in answer.statements[0].text


def test_one_word_continues_in_the_conversations_language(pipeline: Pipeline, generation: Generation) -> None:
    turn = Turn("Combien coûte un passeport ?", None, None, None, Status.ANSWERED, language="fr")
    assert _answer(pipeline, generation, "Personalausweis?", None, turn).language == "fr"


def _units(generation: Generation) -> list[str]:
    return [unit for chunk in generation.chunks for unit in chunk.sentences]
