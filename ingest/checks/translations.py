"""Translations and variants that nobody has looked at since their original was reviewed."""

from collections.abc import Iterator

from ingest.checks.check import CheckInput
from ingest.findings import Finding, Severity


def check_translations(given: CheckInput) -> Iterator[Finding]:
    """A translation is reviewed on the same day as its original, or later."""
    originals = {text.document.id: text for text in given.texts}
    for text in given.texts:
        original = originals.get(text.document.translation_of or "")
        if original is None or text.document.reviewed_on >= original.document.reviewed_on:
            continue
        mine, newer = text.document.reviewed_on, original.document.reviewed_on
        yield Finding(
            "stale-translation", Severity.WARNING, text.name, 0,
            f"reviewed on {mine}, but its original {original.name} on {newer}",
            "compare the two, then set reviewed_on",
            german=f"Geprüft am {mine:%d.%m.%Y}, der Ausgangstext {original.name} aber am {newer:%d.%m.%Y}.",
        )  # fmt: skip
