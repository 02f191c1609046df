"""The wording around answers given as one text is complete in every language, and harmless as Markdown."""

from app.wording.as_text import as_text_catalog, as_text_catalogs
from app.wording.catalog import catalogs


def test_every_language_has_the_same_keys_with_the_same_placeholders() -> None:
    german = as_text_catalogs()["de"]
    assert as_text_catalogs().keys() == catalogs().keys()
    for wording in as_text_catalogs().values():
        assert wording.texts.keys() == german.texts.keys()
        for key in german.texts:
            assert wording.placeholders(key) == german.placeholders(key), (wording.path, key)


def test_a_language_without_wording_reads_english() -> None:
    assert as_text_catalog("pl").language == "en"


def test_no_text_begins_with_a_mark_that_it_explains() -> None:
    for wording in as_text_catalogs().values():
        for key, text in wording.texts.items():
            assert not text.startswith((">", "*", "-", "#")), (wording.path, key)
