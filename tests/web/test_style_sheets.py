"""Style sheets: joined from their parts, one palette for chat, pages and console, and nothing in them without a use."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.web import STATIC_DIR, TEMPLATES_DIR
from app.web.style_sheets import SHEETS, style_sheet

STYLES = sorted(STATIC_DIR.rglob("*.css"))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
OWN = {"demo.css"}
"""Looks as a town's own site does, not as ours."""
GIVEN_BY_PAGES = {"--amtslotse-height"}


def _rules(path: Path) -> str:
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def _declared(*texts: str) -> set[str]:
    return {name for text in texts for name in re.findall(r"(--[\w-]+)\s*:", text)}


def _written() -> str:
    """Everything that can name a class: templates, scripts and the code that fills templates."""
    app = STATIC_DIR.parent.parent
    paths = [*TEMPLATES_DIR.rglob("*.html"), *STATIC_DIR.rglob("*.js"), *app.rglob("*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_has_all_parts_and_the_dark_palette_only_for_those_who_prefer_it(name: str) -> None:
    text, _ = style_sheet(name)
    for part in SHEETS[name]:
        first = next(line for line in _rules(STATIC_DIR / part).splitlines() if line.strip())
        assert first in text, part
    before, dark = text.split("@media (prefers-color-scheme: dark) {", 1)
    assert "--amtslotse-accent" in before
    assert "color-scheme: dark" not in before
    assert "color-scheme: dark" in dark
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_is_sent_once_until_it_changes(name: str) -> None:
    client = TestClient(create_app())
    first = client.get(f"/static/{name}.css")
    assert first.headers["content-type"] == "text/css; charset=utf-8"
    assert first.headers["cache-control"] == "no-cache"
    again = client.get(f"/static/{name}.css", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize("path", STYLES, ids=lambda path: str(path.relative_to(STATIC_DIR)))
def test_every_property_that_is_read_is_declared(path: Path) -> None:
    beside = [] if path.name in OWN else [style_sheet(name)[0] for name in SHEETS]
    widget = [_rules(sheet) for sheet in STYLES if "widget" in sheet.parts]
    scripts = [script.read_text(encoding="utf-8") for script in STATIC_DIR.rglob("*.js")]
    set_by_scripts = {name for text in scripts for name in re.findall(r"--[\w-]+", text)}
    declared = _declared(_rules(path), *beside, *(widget if "widget" in path.parts else [])) | set_by_scripts
    read = set(re.findall(r"var\(\s*(--[\w-]+)", _rules(path)))
    assert {name for name in read if not name.startswith("--kern-")} <= declared | GIVEN_BY_PAGES


def test_every_class_has_a_use() -> None:
    written = _written()
    computed = set(re.findall(r"([a-zA-Z][\w-]*-)(?:\{\{|\$\{)", written))
    unused = {
        f"{path.relative_to(STATIC_DIR)}: .{name}"
        for path in STYLES
        for selector in re.findall(r"[^{}]+(?=\{)", _rules(path))
        for name in re.findall(r"\.([a-zA-Z][\w-]*)", selector)
        if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", written)
        and name[: name.rfind("-") + 1] not in computed
    }
    assert not unused
