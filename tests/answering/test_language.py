"""German unless there is good reason to think otherwise."""

import pytest

from app.answering.language import answer_language, detect_language


@pytest.mark.parametrize(
    "text",
    [
        "Perso Kosten?",
        "Was kostet Perso",
        "Perso",
        "hund anmelden",
        "Termin",
        "Kita",
        "Kfz",
        "Fundbuero",
        "Online?",
        "Pass express",
        "Reisepass express dauer",
        "Parkausweis online",
        "Und für Kinder?",
        "Und der Partner?",
        "EC Card Zahlung moeglich",
        "was wenn minderjährig",
        "Öffnungszeiten Standesamt",
        "112",
        "???",
        "ok",
        "Führungszeugnis fee",
        "wat kost nen perso",
        "[Name] braucht einen Pass",
    ],
)
def test_short_and_ambiguous_questions_are_german(text: str) -> None:
    assert detect_language(text) == "de"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How much is a new ID card?", "en"),
        ("ID card cost", "en"),
        ("parking permit", "en"),
        ("dog registration", "en"),
        ("opening hours Bürgeramt", "en"),
        ("And for children?", "en"),
        ("My ID card got stolen, where can I report it?", "en"),
        ("Скільки коштує паспорт?", "uk"),
        ("Де можна зареєструвати місце проживання?", "uk"),
        ("Сколько стоит паспорт?", "ru"),
        ("Kimlik kartı ne kadar?", "tr"),
        ("İkametgahımı nerede değiştirebilirim?", "tr"),
        ("كم تكلفة جواز السفر؟", "ar"),
        ("Combien coûte la carte d'identité ?", "fr"),
        ("Où puis-je inscrire mon enfant à l'école ?", "fr"),
    ],
)
def test_clear_questions_keep_their_language(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("wanted", "language"), [("en", "en"), ("EN-gb", "en"), ("ar", "ar"), (None, "de"), ("", "de"), ("klingon", "de")]
)
def test_the_clients_wish_wins_where_it_is_a_language(wanted: str | None, language: str) -> None:
    assert answer_language(wanted, "Was kostet ein Perso?") == language


def test_the_same_text_gives_the_same_language() -> None:
    assert len({detect_language("Hundesteuer how much") for _ in range(5)}) == 1
