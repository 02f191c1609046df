"""The staff in a real browser."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page

from app.accounts.account import Role
from app.accounts.repository import AccountRepository
from app.accounts.sessions import SessionRepository
from app.console.access import COOKIE
from app.errors import NotFoundError
from app.records.repository import RecordRepository
from tests.e2e.conftest import Axe

PASSWORD = "Ein langes Passwort für Tests"
TENANT = "musterstadt"
WIDTHS = (320, 768, 1280)
_SIDEWAYS = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"


def have_account(data_dir: Path, role: Role) -> str:
    """The sign-in name of an account with that role, made when it does not exist."""
    with closing(RecordRepository(data_dir / "records.sqlite3")) as records:
        accounts = AccountRepository(records.database)
        try:
            accounts.by_name(role)
        except NotFoundError:
            held = [(TENANT, role)]
            accounts.create(role, f"Kim {role.title()}", held, datetime.now(UTC), password=PASSWORD)
    return role


@contextmanager
def signed_in(browser: Browser, base_url: str, data_dir: Path, role: Role, width: int) -> Iterator[Page]:
    """A page whose browser has a session of that role already."""
    name = have_account(data_dir, role)
    with closing(RecordRepository(data_dir / "records.sqlite3")) as records:
        account = AccountRepository(records.database).by_name(name)
        token = SessionRepository(records.database).begin(account, datetime.now(UTC))
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="de-DE")
    cookie = {"name": COOKIE, "value": token, "url": f"{base_url}/console", "httpOnly": True}
    context.add_cookies([cookie])  # type: ignore[list-item]
    page = context.new_page()
    try:
        yield page
    finally:
        context.close()


def look_at(page: Page, axe: Axe, widths: tuple[int, ...] = ()) -> None:
    """At each width (px; none: as wide as the page is) the page must not scroll sideways and axe must find nothing."""
    page.wait_for_load_state("load")  # a page is there to be clicked on before its style sheet is
    for width in widths or (None,):
        if width:
            page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(_SIDEWAYS) == 0, f"{page.url} at {width}"
        axe(page)
