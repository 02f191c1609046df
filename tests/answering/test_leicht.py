"""`style=leicht`: the checked text in Leichte Sprache as it is, and no trace of it in other answers."""

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
from tests.answering.samples import question
from tests.knowledge import SERVICES, TENANT, copy_knowledge, silent

pytestmark = pytest.mark.models

TEXTS = ("wohngeld.leicht", "personalausweis.leicht", "personalausweis.einfach", "reisepass.einfach")
EASY_WOHNGELD = "Wohngeld beantragen (Leichte Sprache)"
HOW_LONG = "Wie lange dauert ein Antrag auf Wohngeld?"


@pytest.fixture(scope="module")
def town(published: Path, tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Generation:
    """The small town with some texts in Einfache and Leichte Sprache."""
    folder = tmp_path_factory.mktemp("leicht")
    knowledge = copy_knowledge(folder / "knowledge", (*SERVICES, *TEXTS))
    data_dir = Path(shutil.copytree(published, folder / "data"))
    publish(knowledge, data_dir, TENANT, embedder, "test", silent)
    return open_active(data_dir, TENANT, embedder.info)


def _trace(pipeline: Pipeline, generation: Generation, text: str, style: str) -> Trace:
    asked = question(text, style=style)
    trace = Trace(question=asked)
    *_, last = pipeline.walk(asked, generation, trace)
    assert isinstance(last, Finished)
    return trace


def _answer(pipeline: Pipeline, generation: Generation, text: str, style: str = "leicht") -> Answer:
    answer = _trace(pipeline, generation, text, style).answer
    assert answer is not None
    return answer


def test_a_passage_in_leichter_sprache_is_quoted_whole_and_called_so(pipeline: Pipeline, town: Generation) -> None:
    answer = _answer(pipeline, town, HOW_LONG)
    assert answer.status is Status.ANSWERED
    assert answer.statements[0].text == "Das steht im Text in Leichter Sprache:"
    source = answer.sources[0]
    assert len(answer.sources) == 1
    passage = next(chunk for chunk in town.chunks if chunk.id == source.chunk_id)
    assert (passage.variant, passage.service) == ("leicht", "wohngeld")
    assert tuple(said.text for said in answer.statements[1:]) == passage.sentences
    assert {said.origin for said in answer.statements[1:]} == {Origin.QUOTE}


def test_no_language_model_rewords_a_checked_text(pipeline: Pipeline, town: Generation) -> None:
    trace = _trace(pipeline, town, HOW_LONG, "leicht")
    assert (trace.prompt, trace.draft) == (None, [])


def test_each_style_has_its_own_text_first_then_the_other_easy_one(pipeline: Pipeline, town: Generation) -> None:
    asked = "Wie lange dauert es mit dem Personalausweis?"
    found = {style: _trace(pipeline, town, asked, style).candidates[0].chunk.variant for style in ("leicht", "einfach")}
    assert found == {"leicht": "leicht", "einfach": "einfach"}
    passport = _answer(pipeline, town, "Wie lange dauert ein Reisepass?")
    assert passport.statements[0].text == catalog("de", "leicht").text("plain_lead")
    benefit = _answer(pipeline, town, HOW_LONG, "einfach")
    assert {source.title for source in benefit.sources} == {EASY_WOHNGELD}
    assert benefit.statements[0].text == catalog("de", "einfach").text("easy_lead")


def test_without_an_easy_text_the_standard_one_is_quoted_and_nothing_is_called_leicht(
    pipeline: Pipeline, town: Generation
) -> None:
    answer = _answer(pipeline, town, "Welche Unterlagen brauche ich für den Bewohnerparkausweis?")
    assert answer.status is Status.ANSWERED
    assert answer.statements[0].text == catalog("de", "einfach").text("quote_lead")
    assert not any("Leichte" in said.text for said in answer.statements)


def test_frames_are_in_einfacher_sprache(pipeline: Pipeline, town: Generation) -> None:
    assert _answer(pipeline, town, "Bist du ein Mensch?").statements[0].text == catalog("de", "einfach").text("human")


@pytest.mark.parametrize("text", [HOW_LONG, "Was kostet die Hundesteuer?", "Wie lange gilt ein Reisepass?"])
def test_publishing_texts_in_leichter_sprache_changes_no_standard_answer(
    service: AnsweringService, pipeline: Pipeline, town: Generation, text: str
) -> None:
    before = _trace(pipeline, service.generations.active(TENANT), text, "standard")
    after = _trace(pipeline, town, text, "standard")
    assert [found.chunk.id for found in after.candidates] == [found.chunk.id for found in before.candidates]
    assert [found.lexical for found in after.candidates] == [found.lexical for found in before.candidates]
    assert before.answer is not None
    assert after.answer is not None
    assert after.answer.statements == before.answer.statements
