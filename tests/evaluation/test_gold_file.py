from pathlib import Path

import pytest

from app.errors import ConfigurationError
from app.settings import PROJECT_ROOT
from evaluation.gold_file import GoldForm, GoldKind, GoldQuestion, read_gold


def _gold(**fields: object) -> GoldQuestion:
    return GoldQuestion.model_validate({"id": "a", "split": "dev", "question": "Was?", "language": "de", **fields})


def test_a_question_as_files_always_had_it_still_loads() -> None:
    question = _gold(kind="answerable", services=["hund-anmelden"], facts=["90 Euro", ["jährlich", "im Jahr"]])
    assert (question.kind, question.form) == (GoldKind.ANSWERABLE, None)
    assert question.facts == (("90 Euro",), ("jährlich", "im Jahr"))


@pytest.mark.parametrize("form", sorted(set(GoldForm) - set(GoldKind)))
def test_a_form_as_kind_is_answerable_when_it_names_a_service_or_facts(form: str) -> None:
    assert _gold(kind=form, services=["hund-anmelden"]).kind is GoldKind.ANSWERABLE
    assert _gold(kind=form, facts=["90 Euro"]).kind is GoldKind.ANSWERABLE
    assert _gold(kind=form).kind is GoldKind.UNANSWERABLE
    assert _gold(kind=form).form is GoldForm(form)


@pytest.mark.parametrize("kind", sorted(set(GoldForm) & set(GoldKind)))
def test_a_kind_that_is_a_form_too_is_both(kind: str) -> None:
    question = _gold(kind=kind)
    assert (question.kind, question.form) == (GoldKind(kind), GoldForm(kind))


def test_a_named_form_stands() -> None:
    question = _gold(kind="staff", form="language", language="fr")
    assert (question.kind, question.form) == (GoldKind.STAFF, GoldForm.LANGUAGE)


def test_a_form_is_told_from_the_conversation_or_the_language() -> None:
    assert _gold(kind="answerable", after=["Davor?"]).asked_as is GoldForm.FOLLOW_UP
    assert _gold(kind="answerable", language="uk").asked_as is GoldForm.LANGUAGE
    assert _gold(kind="answerable").asked_as is None
    assert _gold(kind="colloquial", after=["Davor?"]).asked_as is GoldForm.COLLOQUIAL


@pytest.mark.parametrize("language", ["German", "DE", "d", ""])
def test_a_language_that_is_no_two_letter_code_is_refused(language: str) -> None:
    with pytest.raises(ValueError, match="language"):
        _gold(kind="answerable", language=language)


def test_an_id_that_stands_twice_is_refused(tmp_path: Path) -> None:
    row = "- {id: a, split: dev, question: 'Was?', language: de, kind: answerable}\n"
    (tmp_path / "dev.yaml").write_text(row * 2, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="'a' stands twice"):
        read_gold(tmp_path)


def test_no_service_that_a_question_is_about_is_in_both_splits() -> None:
    """The first service is what a question is about; others are texts that hold the same facts."""
    about: dict[str, set[str]] = {"dev": set(), "held_out": set()}
    for question in read_gold(PROJECT_ROOT / "knowledge" / "musterstadt" / "gold"):
        if question.kind is GoldKind.ANSWERABLE:
            about[question.split].update(question.services[:1])
    assert all(about.values())
    assert about["dev"].isdisjoint(about["held_out"])
