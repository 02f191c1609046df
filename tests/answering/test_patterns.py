"""Screening patterns as data: what is refused, and how much of a message must match."""

from pathlib import Path

import pytest

from app.answering.patterns import categories, load_categories
from app.errors import ConfigurationError

_HEAD = "version: 1\norder: 1\nverdict: declined\nwording: declined.abuse\n"


def _load(folder: Path, text: str) -> None:
    (folder / "sample.yaml").write_text(text, encoding="utf-8")
    load_categories(folder)


def test_emergencies_come_first() -> None:
    assert [category.name for category in categories()][:2] == ["emergency_life", "emergency_crisis"]
    orders = [category.order for category in categories()]
    assert orders == sorted(set(orders))


def test_every_language_of_the_emergency_patterns_is_there() -> None:
    for category in categories()[:2]:
        assert {"de", "en", "uk", "ar", "tr", "ru", "fr"} <= {pattern.language for pattern in category.patterns}


def test_a_message_of_two_sentences_is_judged_sentence_by_sentence(tmp_path: Path) -> None:
    _load(tmp_path, _HEAD + "patterns: [{id: a, language: de, regex: 'rot', unless: 'grau'}]")
    category = load_categories(tmp_path)[0]
    assert category.fired("rot")
    assert category.fired("grau\nrot")
    assert not category.fired("grau und rot")


def test_a_second_expression_may_stand_before_or_after_the_first(tmp_path: Path) -> None:
    _load(tmp_path, _HEAD + "patterns: [{id: a, language: de, regex: 'rot', also: 'blau'}]")
    category = load_categories(tmp_path)[0]
    assert category.fired("rot und blau")
    assert category.fired("blau und rot")
    assert not category.fired("rot\nblau")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (_HEAD + "patterns: []", "patterns"),
        (_HEAD + "patterns: [{id: a, language: de, regex: '('}]", "regular expression"),
        (_HEAD + "patterns: [{id: a, language: de, regex: '<x>'}]", "uses <x>"),
        (_HEAD + "patterns: [{id: a, language: de, regex: x, also: '<y>'}]", "uses <y>"),
        (_HEAD + "patterns: [{id: a, language: de, regex: x}, {id: a, language: de, regex: y}]", "same id"),
        (_HEAD + "colour: red\npatterns: [{id: a, language: de, regex: x}]", "colour"),
        ("{", "not readable YAML"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        _load(tmp_path, text)
    assert "sample.yaml" in error.value.message
    assert complaint in error.value.message
