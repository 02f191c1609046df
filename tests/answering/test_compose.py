"""What surrounds the statements: sources, office card, next steps. All from the town's own data."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.answering.compose import (
    MAX_SUGGESTIONS,
    frame,
    nearest_services,
    office_card,
    online_service,
    rule_source,
    sources_of,
)
from app.answering.retrieve import Retrieval, retrieve
from app.answering.service import AnsweringService
from app.answering.values import Link, Origin, RuleFinding, Statement
from app.answering.verify import quote
from app.index.generation import Generation
from app.index.modules import ModuleKind
from app.settings import PROJECT_ROOT
from app.tenants.tenant import Tenant, load_tenant
from app.wording.catalog import catalog
from tests.answering.samples import COSTS, DURATION, MONDAY_MORNING, chunk, evidence

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(scope="module")
def tenant() -> Tenant:
    return load_tenant(PROJECT_ROOT / "knowledge" / "musterstadt")


def test_sources_are_the_cited_passages_only_word_for_word() -> None:
    units = evidence(chunk(COSTS), chunk(DURATION, ModuleKind.PROCESSING_TIME))
    (source,) = sources_of(units, [quote(units[3]), frame("Gern geschehen!")])
    assert source.number == 2
    assert source.text == units[3].chunk.text
    assert source.chunk_id == units[3].chunk.id
    assert (source.title, source.module) == ("Personalausweis beantragen", "Bearbeitungsdauer")
    assert [one.number for one in sources_of(units, [quote(units[3]), quote(units[0])])] == [1, 2]
    assert sources_of(units, []) == ()


def test_every_citation_of_a_statement_has_its_source() -> None:
    units = evidence(chunk(COSTS), chunk(DURATION, ModuleKind.PROCESSING_TIME))
    said = [Statement("Beides.", (2, 1), Origin.GENERATED)]
    assert {source.number for source in sources_of(units, said)} == {1, 2}


def test_frame_cites_nothing() -> None:
    assert frame("Guten Tag!") == Statement("Guten Tag!", (), Origin.FRAME)


@pytest.mark.parametrize(
    ("moment", "open_now"),
    [
        (datetime(2026, 11, 2, 8, 0, tzinfo=BERLIN), True),
        (datetime(2026, 11, 2, 7, 59, tzinfo=BERLIN), False),
        (datetime(2026, 11, 2, 16, 0, tzinfo=BERLIN), False),
        (datetime(2026, 11, 1, 10, 0, tzinfo=BERLIN), False),
        (datetime(2026, 12, 24, 10, 0, tzinfo=BERLIN), False),
        (datetime(2026, 12, 25, 10, 0, tzinfo=BERLIN), False),
    ],
)
def test_office_card_says_whether_it_is_open_at_that_moment(tenant: Tenant, moment: datetime, open_now: bool) -> None:
    card = office_card(tenant.office("buergeramt"), tenant, moment, catalog("de"))
    assert card.open_now is open_now
    assert card.address == "Rathausplatz 1, 99001 Musterstadt"


def test_office_card_has_all_seven_days_in_the_answers_language(tenant: Tenant) -> None:
    moment = datetime(2026, 11, 2, 8, 0, tzinfo=BERLIN)
    german = office_card(tenant.office("buergeramt"), tenant, moment, catalog("de"))
    english = office_card(tenant.office("buergeramt"), tenant, moment, catalog("en"))
    assert german.hours[0] == ("Montag", "08:00–16:00")
    assert german.hours[6] == ("Sonntag", "geschlossen")
    assert english.hours[0][0] == "Monday"
    assert len(german.hours) == len(english.hours) == 7


def test_online_service_is_offered_where_the_service_has_one() -> None:
    url = "https://termine.musterstadt.example/"
    assert online_service(chunk(online_service_url=url)) == Link("Personalausweis beantragen", url)
    assert online_service(chunk()) is None
    assert online_service(None) is None


def test_a_rule_is_cited_with_the_data_that_it_used() -> None:
    finding = RuleFinding("opening-hours@1", ("Offen.",), "Öffnungszeiten", "Montag: 08:00", None, "buergeramt")
    source = rule_source(finding, "de")
    assert (source.number, source.title, source.text) == (1, "Öffnungszeiten", "Montag: 08:00")
    assert source.module == "Feste Angaben der Stadtverwaltung"
    assert source.chunk_id == "rule:opening-hours@1:buergeramt"


@pytest.fixture
def retrieval(service: AnsweringService) -> Retrieval:
    pipeline, generation = service.pipeline, service.generations.active("musterstadt")
    return retrieve("Hund", "de", MONDAY_MORNING.date(), generation, pipeline.embedder, pipeline.weights)


def _found(retrieval: Retrieval, *scores: tuple[str, float]) -> Retrieval:
    """The retrieval with other candidates."""
    candidates = tuple(
        replace(retrieval.candidates[0], chunk=chunk(document_id=document, title=document.title()), fused=fused)
        for document, fused in scores
    )
    return replace(retrieval, candidates=candidates)


def test_nearest_services_are_named_once_and_only_when_near(retrieval: Retrieval, generation: Generation) -> None:
    links = nearest_services(
        _found(retrieval, ("pass", 0.9), ("pass", 0.8), ("hund", 0.3), ("muell", 0.01)), generation
    )
    assert [link.title for link in links] == ["Pass", "Hund"]
    assert nearest_services(_found(retrieval), generation) == ()


def test_there_are_never_many_suggestions(retrieval: Retrieval, generation: Generation) -> None:
    links = nearest_services(_found(retrieval, *((f"dienst-{number}", 0.9) for number in range(9))), generation)
    assert len(links) == MAX_SUGGESTIONS
