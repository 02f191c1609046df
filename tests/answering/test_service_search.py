"""Finding services: closest first, in the words of the published texts, as far as the town's switches allow."""

from dataclasses import replace

import pytest

from app.answering.pipeline import Pipeline
from app.answering.service_search import MOST_SERVICES, search_services
from app.answering.values import Question
from app.errors import InvalidInputError
from app.index.generation import Generation
from app.switches.state import InForce
from tests.answering.samples import MONDAY_MORNING
from tests.knowledge import TENANT


def _query(text: str, language: str | None = None) -> Question:
    return Question(text, TENANT, MONDAY_MORNING, language=language)


def test_the_closest_service_comes_first_with_link_text_and_office(pipeline: Pipeline, generation: Generation) -> None:
    found = search_services(_query("Ich brauche einen neuen Ausweis"), generation, pipeline)
    first = found.services[0]
    assert first.id == "personalausweis"
    assert first.title == "Personalausweis beantragen"
    assert first.url == "https://www.musterstadt.example/dienste/personalausweis"
    assert first.office == "Bürgeramt"
    assert any(first.text in chunk.text for chunk in generation.chunks)
    assert 1 <= len(found.services) <= MOST_SERVICES
    assert len({service.id for service in found.services}) == len(found.services)
    assert found.notices == ()


def test_a_foreign_query_finds_the_text_in_its_language(pipeline: Pipeline, generation: Generation) -> None:
    first = search_services(_query("new identity card", "en"), generation, pipeline).services[0]
    assert (first.id, first.language) == ("personalausweis", "en")


def test_nothing_close_finds_nothing(pipeline: Pipeline, generation: Generation) -> None:
    assert search_services(_query("Nashorn ausstopfen"), generation, pipeline).services == ()


def test_a_paused_bot_finds_nothing_and_says_so(pipeline: Pipeline, generation: Generation) -> None:
    paused = InForce(bot_paused=True)
    found = search_services(replace(_query("Ausweis"), switches=paused), generation, pipeline)
    assert found.services == ()
    assert found.notices


def test_a_blocked_service_is_not_found(pipeline: Pipeline, generation: Generation) -> None:
    blocked = InForce(services=("personalausweis",))
    found = search_services(replace(_query("Personalausweis"), switches=blocked), generation, pipeline)
    assert "personalausweis" not in {service.id for service in found.services}


def test_an_empty_query_is_refused(pipeline: Pipeline, generation: Generation) -> None:
    with pytest.raises(InvalidInputError):
        search_services(_query(" "), generation, pipeline)
