"""Foreign words and the German ones that stand for them, in any of their forms."""

from pathlib import Path

import pytest
import yaml

from app.answering.glossary import glossary, glossary_languages
from app.answering.intent import detect_intent

MODULES: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("module_questions.yaml").read_text(encoding="utf-8")
)
LANGUAGES = sorted(glossary_languages())


def _german(language: str, text: str) -> list[str]:
    return [german for _, german in glossary(language).translate(text).terms]


def _known(language: str) -> set[str]:
    return {pattern.german for patterns in glossary(language).patterns.values() for pattern in patterns}


def test_all_languages_know_the_same_terms() -> None:
    assert LANGUAGES == ["ar", "en", "fr", "ru", "tr", "uk"]
    first, *others = (_known(language) for language in LANGUAGES)
    assert len(first) >= 400
    assert all(known == first for known in others)


@pytest.mark.parametrize(
    ("language", "module", "question"),
    [(language, module, text) for language in MODULES for module, texts in MODULES[language].items() for text in texts],
)
def test_every_module_can_be_asked_for(language: str, module: str, question: str) -> None:
    intent = detect_intent(" ".join(_german(language, question)))
    assert intent is not None
    assert intent.module == module


@pytest.mark.parametrize(
    ("language", "text", "german"),
    [
        ("uk", "собаку собакою собаки", ["Hund"]),
        ("ru", "о собаке без собаки с собаками", ["Hund"]),
        ("tr", "köpeğimin köpekler köpeği", ["Hund"]),
        ("ar", "كلب الكلب كلبي وكلبها للكلب", ["Hund"]),
        ("fr", "le chien nos chiens", ["Hund"]),
        ("en", "dog dogs dog's", ["Hund"]),
        ("ar", "محفظة محفظتي المحفظة", ["Geldbörse"]),
        ("tr", "kütüphaneye kütüphaneden", ["Bibliotheksausweis"]),
        ("uk", "сім'я сім'ї", ["Familie"]),
    ],
)
def test_inflected_forms_are_one_word(language: str, text: str, german: list[str]) -> None:
    assert _german(language, text) == german


def test_the_words_of_a_pattern_may_lie_apart_but_not_far() -> None:
    assert _german("en", "Can I cut down the old tree?") == ["Baum fällen", "alt"]
    assert "Baum fällen" not in _german("en", "Can I cut down costs by buying some land without any big old tree?")


def test_a_word_counts_once_and_for_the_longest_pattern() -> None:
    assert _german("fr", "acte de naissance") == ["Geburtsurkunde"]
    assert _german("ru", "водительские права") == ["Führerschein"]


def test_little_words_are_neither_terms_nor_unknown() -> None:
    translated = glossary("en").translate("What is the fee for my otter?")
    assert translated.terms == (("fee", "Gebühr"),)
    assert translated.unknown == ("otter",)


def test_a_pattern_of_little_words_needs_them_all() -> None:
    assert _german("fr", "Je suis encore en vie") == ["Lebensbescheinigung"]
    assert _german("fr", "la vie") == []
