"""Texts of different services, or parts of them, that are nearly the same: copied, then only one kept up to date."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.index.modules import ModuleKind
from ingest.checks.check import CheckedText, CheckInput
from ingest.checks.readings import Readings
from ingest.checks.shingles import near_pairs
from ingest.document import Module
from ingest.findings import Finding, Severity

_LEAST_TEXT = 0.6
"""Share of word sequences in common from which two whole texts are reported; unrelated ones have less than 0.05."""
_LEAST_MODULE = 0.7
"""Lists of documents for related services have up to 0.6 in common with good reason."""
_SHORTEST_MODULE = 220
"""Characters; shorter modules say the same in many services with good reason."""
_ALIKE_BY_NATURE = (
    ModuleKind.LEGAL_BASIS, ModuleKind.LEGAL_REMEDY, ModuleKind.RESPONSIBLE_OFFICE, ModuleKind.CONTACT,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Part:
    text: CheckedText
    module: Module


def check_near_duplicates(given: CheckInput) -> Iterator[Finding]:
    """Each text with its nearest one, and each long module with its nearest one where the texts as a whole differ."""
    groups = defaultdict[tuple[str, str], list[CheckedText]](list)
    for text in given.texts:
        groups[text.document.language, text.document.variant].append(text)
    for texts in groups.values():
        reported: set[tuple[str, str]] = set()
        for near in near_pairs([_whole(text) for text in texts], _LEAST_TEXT, given.readings):
            first, second = texts[near.first], texts[near.second]
            if first.document.service != second.document.service:
                reported.add((first.name, second.name))
                yield _finding(second.name, 0, "the text", "Der Text", first.name, near.similarity)
        yield from _modules(texts, reported, given.readings)


def _modules(texts: Sequence[CheckedText], reported: set[tuple[str, str]], readings: Readings) -> Iterator[Finding]:
    parts = [
        _Part(text, module)
        for text in texts
        for module in text.document.modules
        if module.kind not in _ALIKE_BY_NATURE and len(module.text) >= _SHORTEST_MODULE
    ]
    for near in near_pairs([part.module.text for part in parts], _LEAST_MODULE, readings):
        first, second = parts[near.first], parts[near.second]
        names = (first.text.name, second.text.name)
        if first.text.document.service == second.text.document.service or names in reported:
            continue
        place = f"{first.text.name}:{first.module.line}" if first.module.line else first.text.name
        heading = second.module.heading
        yield _finding(second.text.name, second.module.line, f"'{heading}'", f"„{heading}“", place, near.similarity)


def _whole(text: CheckedText) -> str:
    return "\n".join(module.text for module in text.document.modules if module.kind not in _ALIKE_BY_NATURE)


def _finding(name: str, line: int, what: str, in_german: str, other: str, similarity: float) -> Finding:
    return Finding(
        "near-duplicate", Severity.WARNING, name, line,
        f"{what} is to {similarity:.0%} the same as {other}",
        "make one text of them, or say in each what is different; citizens can't tell which one is meant",
        german=f"{in_german} stimmt zu {similarity * 100:.0f} % mit {other} überein.",
    )  # fmt: skip
