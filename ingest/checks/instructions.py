"""Instructions to a language model that somebody put into a text (indirect prompt injection, OWASP LLM01)."""

import re
from collections.abc import Iterator

from app.answering.instructions import instruction_in
from ingest.checks.check import CheckedText, CheckInput
from ingest.checks.place import line_of
from ingest.document import Module
from ingest.findings import Finding, Severity

_COMMENT = re.compile(r"<!--(.*?)(?:-->|$)", re.DOTALL)
_LINK_TITLE = re.compile(r"""\]\([^)\n]{0,500}?\s["']([^"'\n]{8,1000})["']\)""")
_HTML = re.compile(
    r"</?(?:a|b|br|div|font|i|iframe|img|li|p|script|span|strong|style|svg|table|td|tr|u|ul)\b[^<>]*>", re.I
)


def check_instructions(given: CheckInput) -> Iterator[Finding]:
    """No field, sentence, comment or link title speaks to a language model."""
    harmless = {" ".join(sentence.split()) for sentence in given.config.harmless_sentences}
    for text in given.texts:
        document = text.document
        for part in (document.title, *document.synonyms, *document.example_questions):
            yield from _finding(given, text, part, harmless)
        for sentence in text.sentences:
            yield from _finding(given, text, sentence.text, harmless, sentence.module)
        for module in document.modules:
            for match in _LINK_TITLE.finditer(module.text):
                yield from _finding(given, text, match.group(1), harmless, module)


def check_markup(given: CheckInput) -> Iterator[Finding]:
    """HTML in a text would be shown as it stands; a comment is not even seen by the next editor."""
    for text in given.texts:
        for module in text.document.modules:
            if "<" not in module.text:
                continue
            found = _COMMENT.search(module.text) or _HTML.search(module.text)
            if found:
                yield Finding(
                    "html-in-text", Severity.WARNING, text.name,
                    line_of(given.folder, text.name, module, found.group()),
                    f"there is HTML in the text: '{found.group()[:80]}'", "write it in Markdown, or remove it",
                    quote=found.group()[:200], german="Im Text steht HTML, das Bürgerinnen und Bürger so lesen würden.",
                )  # fmt: skip


def _finding(
    given: CheckInput, text: CheckedText, part: str, harmless: set[str], module: Module | None = None
) -> Iterator[Finding]:
    if " ".join(part.split()) in harmless:
        return
    pattern = instruction_in(part)
    if pattern is not None:
        yield Finding(
            "instruction-to-model", Severity.ERROR, text.name,
            line_of(given.folder, text.name, module, part) if module else 0,
            f"'{part}' reads like an instruction to a language model ({pattern})",
            "remove it and find out who wrote it; if it is harmless, reword it, or list the sentence under "
            "harmless_sentences in quality.yaml: its passage is published, but never answered from",
            quote=part, german="Dieser Satz richtet sich an eine KI statt an Bürgerinnen und Bürger.",
        )  # fmt: skip
