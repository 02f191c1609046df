"""The quality report for editors in a browser: on a phone, and without JavaScript."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from app.tenants.tenant import load_tenant
from ingest.quality import check_knowledge
from ingest.quality_html import quality_html
from tests.ingest.faulty_town import faulty_town

pytestmark = pytest.mark.browser

_TODAY = date(2026, 6, 1)


@pytest.fixture
def report(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    town = faulty_town(tmp_path)
    tenant = load_tenant(town)
    context = browser.new_context(viewport={"width": 320, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.set_content(quality_html(check_knowledge(town, tenant, _TODAY), tenant, town, _TODAY))
    yield page
    context.close()


def test_nothing_sticks_out_on_a_phone(report: Page) -> None:
    for part in report.locator("main, .text, .scroll, fieldset").all():
        box = part.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320


def test_texts_can_be_filtered_by_severity_and_owner(report: Page) -> None:
    texts, problems = report.locator(".text:visible"), report.locator(".problem:visible")
    everything = texts.count()
    report.get_by_label("Nur Fehler").check()
    assert (texts.count(), problems.count()) == (1, 1)
    report.get_by_label("Nur Warnungen").check()
    assert texts.count() == everything - 1
    report.locator("fieldset").first.get_by_label("Alle").check()
    report.get_by_role("radio", name="Bürgeramt").check()
    assert texts.count() == 1


def test_the_overview_leads_to_the_texts(report: Page) -> None:
    report.locator("summary", has_text="Persönliche Daten").click()
    link = report.locator("details[open] a").first
    target = link.get_attribute("href")
    assert target is not None
    assert report.locator(target).is_visible()


def test_everything_is_printed_but_the_controls(report: Page) -> None:
    report.emulate_media(media="print")
    assert not report.locator(".filters").is_visible()
    assert report.locator(".problem:visible").count() == report.locator(".problem").count()
