"""The same question gets the same bytes over HTTP, as events and by command line, shuffled and at once."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.answering.service import AnsweringService
from app.answering.values import Question
from app.models.ports import Embedder
from app.records.repository import RecordRepository
from app.settings import Settings
from app.starting import build_service
from cli.ask import answer_as_json
from evaluation.alike import Printed, Way, evaluate_alike
from evaluation.gold_file import GoldKind, GoldQuestion
from evaluation.replay import PassReport
from tests.fakes import ScriptedLanguageModel
from tests.knowledge import TENANT

pytestmark = pytest.mark.models


def _gold(text: str, after: tuple[str, ...] = ()) -> GoldQuestion:
    return GoldQuestion(id=text, split="dev", question=text, language="de", kind=GoldKind.ANSWERABLE, after=after)


QUESTIONS = [
    _gold("Was kostet ein neuer Personalausweis?"),
    _gold("Und wie lange dauert das?", after=("Was kostet ein neuer Personalausweis?",)),
    _gold("Hat das Bürgeramt gerade offen?"),
    _gold("How much is a new ID card?"),
    _gold("Habe ich Anspruch auf Wohngeld?"),
    _gold("Ich heiße Erika Beispiel, erika@example.org: Wo melde ich meinen Hund an?"),
    _gold("Wie wird das Wetter morgen?"),
    _gold("Hilfe, meine Wohnung brennt!"),
]


@pytest.fixture
def asked(settings: Settings, embedder: Embedder, tmp_path: Path) -> Iterator[AnsweringService]:
    """Always drafts the same, which is never the evidence, so that every draft is checked and quoted instead."""
    model = ScriptedLanguageModel(default="Das geht schnell.")
    with closing(RecordRepository(tmp_path / "records.sqlite3")) as records, closing(model):
        yield build_service(settings, embedder, model, records)


def _passes(
    service: AnsweringService, settings: Settings, count: int, printed: Printed = answer_as_json
) -> dict[str, PassReport]:
    passes = evaluate_alike(service, settings, TENANT, QUESTIONS, count, 4, printed, lambda _name, _done, _total: None)
    return {report.name: report for report in passes}


def test_every_way_gives_the_same_bytes(asked: AnsweringService, settings: Settings) -> None:
    passes = _passes(asked, settings, 24)
    assert passes.keys() == set(Way)
    assert [(report.identical, report.differences) for report in passes.values()] == [(8, ())] * 3
    assert asked.records.verify().intact


def test_a_way_that_answers_otherwise_is_caught_with_its_place(asked: AnsweringService, settings: Settings) -> None:
    def shouting(service: AnsweringService, question: Question) -> str:
        printed = answer_as_json(service, question)
        again = (question.conversation_id or "").startswith("asked-again")
        return printed.replace("Chatbot", "CHATBOT").replace("chatbot", "CHATBOT") if again else printed

    passes = _passes(asked, settings, 6, shouting)
    assert {name: report.different for name, report in passes.items()} == {
        Way.HTTP: 0, Way.STREAM: 0, Way.COMMAND: 2,
    }  # fmt: skip
    assert "CHATBOT" in passes[Way.COMMAND].differences[0]


def test_a_service_that_fails_is_a_difference_and_not_the_end(
    asked: AnsweringService, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.api.chat.AnswerOut", None)
    passes = _passes(asked, settings, 3)
    assert passes[Way.HTTP].different == 1
    assert "failed: " in passes[Way.HTTP].differences[0]
    assert passes[Way.COMMAND].identical == 1
