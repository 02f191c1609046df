"""A real Chromium for the tests in this folder; `live_server` (base URL) comes from the top conftest."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.axe import assert_accessible
from tests.e2e.chat import Chat

CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=LocalNetworkAccessChecks",  # a town's page, made up by a test, loads from this machine
]
NOTE_VIOLATIONS = """
window.policyViolations = [];
document.addEventListener("securitypolicyviolation", (event) =>
    window.policyViolations.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""

TOWN = "https://www.musterstadt.example/"
"""A page whose origin the sample town allows to embed the chat."""
STRICT = (
    "default-src 'none'; script-src {origin}; connect-src {origin}; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)

Visit = Callable[..., Chat]
Axe = Callable[..., None]
"""Takes a page, and a CSS selector of the part to look at if not all of it."""


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
    """Opens a page as a new visitor: the service's at `path`, or with `html` the town's own, of another origin.

    In `html` and in its `policy`, `{origin}` is that of the service. Other keywords go to the browser context
    (viewport, colours …). Without `wait` it does not wait for the button in the corner.
    """
    contexts = []

    def open_page(
        *, path: str = "/", wait: bool = True, html: str | None = None, policy: str = STRICT, **options: Any
    ) -> Chat:
        options.setdefault("viewport", {"width": 1280, "height": 800})
        context = browser.new_context(locale="de-DE", **options)
        contexts.append(context)
        context.add_init_script(NOTE_VIOLATIONS)
        page = context.new_page()
        base_url = live_server.rstrip("/")
        chat = Chat(page, base_url)
        context.on("request", lambda request: chat.requests.append(request.url))
        if html is not None:
            town = {
                "Content-Type": "text/html; charset=utf-8",
                "Content-Security-Policy": policy.format(origin=base_url),
            }
            page.route(f"{TOWN}**", lambda route: route.fulfill(body=html.replace("{origin}", base_url), headers=town))
        page.goto(f"{base_url}{path}" if html is None else TOWN)
        if wait:
            chat.launcher.wait_for()
        return chat

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def axe() -> Axe:
    """Fails the test with what axe-core finds on a page; open everything before that shall be looked at."""
    return assert_accessible
