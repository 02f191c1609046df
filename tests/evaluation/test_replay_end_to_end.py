"""The replay evaluation on a small published town, with a language model whose honesty can be steered."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from app.answering.service import AnsweringService
from app.main import build_service
from app.models.ports import Embedder
from app.records.repository import RecordRepository
from app.settings import Settings, get_settings
from evaluation.gold_file import GoldKind, GoldQuestion
from evaluation.replay import ReplayReport, evaluate_replay
from ingest.generation import publish
from tests.fakes import ScriptedLanguageModel

pytestmark = pytest.mark.models

TOWN = "musterstadt"
FIRST, OTHER = "Ein Personalausweis kostet 37,00 Euro. [1]", "Der neue Personalausweis kostet Sie 37,00 Euro. [1]"


def _gold(text: str, after: tuple[str, ...] = ()) -> GoldQuestion:
    return GoldQuestion(id=text, split="dev", question=text, language="de", kind=GoldKind.ANSWERABLE, after=after)


QUESTIONS = [
    _gold("Was kostet ein neuer Personalausweis?"),
    _gold("Wie lange dauert das?", after=("Was kostet ein neuer Personalausweis?",)),
    _gold("Bist du ein Mensch?"),
    _gold("Hat das Bürgerbüro heute offen?"),
    _gold("Ich heiße Erika Beispiel, erika@example.org: Was kostet ein Personalausweis?"),
]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Settings:
    """One service of the sample town, published."""
    folder = tmp_path_factory.mktemp("town")
    source = get_settings().knowledge_dir / TOWN
    services = folder / "knowledge" / TOWN / "services"
    services.mkdir(parents=True)
    shutil.copy(source / "tenant.yaml", services.parent)
    shutil.copy(source / "services" / "personalausweis.md", services)
    publish(
        folder / "knowledge", folder / "data", TOWN, embedder, author="test", progress=lambda _step, _done, _total: None
    )
    return Settings(data_dir=folder / "data", knowledge_dir=folder / "knowledge")


@contextmanager
def _service(
    settings: Settings, embedder: Embedder, model: ScriptedLanguageModel, folder: Path
) -> Iterator[AnsweringService]:
    with closing(RecordRepository(folder / "records.sqlite3")) as records, closing(model):
        yield build_service(settings, embedder, model, records)


def _evaluate(service: AnsweringService, questions: list[GoldQuestion], count: int) -> ReplayReport:
    return evaluate_replay(service, TOWN, questions, count, 4, lambda _name, _done, _total: None)


def test_a_steady_model_gives_identical_answers_in_every_pass(
    settings: Settings, embedder: Embedder, tmp_path: Path
) -> None:
    with _service(settings, embedder, ScriptedLanguageModel(default=FIRST), tmp_path) as service:
        report = _evaluate(service, QUESTIONS, 7)
    assert report.identical, report.passes
    assert [(result.identical, result.different) for result in report.passes] == [(7, 0)] * 3


def test_a_model_that_says_it_differently_is_caught_in_every_pass(
    settings: Settings, embedder: Embedder, tmp_path: Path
) -> None:
    model = ScriptedLanguageModel(default=OTHER)
    model.enqueue(FIRST)
    with _service(settings, embedder, model, tmp_path) as service:
        report = _evaluate(service, QUESTIONS[:1], 1)
    assert not report.identical
    assert [result.different for result in report.passes] == [1, 1, 1]
    assert "draft[0]" in report.passes[0].differences[0]
    assert "at character" in report.passes[2].differences[0]
