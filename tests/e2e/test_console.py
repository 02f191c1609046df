"""The console in a browser: every page accessible at every width, and the main walk of each role."""

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from app.accounts.account import Role
from app.console.navigation import GROUPS
from tests.e2e.conftest import Axe
from tests.e2e.staff import PASSWORD, TENANT, WIDTHS, have_account, look_at, signed_in

pytestmark = pytest.mark.browser

PAGES = tuple(entry.path for group in GROUPS for entry in group.entries)


@pytest.fixture(scope="module")
def asked(live_server: str) -> str:
    """The id of an answer, so that the pages have something to show."""
    question = {"question": "Was kostet ein Personalausweis?"}
    response = httpx.post(f"{live_server}/api/v1/{TENANT}/chat", json=question, timeout=120)
    answer: str = response.json()["answer_id"]
    return answer


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_accessible_and_scrolls_only_downwards(
    browser: Browser, live_server: str, live_data: Path, asked: str, axe: Axe, width: int
) -> None:
    with signed_in(browser, live_server, live_data, Role.ADMIN, width) as page:
        for path in (*PAGES, f"/answers/{asked}"):
            response = page.goto(f"{live_server}/console/{TENANT}{path}")
            assert response is not None and response.status == 200, path
            look_at(page, axe)


def test_pages_are_readable_in_the_dark(
    browser: Browser, live_server: str, live_data: Path, asked: str, axe: Axe
) -> None:
    with signed_in(browser, live_server, live_data, Role.ADMIN, 1280) as page:
        page.emulate_media(color_scheme="dark")
        for path in PAGES:
            page.goto(f"{live_server}/console/{TENANT}{path}")
            axe(page)


def test_somebody_of_the_desk_signs_in_with_the_keyboard_and_out_again(
    browser: Browser, live_server: str, live_data: Path
) -> None:
    name = have_account(live_data, Role.DESK)
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server}/console/{TENANT}/answers")
    page.get_by_label("Anmeldename").fill(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live_server}/console/{TENANT}/answers")
    page.get_by_role("button", name="Abmelden").click()
    expect(page.get_by_text("Sie sind abgemeldet.")).to_be_visible()
    page.goto(f"{live_server}/console/{TENANT}/answers")
    expect(page.get_by_role("heading", level=1, name="Anmelden")).to_be_visible()
    context.close()
