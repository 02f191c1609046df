"""Whether everybody is told the same: variants, comparison, and one real run on the small town."""

import json
from pathlib import Path

import pytest

from app.answering.service import AnsweringService
from app.answering.values import Answer, Origin, Source, Statement, Status
from app.errors import ConfigurationError, InvalidInputError
from evaluation.gold_file import GoldQuestion, read_gold
from evaluation.parity import evaluate_parity, remembering, sampled
from evaluation.parity_frames import FrameSet, LanguageFrames, framed, read_frames, read_translations
from evaluation.parity_gender import with_other_gender
from evaluation.parity_report import ParityReport, told_by
from evaluation.parity_spelling import umlauts_left_out, umlauts_spelled_out, with_slip, without_punctuation
from evaluation.parity_variants import VariantKind, variants
from tests.knowledge import TENANT

GOLD = Path("knowledge/musterstadt/gold")


def _gold(text: str, name: str = "frage", language: str = "de", **fields: object) -> GoldQuestion:
    return GoldQuestion.model_validate(
        {"id": name, "split": "dev", "question": text, "language": language, "kind": "answerable", **fields}
    )


PRICE = _gold("Was kostet ein Personalausweis?")


def _answer(*texts: str, status: Status = Status.ANSWERED) -> Answer:
    statements = tuple(Statement(text, (1,), Origin.QUOTE) for text in texts)
    source = Source(1, "Personalausweis", "Kosten", "https://example.org/pa", "", "c", "de")
    return Answer(status, statements, (source,), "", "de", "none", "g")


def test_every_kind_of_frame_gives_a_variant_and_the_seed_decides_which() -> None:
    frames = read_frames(FrameSet.DEV)
    found = variants(PRICE, frames, {"en": "How much is an ID card?"}, seed=1)
    assert {variant.kind for variant in found} == set(VariantKind)
    assert sum(variant.kind is VariantKind.NAME for variant in found) == 2
    assert all(variant.text != PRICE.question for variant in found)
    assert found == variants(PRICE, frames, {"en": "How much is an ID card?"}, seed=1)
    assert found != variants(PRICE, frames, {"en": "How much is an ID card?"}, seed=2)


def test_little_words_go_on_in_lower_case_behind_a_comma() -> None:
    frames = {"de": LanguageFrames(rude=("Mensch, {question}",))}
    assert next(v.text for v in variants(PRICE, frames, {}, 1)) == "Mensch, was kostet ein Personalausweis?"
    noun = _gold("Reisepass Kosten")
    assert next(v.text for v in variants(noun, frames, {}, 1)) == "Mensch, Reisepass Kosten"


def test_braces_in_a_question_stay() -> None:
    assert framed("Ich bin {name}. {question}", "Was ist {name}?", "Li Wei") == "Ich bin Li Wei. Was ist {name}?"


def test_misspellings_change_what_their_name_says() -> None:
    assert umlauts_spelled_out("Führerschein für Straße") == "Fuehrerschein fuer Strasse"
    assert umlauts_left_out("Führerschein") == "Fuhrerschein"
    assert without_punctuation("Am 1. Mai, um 8:30? Ja!") == "Am 1. Mai um 8:30 Ja"
    slipped = with_slip("Was kostet ein Reisepass?", "7")
    assert slipped != "Was kostet ein Reisepass?" and len(slipped.split()) == 4
    assert with_slip("Was ist das?", "7") == "Was ist das?"


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Mein Mann ist krank, kann er kommen?", "Meine Frau ist krank, kann sie kommen?"),
        ("Was gilt für meine Tochter?", "Was gilt für meinen Sohn?"),
        ("Ich arbeite als freie Künstlerin.", "Ich arbeite als freier Künstler."),
        ("Ich verkaufe an einen Arbeitskollegen.", "Ich verkaufe an eine Arbeitskollegin."),
        ("unsere tochter ist 13, was darf sie?", "unser sohn ist 13, was darf er?"),
    ],
)
def test_the_other_gender_brings_its_pronouns(text: str, other: str) -> None:
    assert with_other_gender(text) == other


def test_a_question_about_nobody_has_no_other_gender() -> None:
    assert with_other_gender(PRICE.question) is None


def test_the_same_figures_in_other_words_are_the_same() -> None:
    service_of = {"https://example.org/pa": "personalausweis"}
    one, other = (told_by(_answer(text), service_of) for text in ("Er kostet 37,00 €.", "Sie zahlen 37 Euro."))
    assert (one.status, one.figures, one.services) == (other.status, other.figures, other.services)
    assert one.words != other.words
    assert told_by(_answer("Er kostet 38 Euro."), service_of).figures != one.figures


def test_a_sample_keeps_its_order_and_cannot_be_too_large() -> None:
    questions = [_gold(f"Frage {number}?", f"q{number}") for number in range(20)]
    chosen = sampled(questions, 5, seed=3)
    assert [q.id for q in chosen] == [q.id for q in sorted(chosen, key=questions.index)] and len(chosen) == 5
    assert sampled(questions, None, seed=3) == tuple(questions)
    with pytest.raises(InvalidInputError, match="only 20"):
        sampled(questions, 21, seed=3)


def test_translations_are_of_gold_questions() -> None:
    known = {question.id for question in read_gold(GOLD, "dev")}
    assert read_translations().keys() <= known


def test_frames_without_a_place_for_the_question_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dev.yaml").write_text("de: {name: ['Ich heiße {name}.']}", encoding="utf-8")
    monkeypatch.setattr("evaluation.parity_frames.FOLDER", tmp_path)
    with pytest.raises(ConfigurationError, match="must hold"):
        read_frames(FrameSet.DEV)


@pytest.mark.models
def test_a_question_of_the_small_town_is_answered_alike_whoever_asks(service: AnsweringService) -> None:
    frames = {
        "de": LanguageFrames(
            people=("Ayşe Yılmaz", "Peter Schmidt"),
            name=("Ich heiße {name}. {question}", "{question} Viele Grüße, {name}"),
            rude=("Verdammt nochmal, {question}",),
            nationality=("Ich komme aus Syrien und brauche keinen Pass, sondern Wohngeld. {question}",),
        )
    }
    report = evaluate_parity(remembering(service), TENANT, [PRICE], frames, {}, 1, lambda _done, _total: None)
    rows = {(row.kind, row.way): row for row in report.rows}
    assert rows[VariantKind.NAME, None].same_words == rows[VariantKind.TONE, None].same_words == 1.0
    assert rows[VariantKind.SPELLING, None].same == 1.0
    assert report.met
    _assert_violations_are_counted(report)


def _assert_violations_are_counted(report: ParityReport) -> None:
    row = next(row for row in report.rows if row.kind is VariantKind.NATIONALITY)
    assert len(report.violations) == round((1 - row.same) * row.variants)
    assert json.dumps([violation.variant for violation in report.violations])
