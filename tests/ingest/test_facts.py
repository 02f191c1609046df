"""Facts in the notations that municipal texts use."""

import pytest

from ingest.facts import facts_of
from tests.ingest.samples import document


def _read(text: str, language: str = "de") -> list[str]:
    """Kind and German notation of each fact."""
    return [f"{type(fact).__name__} {fact}" for fact in facts_of(text, language)]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("37,00 €", "37,00 €"),
        ("37 Euro", "37,00 €"),
        ("EUR 1.250,-", "1.250,00 €"),
        ("1.250,-- EUR", "1.250,00 €"),
        ("12 bis 15 Euro", "12,00 bis 15,00 €"),
        ("zwischen 12 und 15 Euro", "12,00 bis 15,00 €"),
        ("12 Euro bis 15 Euro", "12,00 bis 15,00 €"),
        ("zwölf Euro fünfzig", "12,50 €"),
        ("zwölf Euro und 50 Cent", "12,50 €"),
        ("zweihundertfünfzig Euro", "250,00 €"),
        ("50 Cent", "0,50 €"),
        ("bis zu 50.000,00 Euro", "bis zu 50.000,00 €"),
        ("mindestens 100 Euro", "ab 100,00 €"),
        ("etwa 25 Euro", "etwa 25,00 €"),
        ("mehr als 10 Euro", "über 10,00 €"),
        ("30 CHF", "30,00 CHF"),
    ],
)
def test_amounts(text: str, fact: str) -> None:
    assert _read(f"Das kostet {text}.") == [f"Money {fact}"]


@pytest.mark.parametrize(
    "text", ["kostenfrei", "gebührenfrei", "kostenlos", "unentgeltlich", "ohne Gebühr", "keine Kosten", "umsonst"]
)
def test_what_is_free_is_a_statement_of_its_own_kind(text: str) -> None:
    assert _read(f"Die Abmeldung ist {text}.") == ["FreeOfCharge kostenfrei"]


@pytest.mark.parametrize(
    "text",
    ["nicht kostenfrei", "im vergangenen Jahrhundert", "vierteljährlich", "Ende Februar 2026", "eines Jahres",
     "24-Stunden-Dienst", "31.02.2026", "99001 Musterstadt", "So 5 Personen", "Raum 3.12", "Nummer 115200"],
)  # fmt: skip
def test_what_states_no_fact(text: str) -> None:
    assert _read(f"Hier steht {text} und sonst nichts.") == []


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("zwei Wochen", "Duration 2 Wochen"),
        ("anderthalb Jahre", "Duration 1,5 Jahre"),
        ("eine halbe Stunde", "Duration 0,5 Stunden"),
        ("etwa 6 bis 12 Wochen", "Duration etwa 6 bis 12 Wochen"),
        ("höchstens 3 Monate", "Duration bis zu 3 Monaten"),
        ("3 volle Tage", "Duration 3 Tage"),
        ("innerhalb von 14 Tagen", "Deadline innerhalb von 14 Tagen"),
        ("innerhalb eines Monats", "Deadline innerhalb von 1 Monat"),
        ("binnen zwei Wochen nach dem Einzug", "Deadline innerhalb von 2 Wochen nach"),
        ("spätestens 2 Wochen nach dem Auszug", "Deadline spätestens 2 Wochen nach"),
        ("mindestens 8 Wochen vor der Eröffnung", "Deadline spätestens 8 Wochen vor"),
        ("ab 6 Wochen vor dem Ablauf", "Deadline frühestens 6 Wochen vor"),
        ("frühestens 6 Monate vorher", "Deadline frühestens 6 Monate vor"),
        ("bis zum 15. Januar", "Deadline bis zum 15. Januar"),
        ("spätestens am 31. März 2027", "Deadline spätestens am 31. März 2027"),
        ("01.03.2026", "CalendarDate 1. März 2026"),
        ("1. März 2026", "CalendarDate 1. März 2026"),
        ("am 15. Februar.", "CalendarDate 15. Februar"),
        ("2026-03-01", "CalendarDate 1. März 2026"),
        ("ab 24 Jahren", "Age ab 24 Jahren"),
        ("unter 16 Jahren", "Age unter 16 Jahren"),
        ("von 4 bis 17 Jahren", "Age von 4 bis 17 Jahren"),
        ("mindestens 14 Jahre alt", "Age ab 14 Jahren"),
        ("jünger als 24 Jahre", "Age unter 24 Jahren"),
        ("eine Probezeit von 2 Jahren", "Duration 2 Jahre"),
        ("nicht älter als 3 Jahre", "Duration 3 Jahre"),
    ],
)
def test_times(text: str, fact: str) -> None:
    assert _read(text) == [fact]


def test_a_period_has_two_days_and_no_deadline() -> None:
    assert _read("Vom 1. März bis zum 30. September") == ["CalendarDate 1. März", "CalendarDate 30. September"]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Mo–Fr 8–12 Uhr", "Mo–Fr 08:00–12:00 Uhr"),
        ("montags und dienstags von 8.30 bis 12 Uhr", "Mo–Di 08:30–12:00 Uhr"),
        ("Dienstag: 9–12 und 14–16 Uhr", "Di 09:00–12:00 und 14:00–16:00 Uhr"),
        ("Mo-Mi, Fr 08:00-12:00", "Mo–Mi, Fr 08:00–12:00 Uhr"),
        ("täglich von 9 bis 24 Uhr", "Mo–So 09:00–23:59 Uhr"),
        ("Monday to Friday 8 am to 12 noon", "Mo–Fr 08:00–12:00 Uhr"),
        ("Saturdays 2–4 pm", "Sa 14:00–16:00 Uhr"),
    ],
)
def test_opening_hours(text: str, fact: str) -> None:
    assert _read(text) == [f"OpeningHours {fact}"]


@pytest.mark.parametrize(
    "text",
    [
        "03999 115-200",
        "03999/115200",
        "(03999) 115 200",
        "+49 3999 115-200",
        "+49 (0) 3999 115-200",
        "0049 3999 115200",
    ],
)
def test_one_telephone_number_in_all_its_notations(text: str) -> None:
    assert _read(f"Telefon: {text}.") == ["Phone +49 3999115200"]


def test_short_numbers_of_public_services() -> None:
    assert _read("Sperr-Notruf 116 116, Behördennummer 115") == ["Phone 116 116", "Phone Telefon 115"]


def test_mail_addresses_and_links_end_before_the_full_stop() -> None:
    text = "Schreiben Sie an Amt@Stadt.example. Oder: https://www.stadt.example/amt."
    assert _read(text) == ["Email amt@stadt.example", "Url https://www.stadt.example/amt"]


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("§ 28 Abs. 1 BMG", ["§ 28 Abs. 1 BMG"]),
        ("§§ 17, 18 BMG", ["§§ 17, 18 BMG"]),
        ("§§ 29 bis 35 Baugesetzbuch (BauGB)", ["§§ 29–35 BauGB"]),
        ("§ 9 Personalausweisgesetz", ["§ 9 Personalausweisgesetz"]),
        ("§ 24 Civil Register Act (Bundesmeldegesetz, BMG)", ["§ 24 BMG"]),
        ("Art. 6 Abs. 1 Buchst. e DSGVO", ["Art. 6 Abs. 1 Buchst. e DSGVO"]),
        ("§ 45 Absatz 1b und § 46 Absatz 1 Nummer 11 StVO", ["§ 45 Abs. 1b StVO", "§ 46 Abs. 1 Nr. 11 StVO"]),
    ],
)
def test_references_to_law(text: str, references: list[str]) -> None:
    assert _read(f"Siehe {text}.") == [f"LegalReference {reference}" for reference in references]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("It costs 1,250.50 euros.", ["Money 1.250,50 €"]),
        ("480 euros a year", ["Money 480,00 €"]),
        ("Free of charge for people under 24 years", ["FreeOfCharge kostenfrei", "Age unter 24 Jahren"]),
        ("within a month", ["Deadline innerhalb von 1 Monat"]),
        ("at least 3 weeks before the move", ["Deadline spätestens 3 Wochen vor"]),
        ("from 6 weeks before it expires", ["Deadline frühestens 6 Wochen vor"]),
        ("by 15 January 2026", ["Deadline bis zum 15. Januar 2026"]),
        ("You may apply.", []),
    ],
)
def test_english_texts(text: str, facts: list[str]) -> None:
    assert _read(text, "en") == facts


def test_of_other_languages_only_what_needs_no_words_is_read() -> None:
    text = "Вартість: 37,00 євро, § 9 PAuswG, amt@stadt.example"
    assert _read(text, "uk") == ["LegalReference § 9 PAuswG", "Email amt@stadt.example"]


def test_a_deadline_comes_instead_of_the_time_within_it_and_spans_tell_the_place() -> None:
    text = "Melden Sie den Hund innerhalb von 2 Wochen an. Das kostet 96,00 Euro."
    assert [fact.span.of(text) for fact in facts_of(text, "de")] == ["innerhalb von 2 Wochen", "96,00 Euro"]


def test_facts_change_no_content_hash() -> None:
    """They are read from the text whenever they are needed, and are no part of a document."""
    fresh, read = document("96,00 Euro"), document("96,00 Euro")
    facts_of(read.modules[0].text, "de")
    assert fresh.content_hash == read.content_hash
