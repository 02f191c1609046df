"""Questions offered after an answer, and what is said after a question was passed on: in every language."""

import pytest

from app.index.modules import ModuleKind
from app.wording.catalog import catalogs
from app.wording.follow_ups import follow_up_question
from app.wording.handover import what_happens_next

LANGUAGES = sorted(catalogs())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_asks_for_documents_costs_and_time(language: str) -> None:
    kinds = (ModuleKind.REQUIRED_DOCUMENTS, ModuleKind.COSTS, ModuleKind.PROCESSING_TIME)
    questions = [follow_up_question(kind, language) for kind in kinds]
    assert len(set(questions)) == 3
    assert all(question and question.rstrip()[-1] in "?؟" for question in questions)


def test_a_module_that_nobody_asks_for_has_no_question() -> None:
    assert follow_up_question(ModuleKind.LEGAL_BASIS, "de") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_happens_next_names_the_days_that_were_promised(language: str) -> None:
    assert "3" in what_happens_next(language, 3)
    assert not any(char.isdigit() for char in what_happens_next(language, 1) + what_happens_next(language, None))


def test_a_language_without_wording_gets_german() -> None:
    assert what_happens_next("xx", None) == what_happens_next("de", None)
    assert follow_up_question(ModuleKind.COSTS, "xx") == follow_up_question(ModuleKind.COSTS, "de")
