"""An individual case whose answer no text has: the service's requirements and its office, never a verdict."""

import pytest

from app.answering.pipeline import Pipeline
from app.answering.trace import Trace
from app.answering.values import Answer, Finished, Origin, Status
from app.index.generation import Generation
from tests.answering.samples import question


def _answer(pipeline: Pipeline, generation: Generation, text: str) -> Answer:
    asked = question(text)
    *_, last = pipeline.walk(asked, generation, Trace(question=asked))
    assert isinstance(last, Finished)
    return last.answer


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Bekomme ich Wohngeld, wenn ich 1.400 Euro verdiene?", "Sozialamt"),
        ("Habe ich mit zwei Kindern Anspruch auf einen Kita-Platz, obwohl ich nicht arbeite?", "Jugendamt"),
    ],
)
def test_the_requirements_are_quoted_and_the_offices_name_is_the_services(
    pipeline: Pipeline, generation: Generation, text: str, office: str
) -> None:
    answer = _answer(pipeline, generation, text)
    assert answer.status is Status.DECIDED_BY_STAFF
    assert answer.office is not None
    assert answer.office.name == office
    quotes = [statement for statement in answer.statements if statement.origin is Origin.QUOTE]
    assert quotes
    assert all(statement.citations for statement in quotes)


def test_without_a_near_service_the_default_office_is_named_and_nothing_quoted(
    pipeline: Pipeline, generation: Generation
) -> None:
    answer = _answer(pipeline, generation, "Habe ich Anspruch auf eine Mondlandung?")
    assert answer.status is Status.DECIDED_BY_STAFF
    assert answer.sources == ()
