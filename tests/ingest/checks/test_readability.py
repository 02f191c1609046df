"""Reading ease and the length of sentences."""

import pytest

from app.index.modules import ModuleKind
from ingest.checks.readability import check_reading_ease, check_sentence_length, reading_ease
from tests.ingest.checks.given import codes, found, text

_EASY = "Der Hund ist da. Er mag das Haus. Wir gehen mit ihm in den Park. Das tut ihm gut. " * 6
_HARD = (
    "Die Inanspruchnahme verwaltungsrechtlicher Unterstützungsleistungen setzt grundsätzlich die ordnungsgemäße "
    "Antragstellung unter Berücksichtigung haushaltsrechtlicher Mitwirkungsverpflichtungen voraus. " * 8
)


def test_reading_ease_is_amstad_s_formula() -> None:
    # 8 sentences of 16 words with 2 syllables each: 180 - 16 - 58.5 * 2
    body = (" ".join(["Vater"] * 16) + ". ") * 8
    assert reading_ease(text(body)) == pytest.approx(47)


def test_reading_ease_of_english_is_flesch_s_formula() -> None:
    # 8 sentences of 16 words with 1 syllable each: 206.835 - 1.015 * 16 - 84.6
    body = (" ".join(["Dog"] * 16) + ". ") * 8
    assert reading_ease(text(body, language="en")) == pytest.approx(105.995)


def test_a_text_in_officialese_is_reported_and_an_easy_one_is_not() -> None:
    assert codes(check_reading_ease, text(_HARD)) == ["hard-text"]
    assert codes(check_reading_ease, text(_EASY)) == []


def test_short_texts_other_languages_and_lists_of_statutes_are_not_judged() -> None:
    assert reading_ease(text(_HARD[:300])) is None
    assert reading_ease(text(_HARD, language="tr")) is None
    assert reading_ease(text(_HARD, kind=ModuleKind.LEGAL_BASIS)) is None


@pytest.mark.parametrize(("variant", "most"), [("standard", 30), ("einfach", 12), ("leicht", 10)])
def test_each_kind_of_text_has_its_longest_sentence(variant: str, most: int) -> None:
    original = None if variant == "standard" else "hund-anmelden"
    right = text(" ".join(["Wort"] * most) + ".", variant=variant, translation_of=original)
    wrong = text(" ".join(["Wort"] * (most + 1)) + ".", variant=variant, translation_of=original)
    assert codes(check_sentence_length, right) == []
    (finding,) = found(check_sentence_length, wrong)
    assert (finding.code, finding.quote) == ("long-sentence", wrong.sentences[0].text)
    assert f"höchstens {most}" in finding.german


def test_a_town_sets_its_own_limits() -> None:
    body = " ".join(["Wort"] * 25) + "."
    assert codes(check_sentence_length, text(body), reading={"most_words": 20}) == ["long-sentence"]
    assert codes(check_reading_ease, text(_HARD), reading={"least_flesch_de": -200}) == []


def test_a_paragraph_of_a_statute_may_be_long() -> None:
    body = " ".join(["Wort"] * 60) + "."
    assert codes(check_sentence_length, text(body, kind=ModuleKind.LEGAL_BASIS)) == []
