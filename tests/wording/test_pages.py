"""Wording of pages: whole in every language, and German where a language has none."""

from pathlib import Path

import pytest

from app.wording.catalog import FOLDER, load_catalog
from app.wording.pages import page_catalog

FORMS = sorted(FOLDER.glob("form.??.yaml"))


def test_the_form_speaks_all_seven_languages() -> None:
    assert [path.stem[-2:] for path in FORMS] == ["ar", "de", "en", "fr", "ru", "tr", "uk"]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_every_language_has_the_same_texts_and_placeholders(path: Path) -> None:
    german, other = page_catalog("form", "de"), load_catalog(path)
    assert set(other.texts) == set(german.texts)
    for key, text in other.texts.items():
        assert text.strip(), key
        assert other.placeholders(key) == german.placeholders(key), key


def test_a_language_without_wording_is_german() -> None:
    assert page_catalog("accessibility", "fr").language == "de"
