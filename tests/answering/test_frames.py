"""The question without who asks it and in which tone."""

from time import process_time

import pytest

from app.answering.frame_words import without_gender_marks
from app.answering.frames import unframe

QUESTION = "Was kostet ein Reisepass?"


@pytest.mark.parametrize(
    "message",
    [
        f"Ich heiße [Name]. {QUESTION}",
        f"Ich heiße Trần Văn Minh. {QUESTION}",
        f"Hallo, ich bin's, Adaeze Nwosu. {QUESTION}",
        f"{QUESTION} Mit freundlichen Grüßen María José García López",
        f"Ich bin Bürger*in von Musterstadt. {QUESTION}",
        "Als Bürgerin frage ich: Was kostet ein Reisepass?",
        f"Sehr geehrte Damen und Herren, {QUESTION} Vielen lieben Dank im Voraus!",
        f"Könnten Sie mir bitte freundlicherweise sagen: {QUESTION}",
        f"Verdammt nochmal, {QUESTION} Aber dalli!",
        f"Ihr Schlafmützen vom Amt, {QUESTION}",
        "Was kostet, verdammt nochmal, ein Reisepass?".replace(", verdammt nochmal,", " zum Teufel"),
    ],
)
def test_what_stands_around_a_question_is_taken_away(message: str) -> None:
    assert unframe(message, "de", "Musterstadt").text == QUESTION


@pytest.mark.parametrize(
    "message",
    [
        QUESTION,
        "Ich heiße jetzt anders. Was muss ich ändern?",
        "Ich bin 78 Jahre alt. Bekomme ich Wohngeld?",
        "Ich bin Rentner und wohne allein. Was gibt es für Hilfen?",
        "Mein Mann ist Syrer. Was braucht er?",
        "Ich will mit meiner Frau umziehen.",
        "Wie lange dauert das?",
        "Am 1. Januar ziehe ich um.",
        "",
    ],
)
def test_what_belongs_to_the_question_stays(message: str) -> None:
    assert unframe(message, "de", "Musterstadt").text == message


def test_a_message_that_is_nothing_but_frame_keeps_its_greeting() -> None:
    assert unframe("Guten Tag!", "de").text == "Guten Tag!"
    assert unframe("Ich heiße [Name]. Guten Morgen zusammen!", "de").text == "Guten Morgen zusammen!"


def test_what_was_taken_away_is_told_in_its_order() -> None:
    assert unframe(f"Hallo, ich heiße [Name]. {QUESTION} Danke!", "de").removed == (
        "Hallo",
        "ich heiße [Name]",
        "Danke",
    )


@pytest.mark.parametrize(
    ("message", "language", "question"),
    [
        ("Good morning, I am [Name]. How much is a passport?", "en", "How much is a passport?"),
        ("Benim adım [Name]. Pasaport ne kadar?", "tr", "Pasaport ne kadar?"),
        ("Скажіть, будь ласка: скільки коштує паспорт?", "uk", "скільки коштує паспорт?"),
        ("اسمي [Name]. كم يكلف جواز السفر؟", "ar", "كم يكلف جواز السفر؟"),
        ("Hola, ¿cuánto cuesta un pasaporte?", "es", "Hola, ¿cuánto cuesta un pasaporte?"),
    ],
)
def test_other_languages_have_frames_of_their_own(message: str, language: str, question: str) -> None:
    assert unframe(message, language).text == question


def test_gendered_marks_become_the_shorter_word() -> None:
    text = "Dürfen Bürger*innen, Mieter:innen, Rentner/-innen und StudentInnen das?"
    assert without_gender_marks(text) == "Dürfen Bürger, Mieter, Rentner und Student das?"


@pytest.mark.parametrize("piece", ["ihr en er en ", "danke, ", "[Name] ", "Ich heiße ", "bitte", "a-"])
def test_hostile_input_costs_linear_time(piece: str) -> None:
    started = process_time()
    unframe(piece * (20_000 // len(piece)), "de")
    assert process_time() - started < 2


@pytest.mark.parametrize(
    ("message", "language", "question", "told"),
    [
        ("Ich bin 78 Jahre alt. Was kostet ein Pass?", "de", "Was kostet ein Pass?", "Ich bin 78 Jahre alt"),
        ("Ich bin schon 81. Was kostet ein Pass?", "de", "Was kostet ein Pass?", "Ich bin schon 81."),
        ("Als 78-Jähriger frage ich: Was kostet ein Pass?", "de", "Was kostet ein Pass?", "Als 78-Jähriger frage ich"),
        ("Was kostet ein Pass? Ich komme aus Syrien.", "de", "Was kostet ein Pass?", "Ich komme aus Syrien"),
        ("I'm a Polish citizen. How much is a passport?", "en", "How much is a passport?", "I'm a Polish citizen"),
        ("Мені 78 років. Скільки коштує паспорт?", "uk", "Скільки коштує паспорт?", "Мені 78 років"),
    ],
)
def test_age_and_origin_are_set_apart_from_the_question(message: str, language: str, question: str, told: str) -> None:
    unframed = unframe(message, language, without_told=True)
    assert (unframed.text, unframed.told) == (question, (told,))
    assert unframe(message, language).told == ()


@pytest.mark.parametrize(
    "message",
    [
        "Ich bin 17.",
        "Ich bin um 12 da. Ist das Amt offen?",
        "Ich bin Rentnerin. Was kostet ein Pass?",
        "Ich bin Italienerin. Danke!",
    ],
)
def test_what_the_question_may_need_stays(message: str) -> None:
    assert unframe(message, "de", without_told=True).told == ()
