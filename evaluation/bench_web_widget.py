"""The widget as a phone meets it: how much is loaded, and when it can be used on a slow processor, in Chromium."""

import gzip
import shutil
from dataclasses import dataclass
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page, Response, sync_playwright

from app.errors import NotReadyError
from evaluation.bench_figures import Figure

SIZE_GOAL_KB = 40.0
SLOWDOWNS = (1, 4, 6)
"""How many times slower the processor is made; 4 is a phone of the middle class, 6 a cheap one."""
_RUNS = 5
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
_OPENED = """
async () => {
  const button = () => document.querySelector("amtslotse-chat")?.shadowRoot?.querySelector(".launcher");
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  while (!button()) await frame();
  const there = performance.now();
  button().click();
  const panel = () => document.querySelector("amtslotse-chat").shadowRoot.querySelector(".panel");
  while (!panel() || panel().hidden || !panel().getClientRects().length) await frame();
  return {there, usable: performance.now()};
}
"""
"""Waits for the button, clicks it, and says when it was there and when the opened window was on the screen."""


@dataclass(frozen=True, slots=True)
class _Loaded:
    requests: int
    raw: int
    """Bytes of the bodies, decompressed."""
    gzipped: int


def widget_figures(url: str) -> list[Figure]:
    """Size and requests of the widget on the demo page, and milliseconds until it can be used.

    Raises:
        NotReadyError: there is no Chromium.
    """
    executable = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if executable is None:
        raise NotReadyError("There is no Chromium to measure with: run `python -m scripts.chromium`.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=_ARGUMENTS)
        try:
            loaded = _loaded(browser, url)
            figures = [
                Figure("widget: requests until its button is there", loaded.requests, "requests"),
                Figure("widget: script and data, raw", loaded.raw / 1000, "kB"),
                Figure("widget: the same, gzipped", loaded.gzipped / 1000, "kB", goal=SIZE_GOAL_KB),
            ]
            for slowdown in SLOWDOWNS:
                there, usable = _usable(browser, url, slowdown)
                name = f"widget, processor {slowdown}x slower" if slowdown > 1 else "widget, this processor"
                figures += [Figure(f"{name}: button there", there, "ms"), Figure(f"{name}: opened", usable, "ms")]
        finally:
            browser.close()
    return figures


def _loaded(browser: Browser, url: str) -> _Loaded:
    """What the widget itself loads; the page around it is the town's."""
    page = browser.new_page()
    replies: list[Response] = []
    page.on("response", lambda reply: replies.append(reply) if _is_widgets(reply.url) else None)
    page.goto(url)
    page.locator("amtslotse-chat .launcher").wait_for()
    bodies = [reply.body() for reply in replies]
    page.close()
    return _Loaded(len(bodies), sum(map(len, bodies)), sum(len(gzip.compress(body, mtime=0)) for body in bodies))


def _is_widgets(url: str) -> bool:
    path = urlsplit(url).path
    return path.startswith(("/widget", "/static/widget", "/api/v1/"))


def _usable(browser: Browser, url: str, slowdown: int) -> tuple[float, float]:
    """Median milliseconds since navigation began until the button was there, and until its click had opened the
    window; a browser without cache each time."""
    times = [_once(browser, url, slowdown) for _ in range(_RUNS)]
    return median(time["there"] for time in times), median(time["usable"] for time in times)


def _once(browser: Browser, url: str, slowdown: int) -> dict[str, Any]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = context.new_page()
    _throttle(context.new_cdp_session(page), slowdown)
    page.goto(url, wait_until="commit")
    measured = _measured(page)
    context.close()
    return measured


def _throttle(session: CDPSession, slowdown: int) -> None:
    session.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})


def _measured(page: Page) -> dict[str, Any]:
    result: dict[str, Any] = page.evaluate(_OPENED)
    return result
