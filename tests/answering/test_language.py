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
    ("text", "language"),
    [
        ("Personalausweis?", "de"),
        ("Hundesteuer", "de"),
        ("Pasaport", "tr"),
        ("Adres değişikliği", "tr"),
        ("Où est la mairie ?", "fr"),
        ("carte d'identité", "fr"),
        ("Як отримати довідку", "uk"),
        ("Что нужно для регистрации автомобиля?", "ru"),
        ("جواز", "ar"),
        ("ID card", "en"),
    ],
)
def test_one_or_two_words_are_enough_where_they_are_clear(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ile kosztuje dowód osobisty?", "pl"),
        ("Zgubiłem portfel", "pl"),
        ("Cât costă un buletin?", "ro"),
        ("Quanto costa la carta d'identità?", "it"),
        ("¿Cuánto cuesta el pasaporte?", "es"),
        ("Колко струва личната карта?", "bg"),
        ("قیمت پاسپورت چقدر است؟", "fa"),
        ("Πόσο κοστίζει το διαβατήριο;", "el"),
    ],
)
def test_languages_that_the_service_does_not_speak_are_recognised_as_such(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("text", "conversation", "language"),
    [
        ("Personalausweis?", "en", "en"),
        ("Reisepass", "ar", "ar"),
        ("Passport?", "de", "de"),
        ("ok", "fr", "fr"),
        ("112", "tr", "tr"),
        ("паспорт", "uk", "uk"),
        ("паспорт", "en", "ru"),
        ("Was kostet das?", "en", "de"),
        ("Сколько стоит паспорт?", "uk", "ru"),
        ("And for children?", "de", "en"),
    ],
)
def test_a_single_word_stays_in_the_language_of_the_conversation(text: str, conversation: str, language: str) -> None:
    assert detect_language(text, conversation) == language


@pytest.mark.parametrize(
    ("wanted", "language"), [("en", "en"), ("EN-gb", "en"), ("ar", "ar"), (None, "de"), ("", "de"), ("klingon", "de")]
)
def test_the_clients_wish_wins_where_it_is_a_language(wanted: str | None, language: str) -> None:
    assert answer_language(wanted, "Was kostet ein Perso?") == language


def test_the_same_text_gives_the_same_language() -> None:
    assert len({detect_language("Hundesteuer how much") for _ in range(5)}) == 1
