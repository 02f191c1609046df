"""Questions in Ukrainian, Arabic and Turkish: the town's own text where there is one, German quotes where not."""

import shutil
from pathlib import Path

import pytest

from app.answering.pipeline import Pipeline
from app.answering.trace import Trace
from app.answering.values import Answer, Finished, Origin, Status
from app.index.generation import Generation, open_active
from app.models.ports import Embedder
from app.text.figures import figures
from app.wording.catalog import catalog
from ingest.generation import publish
from tests.answering.samples import question
from tests.knowledge import SERVICES, TENANT, copy_knowledge, silent

pytestmark = pytest.mark.models

TRANSLATED = tuple(f"{service}.{language}" for service in ("wohngeld", "kita-platz") for language in ("uk", "ar", "tr"))
HOW_LONG = {
    "uk": "Скільки триває розгляд заяви на Wohngeld?",
    "ar": "كم تستغرق معالجة طلب Wohngeld؟",
    "tr": "Wohngeld başvurusu ne kadar sürer?",
}
WEEKS = {"uk": "8 тижнів", "ar": "8 أسابيع", "tr": "8 hafta"}
DOG = {
    "uk": "Як зареєструвати собаку?",
    "ar": "كيف أسجل كلبي؟",
    "tr": "Köpeğimi nasıl kaydettiririm?",
}


@pytest.fixture(scope="module")
def town(published: Path, tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Generation:
    """The small town with two of its services in three more languages."""
    folder = tmp_path_factory.mktemp("own-texts")
    knowledge = copy_knowledge(folder / "knowledge", (*SERVICES, *TRANSLATED))
    data_dir = Path(shutil.copytree(published, folder / "data"))
    publish(knowledge, data_dir, TENANT, embedder, "test", silent)
    return open_active(data_dir, TENANT, embedder.info)


def _answer(pipeline: Pipeline, generation: Generation, text: str) -> Answer:
    asked = question(text)
    *_, last = pipeline.walk(asked, generation, Trace(question=asked))
    assert isinstance(last, Finished)
    return last.answer


@pytest.mark.parametrize("language", sorted(HOW_LONG))
def test_the_text_in_the_citizens_language_answers_alone(eager: Pipeline, town: Generation, language: str) -> None:
    answer = _answer(eager, town, HOW_LONG[language])
    assert answer.status is Status.ANSWERED
    assert answer.language == language
    assert answer.statements[0].text == catalog(language).text("quote_lead")
    assert {said.language for said in answer.statements} == {language}
    assert {source.language for source in answer.sources} == {language}
    assert WEEKS[language] in "\n".join(said.text for said in answer.statements)


@pytest.mark.parametrize("language", sorted(DOG))
def test_without_such_a_text_german_is_quoted_as_before(eager: Pipeline, town: Generation, language: str) -> None:
    answer = _answer(eager, town, DOG[language])
    assert answer.status is Status.ANSWERED
    assert answer.language == language
    assert {said.language for said in answer.statements if said.origin is Origin.QUOTE} == {"de"}
    assert {source.title for source in answer.sources} == {"Hund anmelden (Hundesteuer)"}


def test_a_list_of_prices_is_complete_in_the_citizens_language(eager: Pipeline, town: Generation) -> None:
    answer = _answer(eager, town, "Скільки коштує дитячий садок?")
    quoted = "\n".join(said.text for said in answer.statements if said.origin is Origin.QUOTE)
    german = "kostenfrei 62,00 118,00 186,00 254,00 318,00 68,00"
    assert {figure.value for figure in figures(german)} <= {figure.value for figure in figures(quoted)}


def test_texts_in_other_languages_answer_no_german_question(eager: Pipeline, town: Generation) -> None:
    answer = _answer(eager, town, "Wie lange dauert ein Antrag auf Wohngeld?")
    assert {source.language for source in answer.sources} == {"de"}
