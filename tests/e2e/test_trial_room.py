"""The trial room and the settings in a browser: pages that the navigation does not name, and a visitor's walk."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from app.accounts.account import Role
from tests.e2e.conftest import Axe
from tests.e2e.staff import TENANT, WIDTHS, look_at, signed_in

pytestmark = pytest.mark.browser

QUESTION = "Was kostet ein Bewohnerparkausweis?"
PATIENCE_MS = 120_000
"""A first answer on a busy machine."""


def test_an_editor_tries_shares_and_a_visitor_votes(
    browser: Browser, live_server: str, live_data: Path, axe: Axe
) -> None:
    with signed_in(browser, live_server, live_data, Role.EDITOR, 1280) as page:
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"{live_server}/console/{TENANT}/trials")
        page.get_by_role("link", name="Neuer Versuch").click()
        look_at(page, axe, WIDTHS)
        page.get_by_label("Name des Versuchs").fill("Mit und ohne Modell")
        page.locator("#right-model").select_option("none")
        page.get_by_role("button", name="Versuch anlegen").click()
        page.get_by_label("Ihre Frage").fill(QUESTION)
        page.get_by_role("button", name="Beide Seiten fragen").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(QUESTION)
        look_at(page, axe, WIDTHS)
        page.get_by_role("link", name="Zum Versuch").click()
        page.get_by_role("button", name="Link erzeugen").click()
        link = page.get_by_label("Link zum Weitergeben").input_value()
        look_at(page, axe, WIDTHS)

        context = browser.new_context(viewport={"width": 320, "height": 900}, java_script_enabled=True)
        visitor = context.new_page()
        visitor.goto(re.sub(r"^https?://[^/]+", live_server, link))
        look_at(visitor, axe, WIDTHS)
        visitor.get_by_role("link", name="Mit der ersten Frage beginnen").click()
        look_at(visitor, axe, WIDTHS)
        visitor.get_by_label("Beide sind gleich gut").check()
        visitor.get_by_role("button", name="Abstimmen und weiter").click()
        expect(visitor.get_by_role("heading", level=1, name="Vielen Dank!")).to_be_visible()
        visitor.get_by_role("link", name="English").click()
        expect(visitor.get_by_role("heading", level=1, name="Thank you very much!")).to_be_visible()
        axe(visitor)
        assert context.cookies() == []
        context.close()

        page.reload()
        expect(page.locator(".tally")).to_contain_text("1")


def test_the_settings_of_an_office_and_the_whole_file_are_accessible(
    browser: Browser, live_server: str, live_data: Path, axe: Axe
) -> None:
    with signed_in(browser, live_server, live_data, Role.ADMIN, 1280) as page:
        for path in ("offices/buergeramt", "expert", "versions"):
            page.goto(f"{live_server}/console/{TENANT}/settings/{path}")
            look_at(page, axe, WIDTHS)
        page.goto(f"{live_server}/console/{TENANT}/settings/offices/buergeramt")
        page.get_by_label("Montag").fill("16-8")
        page.get_by_role("button", name="Vorschau ansehen").click()
        mistake = page.get_by_role("link", name=re.compile("Die Öffnung muss vor der Schließung liegen"))
        expect(mistake).to_be_visible()
        axe(page)
        mistake.click()
        expect(page.get_by_label("Montag")).to_be_focused()
