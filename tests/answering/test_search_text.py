"""What is searched for: spelling, colloquial words and foreign questions become the town's German."""

import pytest

from app.answering.glossary import glossary
from app.answering.search_text import german_text, search_text
from app.answering.service import AnsweringService
from app.answering.spelling import spell
from app.answering.town_words import TownWords

TOWN = TownWords.of(
    (
        "Die Gaststättenerlaubnis ist vorläufig. Personalausweis, Wohnberechtigungsschein, Führungszeugnis.",
        "Elterngeld beantragen, Bücher verlängern, Wahlschein im Altpapier, Antrag, Decke, Winter, Kinderschwimmkurs.",
        "Zeit, Vollzeit, Straße, Schwimmbad, alle, allen, Verlängerung, gültig, Gebühr, Zweitwohnung anmelden, Einzug.",
    )
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gebür fürungszeugniss", "Gebühr Führungszeugnis"),
        ("gaststetten erlaubniss nur forläufig", "Gaststättenerlaubnis nur vorläufig"),
        ("eltergeld wivil", "Elterngeld wie viel"),
        ("antragsgebür", "antragsgebühr"),
        ("wonberechtigunsschein gültich?", "Wohnberechtigungsschein gültig?"),
        ("kinder schwimkurs", "Kinderschwimmkurs"),
        ("bis wan mus ich meine zweitwonung anmelden", "bis wann muss ich meine Zweitwohnung anmelden"),
        ("mein walschein is ausversehn im altpapir", "mein Wahlschein ist aus Versehen im Altpapier"),
        ("kan ich bücher verlengern", "kann ich bücher verlängern"),
        ("Gebuehr", "Gebühr"),
    ],
)
def test_a_misspelt_word_becomes_the_towns(typed: str, meant: str) -> None:
    assert spell(typed, TOWN).text == meant


@pytest.mark.parametrize(
    "right",
    [
        "Wie hoch darf die Hecke wachsen?",
        "Ich wander im Sommer aus, wie viel Zeit habe ich?",
        "Wir haben das total verpennt.",
        "Was kostet das Fahrradwerkstattschild?",
        "mit dem ollen Roller nach Lindlar",
        "Termin am 3.4.2026, 12:30 Uhr?",
    ],
)
def test_correct_german_and_names_stay(right: str) -> None:
    assert spell(right, TOWN).text == right


def test_corrections_name_what_was_typed_and_leave_little_words_out() -> None:
    assert spell("wat kostet die gebür", TOWN).corrections == (("gebür", "Gebühr"),)


@pytest.mark.parametrize(
    ("language", "question", "german"),
    [
        ("fr", "Combien coûte la carte d'identité ?", ["Was kostet", "Personalausweis"]),
        ("fr", "Combien coute la carte d’identite", ["Was kostet", "Personalausweis"]),
        (
            "uk",
            "Скільки коштує багатомовне свідоцтво про народження?",
            ["Was kostet", "mehrsprachige internationale Urkunde", "Geburtsurkunde"],
        ),
        ("ru", "Где получить загранпаспорт?", ["Wo", "Reisepass"]),
        ("tr", "EHLİYET kaç para?", ["Was kostet", "Führerschein"]),
        ("ar", "كم رسوم رخصة القيادة الدولية؟", ["Was kostet", "Internationaler Führerschein"]),
        ("ar", "كم تكلف بطاقة المكتبة؟", ["Was kostet", "Bibliotheksausweis"]),
    ],
)
def test_a_foreign_question_gives_german_terms_question_words_first(
    language: str, question: str, german: list[str]
) -> None:
    assert [term for _, term in glossary(language).translate(question).terms] == german


def test_words_that_no_glossary_knows_are_named() -> None:
    assert glossary("tr").translate("Yüzme havuzunda havlu").unknown == ("havlu",)


def test_a_foreign_question_is_searched_in_german_and_counts_what_nobody_understood(service: AnsweringService) -> None:
    generation = service.generations.active("musterstadt")
    found = search_text("Kimlik kartı havlu kaç para?", "tr", generation)
    assert (found.text, found.german) == ("Was kostet Personalausweis?", True)
    assert found.unknown_share == pytest.approx(1 / 3)


@pytest.mark.parametrize(("question", "language"), [("Combien ça coûte ?", "fr"), ("Ile kosztuje dowód?", "pl")])
def test_without_a_topic_or_a_glossary_the_question_stays(
    service: AnsweringService, question: str, language: str
) -> None:
    found = search_text(question, language, service.generations.active("musterstadt"))
    assert (found.text, found.german) == (question, False)


def test_a_question_in_a_language_that_the_town_has_texts_in_stays_and_has_german_words_beside_it(
    service: AnsweringService,
) -> None:
    generation = service.generations.active("musterstadt")
    question = "How much is the dog tax?"
    assert search_text(question, "en", generation).text == question
    assert german_text(question, "en", generation).text == "Was kostet Hundesteuer?"
