"""The report for editors: what it says, that it needs nothing else."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest
from lxml.html import HtmlElement

from app.tenants.tenant import load_tenant
from ingest.quality import check_knowledge
from ingest.quality_html import quality_html
from tests.ingest.faulty_town import faulty_town
from tests.ingest.samples import BODY, markdown
from tests.knowledge import TENANT, copy_knowledge

_TODAY = date(2026, 6, 1)


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return faulty_town(tmp_path)


@pytest.fixture
def report(town: Path) -> str:
    tenant = load_tenant(town)
    return quality_html(check_knowledge(town, tenant, _TODAY), tenant, town, _TODAY)


@pytest.fixture
def page(report: str) -> HtmlElement:
    return lxml.html.fromstring(report)


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def problem(page: HtmlElement, title: str) -> HtmlElement:
    """The first section about a kind of finding."""
    return next(section for section in page.find_class("problem") if title in words(section.find(".//h4")))


def test_it_says_at_once_whether_the_texts_can_be_published(page: HtmlElement) -> None:
    (verdict,) = page.find_class("verdict")
    assert "Fehler verhindert die Veröffentlichung" in words(verdict)


def test_it_shows_where_what_why_and_how_to_mend_it(page: HtmlElement) -> None:
    section = problem(page, "Persönliche Daten")
    assert "Frau Sabine Müller" in words(section.find(".//mark"))
    assert re.search(r"Zeile \d+", words(section))
    assert "Er wird öffentlich" in words(section)
    assert "Was Sie tun können:" in words(section)


def test_words_around_the_sentence_are_shown_but_not_marked(page: HtmlElement) -> None:
    quote = problem(page, "Persönliche Daten").find(".//blockquote")
    assert words(quote).startswith("Keine. ")
    assert words(quote).endswith(" Gern.")


def test_a_finding_without_a_quote_shows_its_line(page: HtmlElement) -> None:
    assert words(problem(page, "Unbekannte Überschrift").find(".//mark")) == "## Preise"


def test_texts_are_shown_as_text_and_never_as_html(report: str) -> None:
    assert "<b>allem" not in report
    assert "&lt;b&gt;" in report


def test_counts_are_given_by_owner_and_by_kind(page: HtmlElement) -> None:
    owners, kinds = (
        {words(row.find("th")).split(" Hund")[0]: [cell.text for cell in row.findall("td")] for row in table.iter("tr")
         if row.find("td") is not None}
        for table in list(page.iter("table"))[:2]
    )  # fmt: skip
    assert owners["Noch niemandem zugeordnet"] == ["1", "1", "0"]
    assert owners["Bürgeramt"][1] == "0"
    assert kinds["Unbekannte Überschrift maus.md (services/maus.md)"] == ["1", "1", "0"]


def test_overrides_are_listed_with_their_reason(page: HtmlElement) -> None:
    (row,) = list(page.iter("table"))[-1].find("tbody")
    assert [words(cell) for cell in row][2:] == [
        "Der neue Text kommt im Juli.", "A. Beispiel, 31.05.2026, gilt bis 31.12.2099",
    ]  # fmt: skip


def test_every_link_leads_to_a_place_in_the_page_and_no_id_is_given_twice(page: HtmlElement) -> None:
    ids = [str(element.get("id")) for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    targets = [str(link.get("href")) for link in page.iter("a")]
    assert targets
    assert all(target.removeprefix("#") in ids for target in targets)
    labels = [label for element in page.iter() for label in (element.get("aria-labelledby") or "").split()]
    assert set(labels) <= set(ids)


def test_it_is_german_needs_nothing_else_and_has_no_script(report: str, page: HtmlElement) -> None:
    assert page.get("lang") == "de"
    assert not re.search(r"<script|<link|<img|src=|@import|url\(", report)


def test_headings_don_t_skip_a_level(page: HtmlElement) -> None:
    levels = [int(element.tag[1]) for element in page.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_town_without_findings_is_told_so(tmp_path: Path) -> None:
    folder = copy_knowledge(tmp_path, services=()) / TENANT
    (folder / "services" / "a.md").write_text(markdown(body=BODY + "\n## Unterlagen\n\n-\n"), encoding="utf-8")
    tenant = load_tenant(folder)
    report = quality_html(check_knowledge(folder, tenant, _TODAY), tenant, folder, _TODAY)
    assert "Die Texte können veröffentlicht werden." in report
    assert "Alle Texte sind in Ordnung." in report
