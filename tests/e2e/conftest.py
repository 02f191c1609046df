"""A real Chromium for the tests in this folder; `live_server` (base URL) comes from the top conftest."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.chat import Chat

CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NOTE_VIOLATIONS = """
window.policyViolations = [];
document.addEventListener("securitypolicyviolation", (event) =>
    window.policyViolations.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""

Visit = Callable[..., Chat]


def _chromium() -> str:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path:
        return path
    message = "NO CHROMIUM FOUND: the end-to-end tests did NOT run. Install it with 'apt-get install chromium'."
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for this package only: Playwright keeps an event loop running in the main thread while it lives."""
    executable = _chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, live_server: str) -> Iterator[Visit]:
    """Opens the town's home page as a new visitor; keywords go to the browser context (viewport, colours …)."""
    contexts = []

    def open_page(*, path: str = "/", wait: bool = True, **options: Any) -> Chat:
        options.setdefault("viewport", {"width": 1280, "height": 800})
        context = browser.new_context(locale="de-DE", **options)
        contexts.append(context)
        context.add_init_script(NOTE_VIOLATIONS)
        page = context.new_page()
        base_url = live_server.rstrip("/")
        chat = Chat(page, base_url)
        context.on("request", lambda request: chat.requests.append(request.url))
        page.goto(f"{base_url}{path}")
        if wait:
            chat.launcher.wait_for()
        return chat

    yield open_page
    for context in contexts:
        context.close()
