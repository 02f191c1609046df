"""What a citizen does with an answer in a browser that runs no JavaScript: judge it, pass it on, erase it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Axe, Visit
from tests.e2e.staff import look_at

pytestmark = pytest.mark.browser
ANSWERED_MS = 60_000
QUESTION = "Was kostet ein neuer Personalausweis?"


def _ask(page: Page) -> None:
    page.get_by_label("Ihre Frage", exact=True).fill(QUESTION)
    page.get_by_role("button", name="Frage absenden").click()
    expect(page).to_have_title(re.compile("^Antwort"), timeout=ANSWERED_MS)


def test_without_javascript_an_answer_is_judged_passed_on_and_erased(visit: Visit) -> None:
    page = visit(
        path="/musterstadt/fragen", wait=False, java_script_enabled=False, viewport={"width": 320, "height": 800}
    ).page
    _ask(page)
    page.get_by_role("button", name="Nein").click()
    expect(page.get_by_text("Danke für Ihre Rückmeldung.")).to_be_in_viewport()
    page.get_by_label("Es fehlt etwas").check()
    page.get_by_role("button", name="Rückmeldung absenden").click()
    expect(page.get_by_label("Es fehlt etwas")).to_have_count(0)
    page.get_by_text("Mit einem Menschen sprechen").click()
    page.get_by_role("button", name="Frage an die Stadtverwaltung senden").click()
    expect(page.get_by_text("Bitte stimmen Sie zu.").last).to_be_visible()
    page.get_by_label("E-Mail-Adresse oder Telefonnummer").fill("erika@example.org")
    page.get_by_label("Ich bin einverstanden").check()
    page.get_by_role("button", name="Frage an die Stadtverwaltung senden").click()
    expect(page.get_by_text("Ihre Frage ist bei der Stadtverwaltung angekommen")).to_be_in_viewport()
    page.get_by_text("Gespräch speichern oder löschen").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Als Daten speichern").click()
    assert download.value.suggested_filename.endswith(".json")
    page.get_by_role("button", name="Gespräch löschen").click()
    page.get_by_role("button", name="Ja, endgültig löschen").click()
    expect(page.get_by_text("Das Gespräch ist gelöscht.")).to_be_visible()
    assert page.context.cookies() == []


def test_no_state_violates_the_rules_or_scrolls_sideways(visit: Visit, axe: Axe) -> None:
    chat = visit(path="/musterstadt/fragen?language=ar", wait=False)
    page, widths = chat.page, (320, 1280)
    page.locator("#frage").fill(QUESTION)
    page.locator(".question-form .button").click()
    expect(page.locator("#mensch")).to_be_visible(timeout=ANSWERED_MS)
    page.locator("#mensch summary").click()
    page.locator("#mensch form button").click()
    expect(page.locator("#mensch-kontakt")).to_have_attribute("aria-invalid", "true")
    look_at(page, axe, widths)
    page.locator("#mensch-kontakt").fill("0171 2345678")
    page.locator("#mensch-einwilligung").check()
    page.locator("#mensch form button").click()
    expect(page.locator("#mensch .notice")).to_be_visible()
    page.locator("#rueckmeldung button[value=nein]").click()
    expect(page.locator("#grund-1")).to_be_visible()
    page.locator(".own summary").click()
    look_at(page, axe, widths)
    page.locator(".own button[value=read]").click()
    expect(page.get_by_role("article")).to_have_count(2)  # the question, and what was passed on
    look_at(page, axe, widths)
    page.locator(".own summary").click()
    page.locator(".own button[value=erase]").click()
    expect(page.locator("button[value=erase_yes]")).to_be_visible()
    look_at(page, axe, widths)
    assert chat.policy_violations() == []
