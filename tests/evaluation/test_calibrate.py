"""The whole calibration on a small town: what is fitted, and what cross-validation counts."""

import json
from pathlib import Path

import pytest

from app.answering.retrieve import gather
from app.answering.weights import parse_weights
from app.index.generation import Generation, open_active
from app.models.ports import Embedder
from evaluation.calibration_cases import Case, plain_questions
from evaluation.calibration_check import cross_validate
from evaluation.calibration_fit import fit
from evaluation.gold_file import GoldKind, GoldQuestion

pytestmark = pytest.mark.models
_ADAPTER = "0" * 64
_ANSWERABLE = (
    ("Was kostet ein Personalausweis mit 30 Jahren?", "personalausweis", "37,00"),
    ("Wie lange dauert der Personalausweis?", "personalausweis", "3 Wochen"),
    ("Was kostet ein Reisepass?", "reisepass", "70,00"),
    ("Was kostet der Sperrmüll?", "sperrmuell", "40,00"),
    ("Was kostet die Hundesteuer?", "hund-anmelden", "96,00"),
    ("Wie lange dauert das Wohngeld?", "wohngeld", "8 Wochen"),
)
_UNANSWERABLE = (
    "Wer zähmt mein Nashorn?",
    "Wie hoch ist der Kölner Dom?",
    "Wer wurde Weltmeister im Schach?",
    "Wann fliegt der Bus zum Mars?",
)


@pytest.fixture(scope="module")
def generation(published: Path, embedder: Embedder) -> Generation:
    return open_active(published, "musterstadt", embedder.info)


@pytest.fixture(scope="module")
def cases(generation: Generation, embedder: Embedder) -> list[Case]:
    """Six answerable and four unanswerable questions, with the plain ones about the same services."""
    written = [_gold(text, service, fact) for text, service, fact in _ANSWERABLE]
    gold = [*written, *(_gold(text) for text in _UNANSWERABLE), *plain_questions(written, generation)]
    return [_case(question, generation, embedder) for question in gold]


def _gold(text: str, service: str | None = None, fact: str = "") -> GoldQuestion:
    return GoldQuestion(
        id=text, split="dev", question=text, language="de",
        kind=GoldKind.ANSWERABLE if service else GoldKind.UNANSWERABLE,
        services=(service,) if service else (), facts=((fact,),) if service else (),
    )  # fmt: skip


def _case(question: GoldQuestion, generation: Generation, embedder: Embedder) -> Case:
    pool = gather(question.question, "de", generation.manifest.created_at.date(), generation, embedder)
    answerable, plain = question.kind is GoldKind.ANSWERABLE, question.id.startswith("plain-")
    return Case(question, pool, answerable, plain, None if plain else (-2.0 if answerable else 2.0))


def test_cases_keep_what_is_asked_of_one_service_together(cases: list[Case]) -> None:
    groups = {case.question.id: case.group for case in cases}
    assert groups[_ANSWERABLE[0][0]] == groups[_ANSWERABLE[1][0]] == "personalausweis"
    assert groups[_UNANSWERABLE[0]] == _UNANSWERABLE[0]
    assert {case.answerable for case in cases if case.plain} == {True}


def test_plain_questions_are_only_about_services_with_written_ones(generation: Generation) -> None:
    made = plain_questions([_gold("?", "wohngeld", "8 Wochen")], generation)
    assert {question.services for question in made} == {("wohngeld",)}
    assert all(question.facts for question in made)


def test_the_weights_can_be_read_back_and_are_the_same_every_time(cases: list[Case], generation: Generation) -> None:
    weights = fit(cases, generation, _ADAPTER)
    assert parse_weights(json.dumps(weights).encode()).answerable_thresholds.keys() == {"cautious", "helpful"}
    assert fit(cases, generation, _ADAPTER) == weights


def test_every_written_question_is_judged_by_weights_that_did_not_see_its_service(
    cases: list[Case], generation: Generation
) -> None:
    found = cross_validate(cases, generation, _ADAPTER)
    written = [case for case in cases if not case.plain]
    assert found.answerable + found.unanswerable == found.reliability.count == len(written)
    assert found.reliability.points.keys() == {"cautious", "helpful"}
    lines = list(found.lines())
    assert lines[0] == "cross-validated by service on 6 answerable and 4 unanswerable questions:"
    assert any("Brier score" in line for line in lines)
