"""What citizens ask for and a text does not say."""

from collections.abc import Iterator

from app.index.modules import heading_of
from ingest.checks.check import CheckInput
from ingest.findings import Finding, Severity


def check_modules(given: CheckInput) -> Iterator[Finding]:
    """A standard text has every module of `expected_modules`."""
    for text in given.texts:
        if text.document.variant != "standard":
            continue
        kinds = {module.kind for module in text.document.modules}
        for kind in given.config.expected_modules:
            if kind not in kinds:
                heading = heading_of(kind, text.document.language)
                yield Finding(
                    "missing-module", Severity.WARNING, text.name, 0, f"there is no section '{heading}'",
                    "citizens ask for it: add it, even if only to say that there is none",
                    german=f"Es fehlt der Abschnitt „{heading}“.",
                )  # fmt: skip
