"""The checks that a set of service texts must pass before it is published, each with a code and a fix."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.index.modules import ModuleKind, heading_of
from app.tenants.tenant import Tenant
from app.text.units import quotable_units
from ingest.document import ServiceDocument
from ingest.findings import Finding, Severity
from ingest.rules import check_rules
from ingest.sources.markdown import read_markdown

_EXPECTED = (ModuleKind.REQUIRED_DOCUMENTS, ModuleKind.COSTS, ModuleKind.DEADLINE)
"""What citizens ask for most; a text without them gets a warning."""

MOST_PLAIN_WORDS = 12
"""Words that a sentence in Einfache Sprache may have."""
_WORD = re.compile(r"\w[\w.,:/-]*")


@dataclass(frozen=True, slots=True)
class CheckedKnowledge:
    """All texts of a tenant and what is wrong with them."""

    documents: tuple[ServiceDocument, ...]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)


def check_knowledge(folder: Path, tenant: Tenant, today: date) -> CheckedKnowledge:
    """Reads and checks every text below `services/` of a tenant's knowledge folder."""
    documents: list[tuple[ServiceDocument, str]] = []
    findings: list[Finding] = []
    paths = sorted((folder / "services").rglob("*.md"))
    for path in paths:
        name = path.relative_to(folder).as_posix()
        result = read_markdown(path, name)
        findings.extend(result.findings)
        if result.document is not None:
            documents.append((result.document, name))
    if not paths:
        findings.append(
            Finding("no-texts", Severity.ERROR, "services", 0,
                    f"there are no Markdown files below {folder / 'services'}",
                    "add service texts, or set AMTSLOTSE_KNOWLEDGE_DIR")
        )  # fmt: skip
    findings.extend(_check_set(documents, tenant, today))
    findings.extend(check_rules(folder, tenant, [document for document, _ in documents], today))
    return CheckedKnowledge(tuple(document for document, _ in documents), tuple(findings))


def _check_set(documents: Sequence[tuple[ServiceDocument, str]], tenant: Tenant, today: date) -> Iterable[Finding]:
    offices = {office.id for office in tenant.offices}
    first_file: dict[str, str] = {}
    for document, name in documents:
        if document.id in first_file:
            yield Finding(
                "duplicate-id", Severity.ERROR, name, 0,
                f"'{document.id}' is already the id of {first_file[document.id]}", "give each text its own id",
            )  # fmt: skip
        first_file.setdefault(document.id, name)
    originals = {
        document.id for document, _ in documents if document.translation_of is None and document.variant == "standard"
    }
    for document, name in documents:
        if document.office not in offices:
            yield Finding(
                "unknown-office", Severity.ERROR, name, 0, f"'{document.office}' is no office in tenant.yaml",
                f"use one of: {', '.join(sorted(offices))}",
            )  # fmt: skip
        if document.translation_of is not None and document.translation_of not in originals:
            yield Finding(
                "unknown-original", Severity.ERROR, name, 0,
                f"translation_of '{document.translation_of}' is no original", "name the id of the German original",
            )  # fmt: skip
        if document.variant != "standard" and document.translation_of is None:
            yield Finding(
                "missing-original", Severity.ERROR, name, 0,
                f"a text in the variant '{document.variant}' needs the standard text that it says in other words",
                "name the standard text's id in translation_of",
            )  # fmt: skip
        if document.variant == "einfach" and (sentence := _longest_sentence(document)):
            yield Finding(
                "long-sentence", Severity.WARNING, name, 0,
                f"'{sentence}' has more than {MOST_PLAIN_WORDS} words", "make two sentences of it",
            )  # fmt: skip
        if document.valid_until is not None and document.valid_until < today:
            yield Finding(
                "expired", Severity.WARNING, name, 0, f"the text expired on {document.valid_until}",
                "update it or remove it; the service doesn't use it any more",
            )  # fmt: skip
        if document.reviewed_on > today:
            yield Finding(
                "review-in-future", Severity.ERROR, name, 0, f"reviewed_on {document.reviewed_on} lies in the future",
                "enter the day of the last review",
            )  # fmt: skip
        kinds = {module.kind for module in document.modules}
        for kind in _EXPECTED:
            if kind not in kinds and document.variant == "standard":
                heading = heading_of(kind, document.language)
                yield Finding(
                    "missing-module", Severity.WARNING, name, 0, f"there is no '## {heading}'",
                    "citizens ask for it: add it, even if only to say that there is none",
                )  # fmt: skip


def _longest_sentence(document: ServiceDocument) -> str | None:
    """The longest sentence with more words than Einfache Sprache has, legal sources apart."""
    sentences = (
        sentence
        for module in document.modules
        if module.kind is not ModuleKind.LEGAL_BASIS
        for sentence in quotable_units(module.text)
    )
    longest = max(sentences, key=_word_count, default="")
    return longest if _word_count(longest) > MOST_PLAIN_WORDS else None


def _word_count(sentence: str) -> int:
    return len(_WORD.findall(sentence))
