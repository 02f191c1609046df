"""Personal data is masked; what a question needs stays."""

import time
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answering.personal_data import mask_personal_data
from app.answering.personal_spans import LABELS, PersonalData
from tests.tenants.samples import musterstadt


def masked(text: str) -> str:
    return mask_personal_data(text, musterstadt()).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Meine Mail ist max.muster@web.de, bitte melden", "Meine Mail ist [E-Mail], bitte melden"),
        ("Rufen Sie an: 0171 2345678", "Rufen Sie an: [Telefonnummer]"),
        ("oder +49 (0)30 123456-78 bitte", "oder [Telefonnummer] bitte"),
        ("Tel. 4711 22", "Tel. [Telefonnummer]"),
        ("Meine Telefonnummer ist 552341", "Meine Telefonnummer ist [Telefonnummer]"),
        ("IBAN DE89 3704 0044 0532 0130 00 bitte", "IBAN [IBAN] bitte"),
        ("iban de89370400440532013000", "iban [IBAN]"),
        ("Meine Steuer-ID: 86 095 742 719", "Meine Steuer-ID: [Steuer-ID]"),
        ("86095742719", "[Steuer-ID]"),
        ("Versicherungsnummer 65 180539 W 003", "Versicherungsnummer [Versicherungsnummer]"),
        ("Herr Müller vom Amt", "Herr [Name] vom Amt"),
        ("Frau Dr. von der Leyen meint", "Frau [Name] meint"),
        ("Ich heiße Max Mustermann und möchte einen Pass", "Ich heiße [Name] und möchte einen Pass"),
        ("Mein Name ist ayşe yılmaz, ich brauche Hilfe", "Mein Name ist [Name], ich brauche Hilfe"),
        ("Hallo, Stefan Schmidt mein Name", "Hallo, [Name] mein Name"),
        ("my name is John Smith and I need a passport", "my name is [Name] and I need a passport"),
        ("Ich bin Max Mustermann", "Ich bin [Name]"),
        ("Mein Sohn Max Mustermann braucht einen Pass", "Mein Sohn [Name] braucht einen Pass"),
        ("Mit freundlichen Grüßen Max Müller", "Mit freundlichen Grüßen [Name]"),
        ("Ich wohne in der Hauptstraße 12a, 99001 Musterstadt", "Ich wohne in der [Anschrift]"),
        ("Ich ziehe in die Bahnhofstr. 8 um", "Ich ziehe in die [Anschrift] um"),
        ("Ich wohne Am Stadtgraben 5", "Ich wohne [Anschrift]"),
        ("Lange Straße 4", "[Anschrift]"),
        ("Ich wohne Lindenweg 5. Was kostet ein Ausweis?", "Ich wohne [Anschrift]. Was kostet ein Ausweis?"),
        ("I live at 5 Baker Street. How do I register?", "I live at [Anschrift]. How do I register?"),
        ("J'habite 12 rue de la Gare.", "J'habite [Anschrift]."),
        ("Ich bin geboren am 3.4.1980 in Köln", "Ich bin geboren am [Geburtsdatum] in Köln"),
        ("Mein Kind ist am 3. April 2025 geboren", "Mein Kind ist am [Geburtsdatum] geboren"),
        ("Mein Kennzeichen ist MS-AB 123", "Mein Kennzeichen ist [Kennzeichen]"),
        ("kennzeichen ms ab 123 verloren", "kennzeichen [Kennzeichen] verloren"),
        ("Ausweisnummer L01X00T471 verloren", "Ausweisnummer [Ausweisnummer] verloren"),
        ("Es geht um L01X00T47", "Es geht um [Ausweisnummer]"),
        ("Aktenzeichen 32-1/2026-0815 bitte", "Aktenzeichen [Aktenzeichen] bitte"),
        ("Erika Mustermann braucht einen Ausweis", "[Name] braucht einen Ausweis"),
        ("hab mit frau schneider telefoniert", "hab mit frau [Name] telefoniert"),
        ("Meine Kinder Lea und Tim gehen zur Schule", "Meine Kinder [Name] und [Name] gehen zur Schule"),
        ("Frau Krause war da. Krause sagte ja.", "Frau [Name] war da. [Name] sagte ja."),
        ("Ich bin Rentner. Viele Grüße Jo Hansen", "Ich bin Rentner. Viele Grüße [Name]"),
        ("Меня зовут Анна Иванова, хочу паспорт", "Меня зовут [Name], хочу паспорт"),
        ("اسمي أحمد الخطيب وأريد موعدا", "اسمي [Name] وأريد موعدا"),
        ("Karte 4437 9517 2569 0191", "Karte [Kartennummer]"),
        ("Steuernummer 133/8150/8159", "Steuernummer [Steuer-ID]"),
        ("IBAN DE41 6435 4276 2558 7291 74 mit Zahlendreher", "IBAN [IBAN] mit Zahlendreher"),
        ("tim (at) reuter-online.de", "[E-Mail]"),
        ("Ich wohne Postfach 12 34, 99001 Musterstadt", "Ich wohne [Anschrift]"),
    ],
)
def test_personal_data_becomes_a_label(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Was kostet ein Perso, 37,00 Euro oder 22,80 €?",
        "Gilt § 9 PAuswG oder SGB II 5?",
        "Ist die 115 oder die 116 116 richtig? Und die 112? Und 0800 1110111?",
        "Was ist die Telefonnummer 115",
        "Am 01.12.2026 von 08:00-16:00 oder bis 31.12.2026 12 Uhr",
        "01.01.2027 - 03.01.2027",
        "Kinder, die vor dem 1.1.2026 geboren sind",
        "99001 Musterstadt",
        "Parkplatz 5 Euro, am Freitag 15 Uhr, im Jahr 2026",
        "Braucht man DIN-A4 oder DIN A4?",
        "Führerschein Klasse B 96",
        "Braucht meine Frau Unterlagen?",
        "Ich heiße jetzt anders, was muss ich tun?",
        "Ich bin Deutsche Staatsbürgerin",
        "Frau Bürgermeisterin, wann ist Sprechstunde?",
        "Kann meine Tochter mitkommen?",
        "Wie viele Stellplätze brauche ich für 2 Wohnungen?",
        "Wann hat die Anne-Frank-Schule Ferien, und das Albert Einstein Gymnasium?",
        "Wird die Schillerstraße gesperrt?",
        "Ich bin Krankenschwester und habe Pflegegrad 2",
        "Danke für Ihre Mühe!",
        "Welche Sankt Martin Umzüge gibt es?",
        "Kennzeichen ab 12 Euro",
        "Schreibe ich an info@stadtwerke.example?",
    ],
)
def test_what_a_question_needs_stays(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Schreibe ich an buergeramt@musterstadt.example oder datenschutz@musterstadt.example?",
        "Ist 03999 115-200 die richtige Nummer, oder +49 3999 115200?",
        "Muss ich zum Rathausplatz 1 kommen?",
        "Ist der Wertstoffhof Am Wertstoffhof 5?",
        "Ist die Zulassungsstelle in der Industriestr. 27, 99003 Musterstadt?",
        "Hat 03999 115-0 jetzt Dienst, oder 03999/115417?",
    ],
)
def test_the_towns_own_contact_data_stays(text: str) -> None:
    assert masked(text) == text


def test_kinds_are_reported_once_in_order_of_appearance() -> None:
    result = mask_personal_data("a@b.de, 0171 2345678, c@d.de und Herr Meier", musterstadt())
    assert result.kinds == (PersonalData.EMAIL, PersonalData.PHONE, PersonalData.NAME)


@pytest.mark.parametrize("digit", range(10))
def test_of_ten_last_digits_only_one_makes_a_tax_id(digit: int) -> None:
    assert ("[Steuer-ID]" in masked(f"Nummer 8609574271{digit} hier")) == (digit == 9)


def test_masking_again_changes_nothing() -> None:
    once = masked("Herr Müller, 0171 2345678, max@web.de, Hauptstraße 5, MS-AB 123")
    assert masked(once) == once
    assert all(label in once for label in ("[Name]", "[Telefonnummer]", "[E-Mail]", "[Anschrift]", "[Kennzeichen]"))


@given(st.text(max_size=200))
def test_any_text_can_be_masked_and_nothing_is_reported_without_its_label(text: str) -> None:
    result = mask_personal_data(text, musterstadt())
    assert all(LABELS[kind] in result.text for kind in result.kinds)


@given(st.from_regex(r"[a-z]{3,12}\.[a-z]{3,12}@[a-z]{3,12}\.(de|com|org)", fullmatch=True))
def test_no_mail_address_survives(address: str) -> None:
    assert address not in masked(f"Schreiben Sie an {address} bitte")


HOSTILE = [
    *("a", "1 ", "0", "0 ", "1", " ", "@", "a@", "a@b.", "a(at)b ", "A-", "a-", "'", "1/", "1-", "1.", "+49", "(0"),
    *("Frau ", "Herr ", "Frau von der ", "Dr. ", "A. ", "A a ", "Anna ", "Anna, ", "Anna und ", "mein name ist "),
    *("ich bin A ", "meine Mutter ", "mein kleiner ", "Name: ", "Danke, A ", "mit freundlichen grüßen ", "اسمي "),
    *("DE12 ", "DE12", "DE12 3456 ", "4111 1111 ", "tel 1", "Steuer-ID ", "Ausweis a", "fallnummer", "az ", "M-A 1 "),
    *("Aktenzeichen A1 ", "Kennzeichen a a ", "geboren am 1.1.", "1.1.2000 ", "weg", "Am A 1", "Straße 1 ", "wohne A "),
    *("Postfach 1 ", "99001 Aa, ", "Rathausplatz", "[Name]", "ович"),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_four_times_as_much_hostile_input_takes_about_four_times_as_long(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        best = inf
        for _ in range(2):
            start = time.process_time()
            masked(text)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(16_000) < 8 * max(seconds(4_000), 0.01)  # in quadratic time it would be 16


def test_a_hundred_thousand_characters_take_seconds_at_most() -> None:
    for piece in ("1", "Herr "):
        text = (piece * 100_000)[:100_000]
        start = time.process_time()
        masked(text)
        assert time.process_time() - start < 10
