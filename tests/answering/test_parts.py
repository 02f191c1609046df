"""Where one question of a message ends and the next begins."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from app.answering.language import answer_language
from app.answering.part_words import part_words
from app.answering.parts import MOST_PARTS, Part, split_parts

QUESTIONS = yaml.safe_load(Path(__file__).with_name("part_questions.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (
            "Was kostet ein Reisepass und wie lange dauert es?",
            ["Was kostet ein Reisepass", "wie lange dauert es"],
        ),
        (
            "Was kostet das, wie lange dauert es und wo muss ich hin?",
            ["Was kostet das", "wie lange dauert es", "wo muss ich hin"],
        ),
        ("Was kostet die Biotonne? Und wann kommt sie?", ["Was kostet die Biotonne", "Und wann kommt sie"]),
        ("was kostet ein pass? wie lange dauert das", ["was kostet ein pass", "wie lange dauert das"]),
        (
            "Ich möchte wissen, wie lange der Pass gilt und was er kostet.",
            ["Ich möchte wissen, wie lange der Pass gilt", "was er kostet"],
        ),
        ("Wie und wo melde ich mein Auto ab?", ["Wie melde ich mein Auto ab", "wo melde ich mein Auto ab"]),
        (
            "Kosten, Dauer und Unterlagen Reisepass",
            ["Kosten Reisepass", "Dauer Reisepass", "Unterlagen Reisepass"],
        ),
        (
            "Welche Unterlagen und Voraussetzungen brauche ich für Wohngeld?",
            [
                "Welche Unterlagen brauche ich für Wohngeld",
                "Welche Voraussetzungen brauche ich für Wohngeld",
            ],
        ),
    ],
)
def test_a_message_with_several_questions_is_taken_apart(message: str, words: list[str]) -> None:
    assert [part.words for part in split_parts(message, "de")] == words


@pytest.mark.parametrize(
    "message",
    [
        "Was kostet ein Personalausweis?",
        "Was brauchen meine Frau und ich für die Anmeldung?",
        "Hat das Bürgeramt samstags offen und wie lange?",
        "Kann ich morgen noch zum Wertstoffhof fahren, und wann?",
        "Können Sie mir sagen, wann mein Müll abgeholt wird?",
        "Wo kann ich nachsehen, wann die Biotonne kommt?",
        "Kann ich den Sperrmüll selbst bringen? Oder muss ich dafür einen Termin machen?",
        "Welche Gebühr zahlt die Firma und welche zusätzlich für die zweite Geschäftsführerin?",
        "Unsere Tochter ist sechs und will allein schwimmen gehen. Darf sie das?",
        "Mein Bauantrag wurde abgelehnt – und nun?",
        "Wie melde ich mich um und meinen Hund an?",
        "",
        "?!",
    ],
)
def test_a_single_question_stays_whole(message: str) -> None:
    assert split_parts(message, "de") == ()


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "How much is it and where do I go?"),
        ("fr", "Combien coûte le passeport et combien de temps faut-il attendre ?"),
        ("tr", "Pasaport ne kadar ve kaç günde çıkar?"),
        ("ru", "Сколько стоит паспорт и какие документы нужны?"),
        ("uk", "Скільки коштує паспорт і де його отримати?"),
        ("ar", "كم يكلف جواز السفر وأين أقدم الطلب؟"),
    ],
)
def test_questions_are_told_apart_in_every_language_with_a_catalog(language: str, message: str) -> None:
    assert len(split_parts(message, language)) == 2


def test_a_language_without_words_is_never_taken_apart() -> None:
    assert split_parts("Ile kosztuje paszport i gdzie go dostanę?", "pl") == ()


def test_what_asks_nothing_is_context_of_every_part() -> None:
    parts = split_parts("Wir ziehen um. Welche Unterlagen brauchen wir? Und was kostet das?", "de")
    assert parts == (
        Part("Welche Unterlagen brauchen wir", "Wir ziehen um."),
        Part("Und was kostet das", "Wir ziehen um."),
    )
    assert parts[1].text == "Wir ziehen um. Und was kostet das?"


def test_who_asks_more_than_can_be_told_apart_is_read_as_a_whole() -> None:
    asked = ["Was kostet das?", "Wie lange dauert es?", "Wo muss ich hin?", "Wer ist zuständig?", "Was brauche ich?"]
    assert len(split_parts(" ".join(asked[:MOST_PARTS]), "de")) == MOST_PARTS
    assert split_parts(" ".join(asked), "de") == ()


@pytest.mark.parametrize("entry", QUESTIONS, ids=lambda entry: entry["question"][:40])
def test_the_questions_that_quality_is_measured_with_ask_several_things(entry: dict[str, object]) -> None:
    question = str(entry["question"])
    language = answer_language(None, question)
    assert language == entry.get("language", "de")
    assert len(split_parts(question, language)) in (0, 2, 3)


@given(st.text(max_size=120), st.sampled_from(sorted(part_words())))
def test_any_text_can_be_taken_apart_and_no_part_is_empty(text: str, language: str) -> None:
    parts = split_parts(text, language)
    assert len(parts) != 1
    assert all(part.words for part in parts)
