"""The default colours can be read (WCAG 2.2, 1.4.3 and 1.4.11), in light and in dark."""

import re

import pytest

from app.web import STATIC_DIR

TEXT, CONTROL = 4.5, 3.0
PAIRS = [
    ("text", "surface", TEXT),
    ("text", "background", TEXT),
    ("text", "tint", TEXT),
    ("text", "mark", TEXT),
    ("text", "danger-tint", TEXT),
    ("muted", "surface", TEXT),
    ("muted", "background", TEXT),
    ("muted", "tint", TEXT),
    ("muted", "danger-tint", TEXT),
    ("accent", "surface", TEXT),
    ("accent", "tint", TEXT),
    ("on-accent", "accent", TEXT),
    ("on-header", "header", TEXT),
    ("success", "success-tint", TEXT),
    ("warning", "warning-tint", TEXT),
    ("danger", "danger-tint", TEXT),
    ("danger", "surface", TEXT),
    ("control-border", "surface", CONTROL),
    ("control-border", "background", CONTROL),
    ("focus", "surface", CONTROL),
    ("focus", "background", CONTROL),
]


def _palette(scheme: str) -> dict[str, str]:
    styles = STATIC_DIR / "widget" / "styles"
    sheets = ["tokens"] if scheme == "light" else ["tokens", "dark"]
    rules = "".join((styles / f"{sheet}.css").read_text(encoding="utf-8") for sheet in sheets)
    declared = dict(re.findall(r"--amtslotse-([a-z-]+): (.*?);", rules))
    colours = {}
    for name, value in declared.items():
        while reference := re.fullmatch(r"var\(--amtslotse-([a-z-]+)\)", value):
            value = declared[reference[1]]
        if fallback := re.search(r"#[0-9a-f]{6}", value):
            colours[name] = fallback[0]
    return colours


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it, 0 to 1."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_default_colours_have_enough_contrast(scheme: str, front: str, back: str, least: float) -> None:
    palette = _palette(scheme)
    assert _contrast(palette[front], palette[back]) >= least
