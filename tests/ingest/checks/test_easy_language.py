"""Texts that claim to be in Leichte Sprache."""

from typing import Any

from app.index.modules import ModuleKind
from ingest.checks.check import CheckedText
from ingest.checks.easy_language import check_easy_language
from tests.ingest.checks.given import codes, found, text


def leicht(body: str, **fields: Any) -> CheckedText:
    return text(body, variant="leicht", translation_of="hund", **fields)


def test_a_sentence_that_breaks_two_rules_gets_two_findings_with_its_words() -> None:
    findings = found(check_easy_language, leicht("Der Hund wird von drei Leuten geprüft."))
    assert [finding.code for finding in findings] == ["easy-passive", "easy-number"]
    assert {finding.quote for finding in findings} == {"Der Hund wird von drei Leuten geprüft."}
    assert "drei" in findings[1].german


def test_each_sentence_has_a_line_of_its_own() -> None:
    assert codes(check_easy_language, leicht("Das ist der Hund. Er ist groß.")) == ["easy-line"]
    assert codes(check_easy_language, leicht("Das ist der Hund.\nEr ist groß.\n\n- Er mag uns.")) == []


def test_only_german_texts_that_claim_it_are_measured() -> None:
    body = "Der Hund wird von drei Leuten geprüft."
    assert codes(check_easy_language, text(body)) == []
    assert codes(check_easy_language, text(body, variant="einfach", translation_of="hund")) == []
    assert codes(check_easy_language, leicht(body, language="uk")) == []


def test_legal_sources_are_lists_of_statutes() -> None:
    assert codes(check_easy_language, leicht("§ 9 Personalausweisgesetz", kind=ModuleKind.LEGAL_BASIS)) == []
