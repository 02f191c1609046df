"""Data of private persons in texts, and contact data that belongs there."""

import pytest

from ingest.checks.personal_data import check_personal_data
from tests.ingest.checks.given import codes, found, text


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Fragen Sie Frau Müller im Erdgeschoss.", "Müller"),
        ("Ansprechpartner ist Herr Dr. Kern.", "Kern"),
        ("Sabine Köppel hilft Ihnen.", "Sabine Köppel"),
        ("Melden Sie sich bei Mehmet Yılmaz oder Andrij Koval.", "Andrij Koval"),
        ("Anna-Lena von Gropper, Raum 12", None),
        ("Schreiben Sie an sabine.mueller@musterstadt.example.", "sabine.mueller@musterstadt.example"),
        ("Schreiben Sie an s.mueller@musterstadt.example.", "s.mueller@musterstadt.example"),
        ("Mail an hundefreund77@gmx.de", "hundefreund77@gmx.de"),
        ("Rufen Sie an: 0171 2345678.", "0171 2345678"),
        ("Rufen Sie Frau Kern an: 05551 43210.", "05551 43210"),
        ("Überweisen Sie auf DE89 3704 0044 0532 0130 00.", "DE89 3704 0044 0532 0130 00"),
        ("Steuer-ID: 86 095 742 719", "86 095 742 719"),
    ],
)
def test_what_points_to_a_person_is_reported_with_its_sentence(sentence: str, words: str | None) -> None:
    (finding,) = found(check_personal_data, text(sentence))
    assert (finding.code, finding.quote) == ("personal-data", sentence)
    assert words is None or words in finding.message


@pytest.mark.parametrize(
    "sentence",
    [
        "Rufen Sie an: 03999 115-200 oder 03999 115-417.",
        "Die Behördennummer ist 115, der Sperr-Notruf 116 116.",
        "Rufen Sie das Krankenhaus an: 05551 43210.",
        "Schreiben Sie an buergeramt@musterstadt.example, kfz.zulassung@musterstadt.example oder info@verein.example.",
        "Der Datenschutz: datenschutz@musterstadt.example",
        "Das Bürgeramt ist am Rathausplatz 1, 99001 Musterstadt.",
        "Frau oder Herr, das Feld ist freiwillig.",
        "Die Bürgermeisterin Petra Kern unterschreibt die Satzung.",
        "Oberbürgermeister Dr. Thomas Beispiel hat sie am 1. März 2026 erlassen.",
        "Die Anne-Frank-Schule und das Sophie Scholl Gymnasium nehmen an der Woche teil.",
        "Ein Beispiel: Erika Mustermann, geboren am 12.08.1983.",
        "Wer vor dem 19. Januar 2013 geboren ist, tauscht bis 2033 um.",
        "Das Kennzeichen hat die Form MS-AB 1234.",
        "Das Aktenzeichen steht oben rechts auf dem Bescheid: 32.4-2026/117.",
        "Die Gebühr beträgt 37,00 Euro, § 1 PAuswGebV vom 1. Januar 2024.",
    ],
)
def test_what_belongs_to_an_office_or_a_rule_stays(sentence: str) -> None:
    assert [finding.message for finding in found(check_personal_data, text(sentence))] == []


def test_a_town_lists_the_contacts_that_are_public() -> None:
    sentence = text("Frau Sabine Müller, 0171 2345678, Konto DE89 3704 0044 0532 0130 00")
    contacts = ["Sabine Müller", "+49 171 2345678", "DE89370400440532013000"]
    assert codes(check_personal_data, sentence, public_contacts=contacts) == []
    assert codes(check_personal_data, sentence, public_contacts=contacts[:2]) == ["personal-data"]
