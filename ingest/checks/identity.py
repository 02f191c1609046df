"""Whether each text can be told from the others, and belongs to an office and an original that exist."""

import re
from collections.abc import Iterator

from ingest.checks.check import CheckInput
from ingest.findings import Finding, Severity

_PLACEHOLDER = re.compile(r"(?i)(?:tbd|to-?do|fixme|xxx+|n\.? ?n\.?|unbekannt|unknown|none|\?+|-+|\.+|–|…)")
"""What people enter so that a required field is filled."""


def check_ids(given: CheckInput) -> Iterator[Finding]:
    """Every id belongs to one text."""
    first: dict[str, str] = {}
    for text in given.texts:
        if text.document.id in first:
            other = first[text.document.id]
            yield Finding(
                "duplicate-id", Severity.ERROR, text.name, 0,
                f"'{text.document.id}' is already the id of {other}", "give each text its own id",
                german=f"Die Kennung „{text.document.id}“ trägt schon der Text {other}.",
            )  # fmt: skip
        first.setdefault(text.document.id, text.name)


def check_offices(given: CheckInput) -> Iterator[Finding]:
    """The office of every text is in tenant.yaml."""
    offices = {office.id for office in given.tenant.offices}
    for text in given.texts:
        if text.document.office not in offices:
            known = ", ".join(sorted(offices))
            yield Finding(
                "unknown-office", Severity.ERROR, text.name, 0,
                f"'{text.document.office}' is no office in tenant.yaml", f"use one of: {known}",
                german=f"Die Stelle „{text.document.office}“ ist nicht eingetragen. Es gibt: {known}.",
            )  # fmt: skip


def check_originals(given: CheckInput) -> Iterator[Finding]:
    """Translations and variants name the standard text that they belong to."""
    originals = {
        text.document.id
        for text in given.texts
        if text.document.translation_of is None and text.document.variant == "standard"
    }
    for text in given.texts:
        original, variant = text.document.translation_of, text.document.variant
        if original is not None and original not in originals:
            yield Finding(
                "unknown-original", Severity.ERROR, text.name, 0,
                f"translation_of '{original}' is no original", "name the id of the German original",
                german=f"Einen Ausgangstext mit der Kennung „{original}“ gibt es nicht.",
            )  # fmt: skip
        if variant != "standard" and original is None:
            yield Finding(
                "missing-original", Severity.ERROR, text.name, 0,
                f"a text in the variant '{variant}' needs the standard text that it says in other words",
                "name the standard text's id in translation_of",
            )  # fmt: skip


def check_responsibility(given: CheckInput) -> Iterator[Finding]:
    """Owner, reviewer and license say something. That they are there, every reader checks."""
    for text in given.texts:
        document = text.document
        for field, value in (
            ("owner", document.owner), ("reviewed_by", document.reviewed_by), ("license", document.license),
        ):  # fmt: skip
            if _PLACEHOLDER.fullmatch(value.strip()):
                yield Finding(
                    "placeholder", Severity.WARNING, text.name, 0,
                    f"{field} is '{value}', which names nobody", f"enter the real {field}",
                    quote=value, german=f"Im Feld „{field}“ steht nur „{value}“.",
                )  # fmt: skip
