"""`style=einfach`: the text in Einfache Sprache where there is one, plain frames, and no trace in other answers."""

import shutil
from pathlib import Path

import pytest

from app.answering.pipeline import Pipeline
from app.answering.service import AnsweringService
from app.answering.trace import Trace
from app.answering.values import Answer, Finished, Origin, Status
from app.index.generation import Generation, open_active
from app.models.ports import Embedder
from app.wording.catalog import catalog
from ingest.generation import publish
from tests.answering.samples import PRICE_QUESTION, question
from tests.knowledge import SERVICES, TENANT, copy_knowledge, silent

pytestmark = pytest.mark.models

QUESTIONS = (
    PRICE_QUESTION,
    "Wie lange dauert ein Reisepass?",
    "Was kostet die Hundesteuer?",
    "Wo kann ich mein Nashorn ausstopfen lassen?",
)


@pytest.fixture(scope="module")
def plain(published: Path, tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Generation:
    """The small town with its text about the Personalausweis in Einfache Sprache, too."""
    folder = tmp_path_factory.mktemp("einfach")
    knowledge = copy_knowledge(folder / "knowledge", (*SERVICES, "personalausweis.einfach"))
    data_dir = Path(shutil.copytree(published, folder / "data"))
    publish(knowledge, data_dir, TENANT, embedder, "test", silent)
    return open_active(data_dir, TENANT, embedder.info)


def _answer(
    pipeline: Pipeline, generation: Generation, text: str, style: str = "einfach", language: str | None = None
) -> Answer:
    asked = question(text, language=language, style=style)
    *_, last = pipeline.walk(asked, generation, Trace(question=asked))
    assert isinstance(last, Finished)
    return last.answer


def test_the_text_in_einfacher_sprache_answers_alone(pipeline: Pipeline, plain: Generation) -> None:
    answer = _answer(pipeline, plain, "Wie lange dauert es mit dem Personalausweis?")
    assert answer.status is Status.ANSWERED
    assert answer.statements[0].text == "Das steht im Text in Einfacher Sprache:"
    assert {source.title for source in answer.sources} == {"Personalausweis beantragen (Einfache Sprache)"}
    assert "Der Personalausweis dauert etwa 3 Wochen." in [said.text for said in answer.statements]


def test_without_such_a_text_sentences_of_the_standard_text_are_quoted_and_it_is_said(
    pipeline: Pipeline, plain: Generation
) -> None:
    answer = _answer(pipeline, plain, "Wie lange dauert ein Reisepass?")
    assert answer.status is Status.ANSWERED
    assert answer.statements[0].text == catalog("de", "einfach").text("quote_lead")
    assert {said.origin for said in answer.statements[1:]} == {Origin.QUOTE}
    assert {source.title for source in answer.sources} == {"Reisepass beantragen"}


def test_frames_are_plain(pipeline: Pipeline, plain: Generation) -> None:
    answer = _answer(pipeline, plain, "Bist du ein Mensch?")
    assert answer.statements[0].text == catalog("de", "einfach").text("human")
    assert answer.disclosure == catalog("de", "einfach").text("disclosure")


def test_a_translation_comes_before_einfache_sprache(pipeline: Pipeline, plain: Generation) -> None:
    answer = _answer(pipeline, plain, "How much is a new ID card?")
    assert {said.language for said in answer.statements} == {"en"}


def test_foreign_questions_get_the_simpler_german_sentences(pipeline: Pipeline, plain: Generation) -> None:
    answer = _answer(pipeline, plain, "Combien coûte la carte d'identité (Personalausweis) ?")
    assert {source.title for source in answer.sources} == {"Personalausweis beantragen (Einfache Sprache)"}


@pytest.mark.parametrize("text", QUESTIONS)
def test_publishing_texts_in_einfacher_sprache_changes_no_standard_answer(
    service: AnsweringService, pipeline: Pipeline, plain: Generation, text: str
) -> None:
    before, after = Trace(question=question(text)), Trace(question=question(text))
    list(pipeline.walk(question(text), service.generations.active(TENANT), before))
    list(pipeline.walk(question(text), plain, after))
    assert [found.chunk.id for found in after.candidates] == [found.chunk.id for found in before.candidates]
    assert [found.coverage for found in after.candidates] == [found.coverage for found in before.candidates]
    assert [found.lexical for found in after.candidates] == [found.lexical for found in before.candidates]
    # A matrix of another size rounds cosines differently in their last digits.
    fused = [found.fused for found in before.candidates]
    assert [found.fused for found in after.candidates] == pytest.approx(fused, rel=1e-4)
    assert before.answer is not None
    assert after.answer is not None
    assert after.answer.statements == before.answer.statements


def test_without_any_such_text_the_style_still_answers(service: AnsweringService, pipeline: Pipeline) -> None:
    generation = service.generations.active(TENANT)
    assert generation.for_style("einfach") is generation
    assert _answer(pipeline, generation, PRICE_QUESTION).status is Status.ANSWERED
