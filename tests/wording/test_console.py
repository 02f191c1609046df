"""The console's catalogs: every one readable, every key that a template or module names in it."""

import re
from pathlib import Path

import pytest
import yaml

from app.console.navigation import GROUPS
from app.web import TEMPLATES_DIR
from app.wording.catalog import FOLDER
from app.wording.console import console_catalog

_SHELL = re.compile(r'\bshell\("([a-z_.]+)"\s*[,)]')
_SAYS = re.compile(r'\bsay\("([a-z_.]+)"\s*[,)]')
_APP = FOLDER.parent
_AREAS = sorted(path.name.removesuffix(".de.yaml") for path in (FOLDER / "console").glob("*.de.yaml"))
_TEMPLATES = sorted((TEMPLATES_DIR / "console").rglob("*.html"))
_NAMED = re.compile(r"""["']([\w.-]+)["']""")
_BEGUN = re.compile(r"""["']([\w.-]+?)(?:\{|["'] *[~+])""")
"""The beginning of a key whose end is computed: `f"status.{status}"`, or `"field." ~ name` in a template."""
_NOTICE = "done."
_ENDED = re.compile(r"""f["']\{[^}"']+\}(\.[\w.]+)["']""")


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


def test_every_key_has_a_use() -> None:
    code = [path for folder in ("console", "insight", "web", "wording") for path in (_APP / folder).rglob("*.py")]
    scripts = (_APP / "web" / "static" / "console").rglob("*.js")
    text = "\n".join(path.read_text(encoding="utf-8") for path in (*code, *scripts, *TEMPLATES_DIR.rglob("*.html")))
    named, begun, ended = set(_NAMED.findall(text)), set(_BEGUN.findall(text)) - {_NOTICE}, set(_ENDED.findall(text))

    def is_used(key: str) -> bool:
        told = key.removeprefix(_NOTICE)  # handlers name a notice without what `render` puts before it
        return (
            {key, told} & named != set()
            or told.startswith(tuple(begun))
            or key.endswith(tuple(ended))
            or any(f'startswith("{key[:end]}")' in text for end in range(len(key)))
        )

    unused = {f"{area}: {key}" for area in _AREAS for key in console_catalog(area).texts if not is_used(key)}
    assert not unused


@pytest.mark.parametrize("path", sorted((FOLDER / "console").glob("*.yaml")), ids=lambda path: path.name)
def test_no_catalog_has_a_key_twice(path: Path) -> None:
    """YAML would drop the first without a word."""
    waiting = [yaml.compose(path.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            assert len(keys) == len(set(keys)), f"{path.name}, line {node.start_mark.line + 1}"
            waiting += [value for _, value in node.value]
