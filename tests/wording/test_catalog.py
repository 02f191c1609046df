"""The catalogs agree with each other and with the code that uses them."""

import re
import unicodedata
from pathlib import Path

import pytest

from app.answering.patterns import categories
from app.answering.personal_spans import PersonalData
from app.answering.values import Status
from app.errors import ConfigurationError
from app.settings import PROJECT_ROOT
from app.text.units import split_sentences
from app.wording.catalog import FOLDER, catalog, catalogs, load_catalog, plain_catalogs

_USED = re.compile(r"""\.text\(\s*"([a-z_.]+)\"""")


LANGUAGES = {"de", "en", "uk", "ar", "tr", "ru", "fr"}
NUMBERS = re.compile(r"\b(?:112|110|116 016|116 117|0800 1110111|0800 1110222)\b")


def test_seven_languages_have_catalogs_and_all_others_read_english() -> None:
    assert set(catalogs()) == LANGUAGES
    assert catalog("uk").language == "uk"
    assert catalog("pl").language == "en"


def test_emergency_numbers_are_the_same_in_every_language() -> None:
    for key in ("emergency.life", "emergency.crisis", "advice.medical"):
        german = set(NUMBERS.findall(catalog("de").text(key)))
        assert german
        for each in [*catalogs().values(), *plain_catalogs().values()]:
            assert set(NUMBERS.findall(each.text(key))) == german, (each.path, key)


@pytest.mark.parametrize(("language", "letters"), [("uk", "CYRILLIC"), ("ru", "CYRILLIC"), ("ar", "ARABIC")])
def test_wording_is_not_left_in_latin_letters(language: str, letters: str) -> None:
    texts = catalog(language).texts
    for key, text in texts.items():
        words = re.sub(r"\{\w+\}", "", text)
        plain = [char for char in words if char.isalpha()]
        if plain and key != "personal_data.iban":
            assert any(unicodedata.name(char).startswith(letters) for char in plain), key


def test_einfache_sprache_replaces_known_keys_and_keeps_their_placeholders() -> None:
    plain = load_catalog(FOLDER / "einfach.de.yaml")
    for key in plain.texts:
        assert key in catalog("de").texts
        assert plain.placeholders(key) <= catalog("de").placeholders(key), key
    assert catalog("de", "einfach").text("quote_lead") == plain.text("quote_lead")
    assert catalog("de", "einfach").text("weekday.monday") == "Montag"
    assert catalog("fr", "einfach") is catalog("fr")


def test_einfache_sprache_has_short_sentences_and_is_never_called_leichte_sprache() -> None:
    for key, text in load_catalog(FOLDER / "einfach.de.yaml").texts.items():
        assert "leichte" not in text.casefold()
        for sentence in split_sentences(text):
            words = [word for word in sentence.split() if any(char.isalnum() for char in word)]
            assert len(words) <= 12, (key, sentence)


def test_foreign_frames_say_that_the_quotes_are_german_and_name_office_and_phone() -> None:
    for each in catalogs().values():
        text = each.text("german_quotes_frame", office="Bürgeramt", phone="03999 115-200")
        assert "Bürgeramt" in text
        assert "03999 115-200" in text


def test_all_catalogs_have_the_same_keys_and_placeholders() -> None:
    german = catalog("de")
    for other in catalogs().values():
        assert set(other.texts) == set(german.texts), other.path
        for key in german.texts:
            assert other.placeholders(key) == german.placeholders(key), f"{other.path}: {key}"


def test_no_wording_is_empty() -> None:
    for each in catalogs().values():
        assert all(text.strip() for text in each.texts.values()), each.path


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_wording(status: Status) -> None:
    for each in catalogs().values():
        assert each.text(f"status.{status}.label")
        assert each.text(f"status.{status}.sentence")


@pytest.mark.parametrize("kind", list(PersonalData))
def test_every_kind_of_personal_data_has_wording(kind: PersonalData) -> None:
    for each in catalogs().values():
        assert each.text(f"personal_data.{kind}")


def test_every_screening_pattern_points_to_wording_that_office_and_phone_can_fill() -> None:
    for category in categories():
        for pattern in category.patterns:
            for each in catalogs().values():
                assert each.text(pattern.wording, office="Bürgeramt", phone="03999 115-200"), pattern.signal


def test_every_key_that_the_code_names_exists() -> None:
    keys = set(catalog("de").texts)
    for path in sorted((PROJECT_ROOT / "app").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        own = "console_catalog" in text or "wording.catalog import catalog" not in text
        for key in () if own else _USED.findall(text):
            assert key in keys, f"{path}: {key}"


def test_the_disclosure_says_machine_and_not_binding() -> None:
    assert "Maschine" in catalog("de").text("disclosure")
    assert "keine rechtsverbindliche Auskunft" in catalog("de").text("disclosure")
    assert "machine" in catalog("en").text("disclosure")
    assert "not legally binding" in catalog("en").text("disclosure")


@pytest.mark.parametrize("number", ["112", "110", "0800 1110111", "0800 1110222", "116 016"])
def test_crisis_wording_names_the_lines_in_every_language(number: str) -> None:
    for each in catalogs().values():
        assert number in each.text("emergency.crisis")


def test_an_unknown_key_names_file_and_key() -> None:
    with pytest.raises(ConfigurationError, match=r"de\.yaml.*'nothing\.here'"):
        catalog("de").text("nothing.here")


def test_a_missing_value_names_file_key_and_placeholder() -> None:
    with pytest.raises(ConfigurationError, match=r"de\.yaml: 'not_in_knowledge' needs a value for \{office\}"):
        catalog("de").text("not_in_knowledge")


def test_values_that_a_wording_does_not_use_are_ignored() -> None:
    assert catalog("de").text("human", office="Bürgeramt") == catalog("de").text("human")


def test_values_are_inserted_as_they_are() -> None:
    assert "{x} & <b>" in catalog("de").text("not_in_knowledge", office="{x} & <b>")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("version: 1\ntexts: {a: }", "must be a text"),
        ("texts: {a: b}", "exactly 'version'"),
        ("version: 1\ntexts: {a: 'x {0}'}", "plain name"),
        ("version: 1\ntexts: {a: 'x {y.z}'}", "plain name"),
        ("version: 1\ntexts: {a: 'x {y!r}'}", "takes no format"),
        ("version: 1\ntexts: {a: 'x {y'}", "'a'"),
        ("version: 1\ntexts: {on: x}", "in quotes"),
        ("version: 1\ntexts: {", "not readable YAML"),
        ("- 1", "exactly 'version'"),
    ],
)
def test_a_wrong_catalog_is_refused_with_a_reason(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "xx.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError) as error:
        load_catalog(path)
    assert str(path) in error.value.message
    assert complaint in error.value.message
