"""The console's catalogs: every one readable, every key that a template or module names in it."""

import re
from pathlib import Path

import pytest

from app.console.navigation import GROUPS
from app.web import TEMPLATES_DIR
from app.wording.catalog import FOLDER
from app.wording.console import console_catalog

_SHELL = re.compile(r'\bshell\("([a-z_.]+)"\s*[,)]')
_SAYS = re.compile(r'\bsay\("([a-z_.]+)"\s*[,)]')
_AREAS = sorted(path.name.removesuffix(".de.yaml") for path in (FOLDER / "console").glob("*.de.yaml"))
_TEMPLATES = sorted((TEMPLATES_DIR / "console").rglob("*.html"))


@pytest.mark.parametrize("template", _TEMPLATES, ids=lambda path: str(path.relative_to(TEMPLATES_DIR)))
def test_every_key_that_a_template_names_is_in_a_catalog(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert set(_SHELL.findall(text)) <= set(console_catalog("shell").texts)
    known = {key for area in _AREAS for key in console_catalog(area).texts}
    assert set(_SAYS.findall(text)) <= known


def test_every_area_of_the_navigation_has_a_name_and_says_what_it_is_for() -> None:
    texts = console_catalog("shell").texts
    for group in GROUPS:
        assert f"nav.group.{group.name}" in texts
        for entry in group.entries:
            assert f"nav.{entry.area}" in texts
            assert entry.area == "overview" or f"about.{entry.area}" in texts
