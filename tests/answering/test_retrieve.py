"""Retrieval on real knowledge: however citizens spell it, the right service is found."""

from datetime import date

import pytest

from app.answering.retrieve import Retrieval, retrieve
from app.answering.service import AnsweringService

DAY = date(2026, 11, 2)


def _retrieval(service: AnsweringService, text: str, language: str = "de", topic: str | None = None) -> Retrieval:
    pipeline = service.pipeline
    generation = service.generations.active("musterstadt")
    return retrieve(text, language, DAY, generation, pipeline.embedder, pipeline.weights, topic)


def _found(service: AnsweringService, text: str, language: str = "de") -> str:
    return _retrieval(service, text, language).candidates[0].chunk.service


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Was kostet ein Personalausweis?", "personalausweis"),
        ("was kostet der perso", "personalausweis"),
        ("Personalauswies verlängern", "personalausweis"),
        ("neuer Ausweis", "personalausweis"),
        ("Gebühren nach PAuswG", "personalausweis"),
        ("Hundesteuer anmelden", "hund-anmelden"),
        ("Hundestuer", "hund-anmelden"),
        ("Steuer für den Vierbeiner", "hund-anmelden"),
    ],
)
def test_spellings_typos_compounds_and_everyday_words_find_the_service(
    service: AnsweringService, text: str, found: str
) -> None:
    assert _found(service, text) == found


@pytest.mark.parametrize(("one", "other"), [("Gebühr Führungszeugnis", "GEBUEHR FUEHRUNGSZEUGNIS")])
def test_umlauts_may_be_spelled_out(service: AnsweringService, one: str, other: str) -> None:
    assert _retrieval(service, one).terms == _retrieval(service, other).terms


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Combien coûte une carte d'identité ?", "fr"),
        ("Скільки коштує посвідчення особи?", "uk"),
        ("كم تكلفة بطاقة الهوية؟", "ar"),
        ("How much is an ID card?", "en"),
    ],
)
def test_other_languages_find_it_among_the_first(service: AnsweringService, text: str, language: str) -> None:
    services = dict.fromkeys(c.chunk.service for c in _retrieval(service, text, language).candidates)
    assert "personalausweis" in list(services)[:3]


def test_the_module_that_was_asked_for_comes_first(service: AnsweringService) -> None:
    best = _retrieval(service, "Was kostet ein Personalausweis?").candidates[0].chunk
    assert best.module == "costs"


def test_a_topic_keeps_candidates_within_its_service(service: AnsweringService) -> None:
    retrieval = _retrieval(service, "Und wie lange dauert das?", topic="personalausweis")
    assert {candidate.chunk.service for candidate in retrieval.candidates} == {"personalausweis"}


def test_the_same_question_gives_the_same_candidates(service: AnsweringService) -> None:
    first, second = (_retrieval(service, "Was kostet ein Reisepass?") for _ in range(2))
    assert first.candidates == second.candidates
