"""axe-core on a page: what a machine can find of WCAG 2.2 AA, in light DOM and open shadow roots alike."""

import json
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
SETTLED = """async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const roots = (root) => [root, ...[...root.querySelectorAll("*")].flatMap((node) =>
        node.shadowRoot ? roots(node.shadowRoot) : [])];
    await frame();
    await Promise.all(roots(document).flatMap((root) => root.getAnimations())
        .filter((animation) => animation.effect.getComputedTiming().iterations !== Infinity)
        .map((animation) => animation.finished.catch(() => null)));
    await frame();
}"""
"""What fades in has no colour that could be judged; shadow roots know their own animations only."""


def assert_accessible(page: Page, within: str | None = None) -> None:
    """Fails with every violation, its element and its reason; `within` is a CSS selector of the part to look at."""
    page.evaluate(SETTLED)
    if page.evaluate("window.axe === undefined"):  # half a megabyte, once a page
        page.evaluate(AXE_SCRIPT)
    options = json.dumps({"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]})
    found: dict[str, Any] = page.evaluate(f"axe.run({json.dumps(within) if within else 'document'}, {options})")
    said = [_said(violation) for violation in found["violations"]]
    assert not said, "\n".join(said)


def _said(violation: dict[str, Any]) -> str:
    places = "\n".join(f"    {node['target']}: {node['failureSummary']}" for node in violation["nodes"])
    return f"{violation['id']} ({violation['impact']}): {violation['help']}\n{places}"
