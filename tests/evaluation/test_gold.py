"""Gold questions through the real service, on the small published town."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.answering.service import AnsweringService
from app.answering.values import Status
from app.answering.weights import Weights
from app.index.modules import ModuleKind
from evaluation.gold import run_gold
from evaluation.gold_answer import GoldAnswer
from evaluation.gold_file import GoldForm, GoldKind, GoldQuestion
from evaluation.gold_stage import Stage
from evaluation.judge import Outcome
from evaluation.report import gold_report
from tests.knowledge import TENANT

pytestmark = pytest.mark.models


def _gold(name: str, text: str, kind: GoldKind = GoldKind.ANSWERABLE, **fields: object) -> GoldQuestion:
    return GoldQuestion.model_validate(
        {"id": name, "split": "dev", "question": text, "language": "de", "kind": kind, **fields}
    )


DURATION = _gold(
    "dauer",
    "Wie lange dauert die Herstellung eines Personalausweises?",
    services=["personalausweis"],
    facts=[["3 Wochen", "drei Wochen"]],
)
ELSEWHERE = _gold("andernorts", DURATION.question, services=["wohngeld"], facts=["99 Euro"])
HUMAN = _gold("mensch", "Bist du ein Mensch?", GoldKind.SMALL_TALK)
NOT_STAFF = _gold("personal", "Bist du ein Mensch?", GoldKind.STAFF)
FOLLOW_UP = _gold("folge", "Und wie lange dauert das?", after=["Was kostet ein Personalausweis?"], services=["x"])


@pytest.fixture
def asked(service: AnsweringService, decided: Weights) -> Iterator[AnsweringService]:
    yield replace(service, pipeline=replace(service.pipeline, weights=decided))


def _run(service: AnsweringService, *questions: GoldQuestion) -> dict[str, GoldAnswer]:
    return {answer.id: answer for answer in run_gold(service, TENANT, questions, lambda _done, _total: None)}


def test_answers_are_judged_with_the_stage_that_lost_them(asked: AnsweringService) -> None:
    answers = _run(asked, DURATION, ELSEWHERE, HUMAN, NOT_STAFF)
    right = answers["dauer"]
    assert (right.outcome, right.stage, right.rank, right.hit) == (Outcome.RIGHT, None, 1, True)
    assert right.module is ModuleKind.PROCESSING_TIME
    assert right.sources[0].service == "personalausweis"
    lost = answers["andernorts"]
    assert lost.outcome is Outcome.WRONG
    assert lost.stage in (Stage.RETRIEVAL_NOT_FOUND, Stage.RETRIEVAL_NOT_FIRST)
    assert (answers["mensch"].stage, answers["mensch"].searched) == (None, False)
    assert answers["personal"].stage is Stage.SCREENING


def test_a_follow_up_is_asked_in_its_conversation(asked: AnsweringService) -> None:
    answer = _run(asked, FOLLOW_UP)["folge"]
    assert (answer.form, answer.status) == (GoldForm.FOLLOW_UP, Status.ANSWERED)
    assert answer.sources[0].service == "personalausweis"


def test_the_report_says_what_it_was_made_with_in_a_fixed_order(asked: AnsweringService) -> None:
    answers = tuple(_run(asked, HUMAN, DURATION).values())
    now = datetime.now(UTC)
    made = gold_report(answers, asked, TENANT, "amtslotse evaluate gold", now)
    assert made == gold_report(answers[::-1], asked, TENANT, "amtslotse evaluate gold", now)
    assert [answer.id for answer in made.answers] == ["dauer", "mensch"]
    assert made.generation == asked.generations.active(TENANT).id
    assert made.environment.model_sha256 == "0" * 64
    assert made.environment.weights == asked.pipeline.weights.version
