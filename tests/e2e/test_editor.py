"""An editor's walk in a browser: a fee changes, from the form to what citizens read, and back again."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from app.accounts.account import Role
from tests.e2e.conftest import Axe, Visit
from tests.e2e.staff import TENANT, WIDTHS, look_at, signed_in
from tests.e2e.town_state import put_back

pytestmark = pytest.mark.browser

QUESTION = "Was kostet die Hundesteuer für einen Hund im Jahr?"
GOLD = f"""
- {{id: hund, split: dev, question: "{QUESTION}", language: de, kind: answerable, services: [hund-anmelden],
   facts: ["96,00 Euro"]}}
"""
PATIENCE_MS = 240_000
"""A background job on a busy machine."""


@pytest.fixture
def town(live_data: Path, small_knowledge: Path) -> Iterator[Path]:
    """The town's folder, with one gold question that the change will fail; as it was afterwards."""
    with put_back(live_data, small_knowledge) as folder:
        (folder / "gold").mkdir(exist_ok=True)
        (folder / "gold" / "dev.yaml").write_text(GOLD, "utf-8")
        yield folder


def test_a_changed_fee_reaches_the_citizens_and_is_taken_back(
    browser: Browser, live_server: str, live_data: Path, town: Path, visit: Visit, axe: Axe
) -> None:
    with signed_in(browser, live_server, live_data, Role.EDITOR, 1280) as page:
        page.set_default_timeout(PATIENCE_MS)
        _edit(page, live_server, axe)
        _see_the_effect(page, axe)
        _publish(page, axe)
        chat = visit(path="/").start()
        expect(chat.ask(QUESTION)).to_contain_text("98,00")
        _roll_back(page, axe)
        asked = httpx.post(f"{live_server}/api/v1/{TENANT}/chat", json={"question": QUESTION}, timeout=120).json()
        assert "96,00" in str(asked["statements"]) and "98,00" not in str(asked["statements"])


def _edit(page: Page, live_server: str, axe: Axe) -> None:
    """A mistake is shown while it is typed, and stops the saving; then the text is saved and shows what changed."""
    page.goto(f"{live_server}/console/{TENANT}/texts")
    page.get_by_role("link", name="Hund anmelden (Hundesteuer)").click()
    page.get_by_role("link", name="Bearbeiten").click()
    costs = page.get_by_label("Kosten")
    before = costs.input_value()
    assert "96,00 Euro" in before
    costs.fill("| Hunde | Steuer |\n| 1 | 98,00 Euro |")
    found = page.locator("#geprueft")
    expect(found.get_by_role("link", name="Tabelle ist nicht vollständig")).to_be_visible()
    expect(found.get_by_text("| Hunde | Steuer |").first).to_be_visible()
    look_at(page, axe, WIDTHS)
    costs.fill("\u202e" + before)
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Ihre Eingaben stehen noch im Formular")
    page.get_by_role("alert").get_by_role("link").click()
    expect(costs).to_be_focused()
    costs.fill("\uf0b7 " + before.replace("96,00 Euro", "98,00\u200b Euro").removeprefix("- "))
    expect(found.locator(".preview, article").get_by_text("98,00").first).to_be_visible()
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("Der Text ist gespeichert")
    expect(page.locator("del", has_text="96,00")).to_be_visible()
    expect(page.locator("ins", has_text="98,00")).to_be_visible()
    look_at(page, axe, WIDTHS)


def _see_the_effect(page: Page, axe: Axe) -> None:
    """Leaving the page of a running job and coming back; then the answer that would be lost."""
    page.get_by_role("link", name="Änderungen veröffentlichen").click()
    expect(page.get_by_role("listitem").filter(has_text="Hund anmelden")).to_be_visible()
    page.get_by_role("button", name="Wirkung auf Antworten prüfen").click()
    expect(page.get_by_role("status")).to_contain_text("Der Auftrag läuft")
    page.get_by_role("link", name="Zurück zu allen Ständen").click()
    expect(page.get_by_text("Es läuft immer nur einer")).to_be_visible()
    page.get_by_role("link", name="Zusehen").click()
    expect(page.get_by_text("Gestellte Prüffragen: 1.")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text("Richtige, die verloren gingen: 1.")).to_be_visible()
    expect(page.get_by_text("So würde das Veröffentlichen abgelehnt")).to_be_visible()
    look_at(page, axe, WIDTHS)


def _publish(page: Page, axe: Axe) -> None:
    """The gold question still names the old fee, so the editor says why its answer may go."""
    page.get_by_role("link", name="Zurück zu den Änderungen").click()
    page.get_by_text("Trotzdem veröffentlichen").click()
    page.get_by_label("Grund, die Prüffragen nicht zu stellen").fill("Die Prüffrage nennt noch die alte Gebühr.")
    look_at(page, axe, WIDTHS)
    page.get_by_role("button", name="Jetzt veröffentlichen").click()
    expect(page.locator(".steps li").first).to_be_visible()
    look_at(page, axe)
    expect(page.get_by_text("Veröffentlicht: Bürgerinnen und Bürger")).to_be_visible(timeout=PATIENCE_MS)


def _roll_back(page: Page, axe: Axe) -> None:
    page.get_by_role("link", name="Zurück zu allen Ständen").click()
    page.get_by_role("link", name="Hierhin wechseln").first.click()
    page.get_by_label("Warum?").fill("Die Satzung gilt erst ab Januar.")
    look_at(page, axe, WIDTHS)
    page.get_by_role("button", name="Ja, jetzt wechseln").click()
    expect(page.get_by_role("status").first).to_contain_text("wieder Antworten aus dem gewählten Stand")
    expect(page.get_by_text("Die Satzung gilt erst ab Januar.")).to_be_visible()
