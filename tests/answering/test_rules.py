"""Opening hours and contact data, answered from tenant.yaml and the calendar."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.answering.rules import apply_rules
from app.answering.screen import screen
from app.answering.values import Question, RuleFinding, Status, Turn
from tests.tenants.samples import musterstadt

TOWN = musterstadt()
_EXAMPLES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "rule_examples.yaml").read_text(encoding="utf-8")
)
TUESDAY_MORNING = datetime(2026, 11, 24, 10, 5, tzinfo=TOWN.zone)


def _examples(table: str) -> list[tuple[str, list[str]]]:
    return [(example["question"], example["says"]) for example in _EXAMPLES[table]]


def answer(
    text: str, at: datetime = TUESDAY_MORNING, topic_office: str | None = None, language: str | None = None
) -> RuleFinding | None:
    question = Question(text=text, tenant=TOWN.id, asked_at=at, language=language)
    return apply_rules(screen(question, TOWN, 1000), question, TOWN, topic_office)


def said(
    text: str, at: datetime = TUESDAY_MORNING, topic_office: str | None = None, language: str | None = None
) -> str:
    finding = answer(text, at, topic_office, language)
    assert finding is not None, text
    return " ".join(finding.statements)


@pytest.mark.parametrize(("question", "says"), _examples("whole_sentences"))
def test_opening_hours_are_answered_in_whole_sentences(question: str, says: list[str]) -> None:
    assert [said(question)] == says


@pytest.mark.parametrize(("question", "says"), _examples("day_reason_next"))
def test_opening_hours_name_day_reason_and_next_opening(question: str, says: list[str]) -> None:
    text = said(question)
    assert all(part in text for part in says), text


@pytest.mark.parametrize(("question", "says"), _examples("english"))
def test_english_questions_are_answered_in_english(question: str, says: list[str]) -> None:
    text = said(question)
    assert all(part in text for part in says), text


def test_a_language_without_a_catalog_is_answered_in_english() -> None:
    assert said("Bürgeramt Öffnungszeiten", language="pl").startswith("The Citizens' Office")


@pytest.mark.parametrize(("question", "says"), _examples("contact"))
def test_contact_questions_are_answered(question: str, says: list[str]) -> None:
    assert [said(question)] == says


def test_contact_in_general_gives_address_phone_and_mail() -> None:
    text = said("Wie erreiche ich das Steueramt?")
    assert all(part in text for part in ("Rathausplatz 1", "03999 115-610", "steueramt@musterstadt.example"))


@pytest.mark.parametrize(
    "question",
    [
        "Wann muss ich den Hund anmelden?",
        "Hat die Post offen?",
        "Wann hat der Zoo auf?",
        "Wann hat das Finanzamt geöffnet?",
        "Ist der Wochenmarkt am Samstag geöffnet?",
        "Is the post office open today?",
        "Wo ist die Post?",
        "Wo ist der Bahnhof?",
        "Kann ich am Samstag im Standesamt heiraten?",
        "Wie ändere ich meine Adresse im Bürgeramt?",
        "Hat das Schwimmbad in den Sommerferien auf?",
        "Wann hat das Standesamt Termine frei?",
        "Brauche ich im Bürgeramt einen Termin?",
        "Muss ich zum Bürgeramt?",
        "Wann kommt die Müllabfuhr?",
        "Wann ist Briefwahl?",
        "Wo beantrage ich beim Bürgeramt den Ausweis?",
        "Hat das Ordnungsamt meinen Hund aufgenommen?",
        "Steht mir beim Sozialamt etwas zu?",
        "Was kostet der Spaß auf der Zulassungsstelle?",
        "Was kostet ein neuer Personalausweis?",
        "Wie lange ist der Ausweis gültig?",
        "How do I open a business?",
        "Hat das Bürgeramt am 31.2. offen?",
        "Und für Kinder?",
    ],
)
def test_other_questions_are_left_to_the_search(question: str) -> None:
    assert answer(question) is None


def test_a_follow_up_means_the_conversations_office() -> None:
    finding = answer("Und wann haben die offen?", topic_office="steueramt")
    assert finding is not None
    assert finding.office == "steueramt"
    assert answer("Wie ist die Telefonnummer?", topic_office="bauamt") is not None
    town_hall = answer("Wann hat das Rathaus offen?", topic_office="steueramt")
    assert town_hall is not None
    assert town_hall.office == "buergeramt"


@pytest.mark.parametrize("text", ["Bis wann?", "Und bis wann?", "Ab wann denn?", "Wie lange?", "Until when?"])
def test_a_bare_until_when_means_the_doors_only_after_an_answer_about_them(text: str) -> None:
    def asked(*history: Turn) -> RuleFinding | None:
        question = Question(text=text, tenant=TOWN.id, asked_at=TUESDAY_MORNING, history=history)
        return apply_rules(screen(question, TOWN, 1000), question, TOWN, "steueramt")

    service = Turn("Wie melde ich einen Hund an?", "hund-anmelden", "Hund anmelden", "steueramt", Status.ANSWERED)
    table = Turn("Was kostet ein Hund?", "hund-anmelden", "Hund anmelden", "steueramt", Status.ANSWERED_BY_RULE)
    hours = Turn("Wann hat das Steueramt offen?", None, None, "steueramt", Status.ANSWERED_BY_RULE)
    assert asked() is None
    assert asked(service) is None
    assert asked(table) is None
    assert asked(hours) is not None


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("Macht das Ordnungsamt am Freitag um zwei zu?", "Nein, das Ordnungsamt hat am Freitag"),
        ("Macht das Ordnungsamt am Freitag um zwölf zu?", "Ja, das Ordnungsamt hat am Freitag"),
        ("Öffnet das Ordnungsamt am Freitag um acht?", "Ja, das Ordnungsamt hat am Freitag"),
        ("Öffnet das Ordnungsamt am Freitag um neun?", "Das Ordnungsamt hat am Freitag"),
        ("Öffnet das Ordnungsamt am Freitag um 7 Uhr?", "Nein, das Ordnungsamt hat am Freitag"),
        ("Kann ich am Donnerstag nach 14 Uhr noch zum Ordnungsamt kommen?", "Ja,"),
        ("Kann ich am Dienstag nach 14 Uhr noch zum Ordnungsamt kommen?", "Nein,"),
        ("Hat das Ordnungsamt am Donnerstag nach 12 Uhr offen?", "Ja,"),
        ("Hat das Ordnungsamt am Donnerstag um 12:30 Uhr offen?", "Nein,"),
        ("Kann ich am Montag vor 8 Uhr zum Ordnungsamt kommen?", "Nein,"),
        ("Hat das Ordnungsamt am Donnerstag bis halb sechs offen?", "Ja,"),
    ],
)
def test_a_time_is_compared_as_it_was_asked(question: str, start: str) -> None:
    assert said(question).startswith(start), said(question)


@pytest.mark.parametrize(
    ("moment", "start"),
    [
        ("2026-11-24T07:30", "Nein, das Bürgeramt hat jetzt geschlossen"),
        ("2026-11-24T08:00", "Ja, das Bürgeramt hat jetzt geöffnet"),
        ("2026-11-24T16:00", "Nein, das Bürgeramt hat jetzt geschlossen"),
        ("2026-12-24T10:00", "Nein, das Bürgeramt hat jetzt geschlossen"),
    ],
)
def test_now_is_the_moment_of_the_question(moment: str, start: str) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=TOWN.zone)
    assert said("Hat das Bürgeramt gerade offen?", at).startswith(start)


def test_today_is_the_towns_today_whatever_zone_the_clock_has() -> None:
    late = datetime.fromisoformat("2026-11-23T23:30:00+00:00")
    assert "Dienstag, 24. November 2026" in said("Hat das Bürgeramt heute offen?", late)


def test_after_closing_time_today_is_over() -> None:
    evening = datetime(2026, 11, 24, 20, 0, tzinfo=TOWN.zone)
    text = said("Hat das Bürgeramt heute offen?", evening)
    assert text.startswith("Nein, das Bürgeramt hatte heute, Dienstag, 24. November 2026, nur von 08:00 bis 16:00 Uhr")
    assert "Wieder geöffnet ist morgen, Mittwoch, 25. November 2026, von 08:00 bis 12:00 Uhr." in text


def test_the_week_announces_exceptions_that_are_near() -> None:
    before_christmas = datetime(2026, 12, 21, 9, 0, tzinfo=TOWN.zone)
    text = said("Wann hat das Bürgeramt auf?", before_christmas)
    assert "am Donnerstag, 24. Dezember 2026, ist geschlossen (Heiligabend)" in text
    assert "24. Dezember" not in said("Wann hat das Bürgeramt auf?")


@pytest.mark.parametrize(
    "question",
    [
        "Hat das Bürgeramt jetzt offen?",
        "Hat das Bürgeramt am 24.12. offen?",
        "Hat das Standesamt am Mittwoch auf?",
        "Hat das Standesamt an Fronleichnam auf?",
        "Öffnungszeiten Stadtbibliothek",
        "Is the library open on Christmas?",
        "Hat das Bürgeramt am Rosenmontag auf?",
        "Wie erreiche ich das Jugendamt?",
    ],
)
def test_every_figure_of_the_statements_stands_in_the_source(question: str) -> None:
    finding = answer(question)
    assert finding is not None
    for figure in re.findall(r"\d{2}:\d{2}|\d+(?:\. \w+ \d{4}| \w+ \d{4})|\d{5}", " ".join(finding.statements)):
        assert figure in finding.source_text, figure
    assert finding.source_url is not None


def test_the_finding_says_what_it_rests_on() -> None:
    finding = answer("Hat das Bürgeramt am 24.12. offen?")
    assert finding is not None
    assert finding.rule == "opening-hours@1"
    assert finding.office == "buergeramt"
    assert finding.facts == {"open": "no", "date": "2026-12-24", "ground": "exception", "reason": "Heiligabend"}


def test_the_same_question_at_the_same_moment_gives_the_same_finding() -> None:
    assert answer("Hat das Bürgeramt am Samstag offen?") == answer("Hat das Bürgeramt am Samstag offen?")
