"""`python -m scripts.screenshots --url URL --data-dir FOLDER`: pictures of every page for docs/screenshots/.

The server must run and use that folder. Its answer log is asked a few questions, so use a copy.
"""

import argparse
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import httpx
from PIL import Image
from playwright.sync_api import Browser, BrowserType, Page, sync_playwright

from app.accounts.account import EVERY_TENANT, Role
from app.accounts.repository import AccountRepository
from app.accounts.sessions import SessionRepository
from app.console.access import COOKIE
from app.console.navigation import GROUPS
from app.errors import NotFoundError
from app.records.repository import RecordRepository
from scripts.chromium import find
from scripts.command import say

_FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
_TENANT = "musterstadt"
_QUESTIONS = (
    "Was kostet ein Personalausweis?",
    "Welche Unterlagen brauche ich für die Anmeldung meines Hundes?",
    "Wann hat das Bürgeramt geöffnet?",
    "Wo kann ich mein Lastenrad fördern lassen?",
    "Gibt es ein Osterfeuer?",
)
_CITIZENS_PAGES = {
    "home": "/",
    "chat": f"/{_TENANT}/chat",
    "questions-without-javascript": f"/{_TENANT}/fragen",
    "transparency-register": f"/{_TENANT}/transparenz",
    "accessibility": f"/{_TENANT}/barrierefreiheit",
}
_WIDE, _PHONE, _TALLEST, _COLOURS = 1280, 320, 1400, 64
"""Pixels, and colours of a palette."""


def main() -> int:
    """Takes the pictures; 1 without a browser."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--url", required=True, help="base URL of the running server")
    options.add_argument("--data-dir", required=True, type=Path, help="its data folder")
    options.add_argument("--out", type=Path, default=_FOLDER, help="folder of the pictures")
    given = options.parse_args()
    url, out = str(given.url).rstrip("/"), Path(given.out)
    executable = find()
    if executable is None:
        say("screenshots: there is no Chromium; install it: `sudo apt-get install chromium`.")
        return 1
    answers = [_ask(url, question) for question in _QUESTIONS]
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    with sync_playwright() as playwright, closing(_browser(playwright.chromium, executable)) as browser:
        for width, suffix in ((_WIDE, ""), (_PHONE, "-phone")):
            with _page(browser, width) as page:
                _open_widget(page, url, out / f"widget{suffix}.png")
                for name, path in _CITIZENS_PAGES.items():
                    _shoot(page, f"{url}{path}", out / f"{name}{suffix}.png")
            with _page(browser, width, url, _session(given.data_dir)) as page:
                page.goto(f"{url}/console/{_TENANT}/unanswered")  # is worked out in the background from now on
                for entry in (entry for group in GROUPS for entry in group.entries):
                    _shoot(page, f"{url}/console/{_TENANT}{entry.path}", out / f"console-{entry.area}{suffix}.png")
                why = f"{url}/console/{_TENANT}/answers/{answers[0]}"
                _shoot(page, why, out / f"console-answer{suffix}.png")
    say(f"screenshots: {len(list(out.iterdir()))} pictures in {out}")
    return 0


def _browser(chromium: BrowserType, executable: str) -> Browser:
    return chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])


def _ask(url: str, question: str) -> str:
    response = httpx.post(f"{url}/api/v1/{_TENANT}/chat", json={"question": question}, timeout=180)
    response.raise_for_status()
    answer: str = response.json()["answer_id"]
    return answer


def _session(data_dir: Path) -> str:
    """The token of a session of an admin of everything, who is made if need be."""
    now = datetime.now(UTC)
    with closing(RecordRepository(data_dir / "records.sqlite3")) as records:
        accounts = AccountRepository(records.database)
        try:
            account = accounts.by_name("kim.beispiel")
        except NotFoundError:
            account = accounts.create("kim.beispiel", "Kim Beispiel", [(EVERY_TENANT, Role.ADMIN)], now)
        return SessionRepository(records.database).begin(account, now)


@contextmanager
def _page(browser: Browser, width: int, url: str = "", session: str = "") -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 800}, locale="de-DE", color_scheme="light")
    if session:
        context.add_cookies([{"name": COOKIE, "value": session, "url": f"{url}/console", "httpOnly": True}])
    yield context.new_page()
    context.close()


def _open_widget(page: Page, url: str, path: Path) -> None:
    page.goto(url)
    page.locator("amtslotse-chat .launcher").click()
    page.get_by_role("button", name="Verstanden, Chat starten").click()
    field = page.get_by_role("textbox", name="Ihre Frage")
    field.fill(_QUESTIONS[0])
    field.press("Enter")
    page.locator("amtslotse-chat .log .answer").wait_for(timeout=120_000)
    _save(page.screenshot(), path)


def _shoot(page: Page, address: str, path: Path) -> None:
    response = page.goto(address, wait_until="networkidle")
    if response is None or response.status >= 400:
        raise SystemExit(f"screenshots: {address} answers {response.status if response else 'nothing'}")
    _save(page.screenshot(full_page=True), path)


def _save(picture: bytes, path: Path) -> None:
    """The upper part, with so few colours that the repository stays small."""
    with Image.open(BytesIO(picture)) as whole:
        part = whole.convert("RGB").crop((0, 0, whole.width, min(whole.height, _TALLEST)))
        part.quantize(_COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    raise SystemExit(main())
