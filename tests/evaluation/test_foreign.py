"""The figures of foreign questions, and the questions themselves."""

from collections import Counter

import pytest

from app.answering.service import AnsweringService
from app.settings import PROJECT_ROOT
from evaluation.foreign import FOLDER, foreign_figures
from evaluation.gold_file import GoldKind, GoldQuestion, read_gold


def _question(number: int, text: str, *services: str) -> GoldQuestion:
    kind = GoldKind.ANSWERABLE if services else GoldKind.UNANSWERABLE
    return GoldQuestion(id=f"q{number}", split="dev", question=text, language="fr", kind=kind, services=services)


@pytest.mark.models
def test_figures_are_given_by_language_and_for_all(service: AnsweringService) -> None:
    asked = [
        _question(1, "Combien coûte la carte d'identité ?", "personalausweis"),
        _question(2, "Combien coûte un passeport ?", "personalausweis"),
        _question(3, "Combien d'éléphants vivent sur la Lune ?"),
    ]
    french, together = foreign_figures(asked, service)
    assert (french.language, together.language) == ("fr", "all")
    assert (french.answerable, french.unanswerable, french.refused) == (2, 1, 1)
    assert (french.first, french.first_five) == (0.5, 1.0)
    assert french.answered_rightly <= min(french.first, french.answered)


def test_each_half_has_twenty_questions_a_language_and_together_two_fifths_of_the_services_are_asked_about() -> None:
    questions = [question for question in read_gold(FOLDER) if question.kind is GoldKind.ANSWERABLE]
    assert set(Counter((question.language, question.split) for question in questions).values()) == {20}
    assert {question.language for question in questions} == {"ar", "en", "fr", "ru", "tr", "uk"}
    texts = (PROJECT_ROOT / "knowledge" / "musterstadt" / "services").glob("*.md")
    written = {text.stem for text in texts if "." not in text.stem}
    asked = {question.services[0] for question in questions}
    assert asked <= written
    assert len(asked) >= len(written) * 0.4
