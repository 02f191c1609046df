"""What citizens ask for and a text does not say."""

from ingest.checks.modules import check_modules
from tests.ingest.checks.given import found, text


def test_costs_documents_and_deadline_are_expected_in_the_language_of_the_text() -> None:
    messages = [finding.message for finding in found(check_modules, text(), text(language="en"))]
    assert messages == [
        "there is no section 'Erforderliche Unterlagen'",
        "there is no section 'Frist'",
        "there is no section 'Required documents'",
        "there is no section 'Deadline'",
    ]


def test_a_town_says_what_it_expects() -> None:
    assert found(check_modules, text(), expected_modules=["costs"]) == []
    (finding,) = found(check_modules, text(), expected_modules=["contact"])
    assert "Ansprechpunkt" in finding.german


def test_texts_in_easier_words_may_leave_modules_out() -> None:
    assert found(check_modules, text(variant="leicht", translation_of="hund-anmelden")) == []
