"""The changes that publishing would make as one German HTML page that needs nothing else: no script, no network."""

from ingest.diff import KnowledgeDiff
from ingest.gate import Examination
from ingest.html_page import page_template
from ingest.word_diff import shortened

KINDS = {"added": "neu", "changed": "geändert", "removed": "entfällt"}
FIELD_NAMES = {
    "title": "Titel",
    "synonyms": "Andere Namen",
    "example_questions": "Beispielfragen",
    "language": "Sprache",
    "variant": "Sprachform",
    "translation_of": "Übersetzung von",
    "office": "Amt",
    "owner": "Verantwortlich",
    "reviewed_on": "Geprüft am",
    "valid_from": "Gültig ab",
    "valid_until": "Gültig bis",
    "online_service_url": "Online-Dienst",
    "source_url": "Adresse der Quelle",
}
OUTCOMES = {"right": "richtig", "partly": "teilweise richtig", "wrong": "falsch", "refused": "keine Antwort"}
VERDICTS = {"better": "besser", "worse": "schlechter", "reworded": "anders formuliert", "new": "neue Frage"}


def diff_html(found: KnowledgeDiff, effects: Examination | None, town: str) -> str:
    """The page; without `effects` nothing is said about answers."""
    changed = [change for change in effects.changes if change.verdict != "same"] if effects else []
    return page_template("knowledge_diff.html").render(
        town=town,
        found=found,
        effects=effects,
        answers=sorted(changed, key=lambda change: (not change.regression, change.id)),
        lost=sum(change.regression for change in changed),
        kinds=KINDS,
        field_names=FIELD_NAMES,
        outcomes=OUTCOMES,
        verdicts=VERDICTS,
        shortened=shortened,
    )
