"""Musterstadt shows every kind of source, and its texts agree with each other."""

import re
from pathlib import Path

import pytest

from app.index.modules import ModuleKind
from app.tenants.tenant import load_tenant
from app.text.figures import figures
from ingest.document import ServiceDocument
from ingest.sources.config import load_sources
from ingest.sources.read import read_sources
from ingest.sources.result import ReadResult
from scripts import sample_documents
from tests.ingest.sample_town import TOWN, town_as_read


@pytest.fixture(scope="module")
def results() -> list[ReadResult]:
    return list(town_as_read())


@pytest.fixture(scope="module")
def documents(results: list[ReadResult]) -> dict[str, ServiceDocument]:
    return {result.document.id: result.document for result in results if result.document is not None}


def test_every_source_is_read_without_a_finding(results: list[ReadResult]) -> None:
    assert [str(finding) for result in results for finding in result.findings] == []


def test_there_are_more_than_ninety_services_and_every_format(
    results: list[ReadResult], documents: dict[str, ServiceDocument]
) -> None:
    services = [text for text in documents.values() if text.language == "de" and text.variant == "standard"]
    assert len(services) >= 94
    suffixes = [Path(result.name.partition("#")[0]).suffix for result in results]
    assert (suffixes.count(".html"), suffixes.count(".pdf"), suffixes.count(".docx")) == (3, 2, 1)
    assert suffixes.count(".xml") >= 4


def test_every_service_is_found_by_other_names(documents: dict[str, ServiceDocument]) -> None:
    unnamed = [text.id for text in documents.values() if text.variant == "standard" and not text.synonyms]
    assert unnamed == []


def test_every_text_names_an_office_of_the_town(documents: dict[str, ServiceDocument]) -> None:
    offices = {office.id for office in load_tenant(TOWN).offices}
    assert {text.office for text in documents.values()} <= offices


@pytest.mark.parametrize(
    ("statute", "services"),
    [
        ("hundesteuersatzung", ("hund-anmelden", "hund-abmelden")),
        ("abwassergebuehrensatzung", ("gartenwasserzaehler", "niederschlagswasser")),
    ],
)
def test_a_statute_names_no_amount_and_no_deadline_that_its_services_do_not(
    statute: str, services: tuple[str, ...], documents: dict[str, ServiceDocument]
) -> None:
    said = figures("\n".join(module.text for service in services for module in documents[service].modules))
    for module in documents[statute].modules:
        if module.kind in (ModuleKind.COSTS, ModuleKind.DEADLINE):
            assert figures(_without_paragraph_numbers(module.text)) <= said, module.heading


def test_statutes_and_leaflet_are_those_that_the_manuscripts_give(
    tmp_path: Path, documents: dict[str, ServiceDocument]
) -> None:
    for folder in ("statutes", "leaflets"):
        (tmp_path / folder).mkdir()
        for meta in (TOWN / folder).glob("*.meta.yaml"):
            (tmp_path / folder / meta.name).write_bytes(meta.read_bytes())
    sample_documents.main([str(tmp_path)])
    config = load_sources(TOWN)
    made = config.model_copy(update={"sources": tuple(s for s in config.sources if s.kind in ("pdf", "docx"))})
    read = [result.document for result in read_sources(tmp_path, made)]
    assert len(read) == 3
    assert all(text is not None and text == documents[text.id] for text in read)


def _without_paragraph_numbers(text: str) -> str:
    return re.sub(r"^\(\d+\) ", "", text, flags=re.MULTILINE)
