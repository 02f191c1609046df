"""The replay evaluation on a small published town, with a language model whose honesty can be steered."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from app.answering.service import AnsweringService
from app.answering.weights import Weights
from app.models.ports import Embedder
from app.records.repository import RecordRepository
from app.settings import Settings, get_settings
from app.starting import build_service
from evaluation.gold_file import GoldKind, GoldQuestion
from evaluation.replay import ReplayReport, evaluate_replay
from ingest.generation import publish
from tests.fakes import ScriptedLanguageModel

pytestmark = pytest.mark.models

TOWN = "musterstadt"
QUESTION = "Wie lange dauert die Herstellung eines Personalausweises?"
TRUE, UNSUPPORTED = "Die Herstellung dauert etwa 3 Wochen. [1]", "Das geht schnell."
"""The second one is dropped, and the text quoted instead."""


def _gold(text: str, after: tuple[str, ...] = ()) -> GoldQuestion:
    return GoldQuestion(id=text, split="dev", question=text, language="de", kind=GoldKind.ANSWERABLE, after=after)


QUESTIONS = [
    _gold(QUESTION),
    _gold("Und was kostet das?", after=(QUESTION,)),
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
    settings: Settings, embedder: Embedder, model: ScriptedLanguageModel, weights: Weights, folder: Path
) -> Iterator[AnsweringService]:
    with closing(RecordRepository(folder / "records.sqlite3")) as records, closing(model):
        service = build_service(settings, embedder, model, records)
        yield replace(service, pipeline=replace(service.pipeline, weights=weights))


def _evaluate(service: AnsweringService, questions: list[GoldQuestion], count: int) -> ReplayReport:
    return evaluate_replay(service, TOWN, questions, count, 4, lambda _name, _done, _total: None)


def test_a_steady_model_gives_identical_answers_in_every_pass(
    settings: Settings, embedder: Embedder, decided: Weights, tmp_path: Path
) -> None:
    with _service(settings, embedder, ScriptedLanguageModel(default=TRUE), decided, tmp_path) as service:
        report = _evaluate(service, QUESTIONS, 7)
    assert report.identical, report.passes
    assert [(result.identical, result.different) for result in report.passes] == [(7, 0)] * 3


def test_a_model_that_says_it_differently_is_caught_in_every_pass(
    settings: Settings, embedder: Embedder, decided: Weights, tmp_path: Path
) -> None:
    model = ScriptedLanguageModel(default=TRUE)
    model.enqueue(UNSUPPORTED)
    with _service(settings, embedder, model, decided, tmp_path) as service:
        report = _evaluate(service, QUESTIONS[:1], 1)
    assert not report.identical
    assert [result.different for result in report.passes] == [1, 1, 1]
    assert "draft[0]" in report.passes[0].differences[0]
    assert "at character" in report.passes[2].differences[0]
