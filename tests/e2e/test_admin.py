"""An admin's walk in a browser: settings, switches, accounts and exports, and what citizens see of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app.accounts.account import Role
from app.models.ports import Embedder
from ingest.generation import publish
from tests.e2e.conftest import Axe, Visit
from tests.e2e.staff import PASSWORD, TENANT, WIDTHS, look_at, signed_in
from tests.e2e.town_state import put_back
from tests.knowledge import silent

pytestmark = pytest.mark.browser

GREETING = "Willkommen beim Probelauf von Musterstadt!"
NOTICE = "Bis Mittag geschlossen."
QUESTION = "Was kostet die Hundesteuer für einen Hund im Jahr?"


@pytest.fixture
def town(live_data: Path, small_knowledge: Path) -> Iterator[Path]:
    """The town's folder; as it was afterwards, with the switches."""
    with put_back(live_data, small_knowledge) as folder:
        yield folder


@pytest.fixture
def page(browser: Browser, live_server: str, live_data: Path, town: Path) -> Iterator[Page]:
    """An admin at the start page."""
    with signed_in(browser, live_server, live_data, Role.ADMIN, 1280) as page:
        page.set_default_timeout(60_000)
        page.goto(f"{live_server}/console/{TENANT}")
        yield page


def test_settings_with_a_mistake_are_corrected_seen_saved_and_reach_the_widget(
    page: Page, visit: Visit, axe: Axe, live_data: Path, small_knowledge: Path, embedder: Embedder
) -> None:
    _area(page, "Einstellungen")
    page.get_by_label("Begrüßung auf Deutsch").fill(GREETING)
    origins = page.get_by_label("Erlaubte Internetseiten")
    right = origins.input_value()
    origins.fill(f"{right}\nwww.musterstadt.example/start")
    page.get_by_role("button", name="Speichern").click()
    look_at(page, axe, WIDTHS)
    page.get_by_role("alert").get_by_role("link").click()
    expect(origins).to_be_focused()
    expect(page.get_by_label("Begrüßung auf Deutsch")).to_have_value(GREETING)
    origins.fill(right)
    page.get_by_role("button", name="Vorschau ansehen").click()
    expect(page.locator(".bubble").first).to_have_text(GREETING)
    expect(page.get_by_text("Gespeichert ist noch nichts.")).to_be_visible()
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("status")).to_contain_text("sobald Sie den nächsten Stand veröffentlichen")
    page.get_by_role("link", name="Zum Veröffentlichen").click()
    expect(page.get_by_text("Einstellungen der Stadt")).to_be_visible()
    publish(small_knowledge, live_data, TENANT, embedder, "Probe", silent)  # by click: the editor's walk
    expect(visit(path="/").start().panel).to_contain_text(GREETING)


def test_a_pause_and_a_block_hold_at_once_and_end_at_once(page: Page, visit: Visit, axe: Axe) -> None:
    _area(page, "Schalter")
    page.get_by_text("Chatbot anhalten", exact=True).click()
    form = _form(page, "Weiter")
    form.get_by_label("Grund").fill("Falsche Gebühr")
    form.get_by_label("Eigener Hinweis auf Deutsch").fill(NOTICE)
    form.get_by_role("button", name="Weiter").click()
    expect(page.get_by_role("blockquote").first).to_contain_text(NOTICE)
    look_at(page, axe, WIDTHS)
    page.get_by_role("button", name="Ja, Chatbot jetzt anhalten").click()
    expect(page.get_by_role("status")).to_have_text("Der Chatbot ist angehalten.")
    chat = visit(path="/")
    chat.launcher.click()
    expect(chat.panel.locator(".intro .notice")).to_contain_text(NOTICE)

    page.get_by_text("Wieder einschalten", exact=True).click()
    form = _form(page, "Chatbot wieder einschalten")
    form.get_by_label("Grund").fill("Gebühr berichtigt")
    form.get_by_role("button", name="Chatbot wieder einschalten").click()
    expect(page.get_by_role("status")).to_have_text("Der Chatbot antwortet wieder.")
    page.get_by_text("Ein Thema sperren", exact=True).click()
    form = _form(page, "Sperren")
    form.get_by_label("Text", exact=True).check()
    form.get_by_label("Einzelner Text").select_option("hund-anmelden")
    form.get_by_label("Grund").fill("Satzung wird geändert")
    look_at(page, axe, WIDTHS)
    form.get_by_role("button", name="Sperren").click()
    expect(page.get_by_role("status")).to_have_text("Das Thema ist gesperrt.")
    chat = visit(path="/").start()
    expect(chat.panel).not_to_contain_text(NOTICE)
    answer = chat.ask(QUESTION)
    expect(answer).not_to_contain_text("96,00")
    expect(answer).to_contain_text("Steueramt")

    page.get_by_text("Sperre aufheben", exact=True).click()
    form = _form(page, "Sperre aufheben")
    form.get_by_label("Grund").fill("Satzung ist da")
    form.get_by_role("button", name="Sperre aufheben").click()
    expect(page.get_by_role("status")).to_have_text("Die Sperre ist aufgehoben.")
    expect(page.get_by_role("row").filter(has_text="Satzung wird geändert")).to_be_visible()


def test_accounts_are_made_and_locked_and_nobody_locks_themselves_out(page: Page, axe: Axe) -> None:
    _area(page, "Konten")
    form = _form(page, "Konto anlegen")
    form.get_by_label("Anmeldename").fill("toni.probe")
    form.get_by_label("Vor- und Nachname").fill("Toni Probe")
    form.get_by_label("Passwort", exact=True).fill(PASSWORD)
    form.get_by_label("Passwort wiederholen").fill("etwas ganz anderes")
    form.get_by_label("Redaktion").check()
    form.get_by_role("button", name="Konto anlegen").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(form.get_by_label("Redaktion")).to_be_checked()
    look_at(page, axe, WIDTHS)
    form.get_by_label("Passwort", exact=True).fill(PASSWORD)
    form.get_by_label("Passwort wiederholen").fill(PASSWORD)
    form.get_by_role("button", name="Konto anlegen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Toni Probe")
    expect(page.get_by_role("status")).to_have_text("Das Konto ist angelegt.")
    look_at(page, axe, WIDTHS)
    page.get_by_role("button", name="Konto sperren").click()
    expect(page.get_by_text("gesperrt", exact=True)).to_be_visible()
    page.get_by_label("Ja, das Konto soll gelöscht werden.").check()
    page.get_by_role("button", name="Konto löschen").click()
    expect(page.get_by_role("status")).to_have_text("Das Konto ist gelöscht.")
    page.get_by_role("link", name=Role.ADMIN.value, exact=True).click()
    expect(page.get_by_text("Das ist Ihr eigenes Konto.")).to_be_visible()
    for what in ("Konto sperren", "Konto löschen"):
        expect(page.get_by_role("button", name=what)).to_have_count(0)


def test_drafts_and_figures_are_downloaded_and_every_step_stands_in_the_log(page: Page, axe: Axe) -> None:
    _area(page, "Transparenz")
    with page.expect_download() as drafts:
        page.get_by_role("link", name="Alle Entwürfe herunterladen (ZIP)").click()
    assert drafts.value.path().read_bytes().startswith(b"PK")
    page.get_by_role("button", name="Protokoll prüfen").click()
    expect(page.get_by_role("heading", name="Ergebnis der Prüfung")).to_be_visible()
    look_at(page, axe, WIDTHS)
    _area(page, "Zahlen")
    with page.expect_download() as figures:
        page.get_by_role("link", name="CSV").first.click()
    assert ";" in figures.value.path().read_text("utf-8-sig")
    _area(page, "Protokoll")
    expect(page.get_by_role("table")).to_contain_text("Entwürfe zur Transparenz heruntergeladen")


def _area(page: Page, name: str) -> None:
    page.locator("nav.side").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def _form(page: Page, button: str) -> Locator:
    """The form whose button says that."""
    return page.locator("form").filter(has=page.get_by_role("button", name=button))
