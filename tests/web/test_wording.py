"""The window's texts: every key that the widget uses exists in every language, and no other."""

import re
from pathlib import Path

import pytest
import yaml

from app.web import STATIC_DIR

WORDING = Path(__file__).parents[2] / "app" / "wording"
LANGUAGES = sorted(path.name.split(".")[1] for path in WORDING.glob("widget.*.yaml"))
PROBLEM_CODES = {"busy", "not_ready", "offline", "unreachable", "broken", "timeout", "invalid", "failed"}


def _catalog(language: str) -> dict[str, str]:
    catalog: dict[str, str] = yaml.safe_load((WORDING / f"widget.{language}.yaml").read_text(encoding="utf-8"))
    return catalog


def _script() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((STATIC_DIR / "widget").glob("*.js")))


def _used_keys() -> set[str]:
    catalog_keys = set(_catalog("de"))
    literals = set(re.findall(r'"([a-z]+(?:_[a-z]+)*)"', _script()))
    called = set(re.findall(r'\bt\("([a-z_]+)"', _script()))
    return called | (literals & catalog_keys) | {f"error_{code}" for code in PROBLEM_CODES}


def test_german_and_english_are_there() -> None:
    assert {"de", "en"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalog_has_exactly_the_keys_that_the_widget_uses(language: str) -> None:
    assert set(_catalog(language)) == _used_keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_whole_and_keep_their_placeholders(language: str) -> None:
    german = _catalog("de")
    for key, text in _catalog(language).items():
        assert text.strip() == text, key
        assert text, key
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", german[key])), key


def test_problem_codes_are_those_that_the_widget_declares() -> None:
    declared = re.search(r"@param \{([^}]*)\} code", (STATIC_DIR / "widget" / "api.js").read_text(encoding="utf-8"))
    assert declared is not None
    assert set(re.findall(r'"(\w+)"', declared[1])) == PROBLEM_CODES
