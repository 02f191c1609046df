"""The widget's files: small, self-contained, and without a way to run what the network sends."""

import re
from pathlib import Path

import pytest

from app.web import STATIC_DIR
from app.web.bundle import STYLES, widget_bundle

WIDGET = STATIC_DIR / "widget"
SCRIPTS = [STATIC_DIR / "widget.js", *sorted(WIDGET.glob("*.js"))]
LIMIT_BYTES = 40_000

FORBIDDEN = {
    "markup from strings": r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|setHTML",
    "code from strings": r"\beval\(|new Function|setTimeout\(\s*[\"'`]",
    "what stays after the visit": r"localStorage|indexedDB|document\.cookie",
    "inline styles in markup": r"setAttribute\(\s*[\"']style|\bstyle:\s*[\"'`]",
}


def test_the_whole_widget_stays_under_40_kb_compressed() -> None:
    assert len(widget_bundle().compressed) < LIMIT_BYTES


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
@pytest.mark.parametrize("what", FORBIDDEN)
def test_scripts_avoid(script: Path, what: str) -> None:
    assert not re.search(FORBIDDEN[what], script.read_text(encoding="utf-8"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_imports_exist_and_are_relative(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    for imported in re.findall(r'^import .* from "(.+)";$', text, re.MULTILINE):
        assert imported.startswith("./")
        found = (script.parent / imported).resolve()
        assert found.is_file() or found == STATIC_DIR / STYLES, imported


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(STATIC_DIR.rglob("*")) if path.suffix in {".js", ".css", ".svg"}],
    ids=lambda path: path.name,
)
def test_no_file_names_another_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert set(re.findall(r"https?://([\w.-]+)", text)) <= {"chat.example.org"}


@pytest.mark.parametrize("path", sorted(STATIC_DIR.glob("*.svg")), ids=lambda path: path.name)
def test_pictures_carry_no_style_or_script(path: Path) -> None:
    assert not re.search(r"<style|style=|<script|\son\w+=", path.read_text(encoding="utf-8"))
