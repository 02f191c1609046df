"""What publishing would change, as text for a terminal. Words that go stand in [- -], words that come in {+ +}."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from ingest.diff import KnowledgeDiff
    from ingest.diff_documents import DocumentChange, ModuleChange
    from ingest.gate import AnswerChange, Examination, GivenAnswer
    from ingest.word_diff import WordRun


def diff_text(found: "KnowledgeDiff") -> str:
    """Names first, then numbers, then every change in words. Colours are for `typer.echo` to keep or to drop."""
    lines = []
    for label, documents in (("added", found.added), ("changed", found.changed), ("removed", found.removed)):
        lines += [f"{label:8} {document}" for document in documents]
    if found.tenant_changed:
        lines.append("changed  tenant.yaml")
    if found.rules_changed:
        lines.append("changed  rules")
    lines.append(f"passages: {found.chunks_added} new, {found.chunks_removed} gone, {found.chunks_kept} unchanged")
    for document in found.documents:
        lines += _document(document)
    if found.tenant_words:
        lines += ["", "tenant.yaml", f"  {_words(found.tenant_words)}"]
    return "\n".join(lines)


def gold_text(examination: "Examination", model: bool) -> str:
    """The answers that would change, lost ones first, and what would stop publishing."""
    changed = [change for change in examination.changes if change.verdict != "same"]
    lost = sum(change.regression for change in changed)
    how = "as citizens get them" if model else "quotes only, without the language model"
    total = len(examination.changes)
    lines = ["", f"gold questions ({how}): {len(changed)} of {total} answers would change, {lost} right ones be lost"]
    for change in sorted(changed, key=lambda change: (not change.regression, change.id)):
        lines += _answer(change)
    lines += [f"not to be published: {shortfall}" for shortfall in examination.shortfalls]
    return "\n".join(lines)


def _document(change: "DocumentChange") -> Iterator[str]:
    numbers = f"passages: {change.chunks_added} new, {change.chunks_removed} gone"
    yield ""
    yield typer.style(f"{change.kind} {change.id}", bold=True) + f" ({change.title}), {numbers}"
    if change.kind != "changed":
        yield "  " + ", ".join(f"{module.heading} ({_count(module)} words)" for module in change.modules)
        return
    for entry in change.fields:
        yield f"  {entry.field}: {_gone(entry.before or 'nothing')} {_new(entry.after or 'nothing')}"
    for module in change.modules:
        yield f"  {module.heading}: {_words(module.words)}"
        if module.facts_gone or module.facts_new:
            gone, new = "; ".join(module.facts_gone) or "none", "; ".join(module.facts_new) or "none"
            yield f"    facts gone: {gone}; new: {new}"
    if not change.fields and not change.modules:
        yield "  fields that a generation doesn't keep: licence, reviewer or LeiKa key"


def _answer(change: "AnswerChange") -> Iterator[str]:
    label = typer.style("lost", fg="red", bold=True) if change.regression else change.verdict
    yield f"{label} {change.id}: {change.question}"
    if change.before is not None:
        yield _gone_line(change.before)
    yield f"    now    ({_verdict(change.now)}): {_one_line(change.now.text)}"


def _gone_line(answer: "GivenAnswer") -> str:
    return f"    before ({_verdict(answer)}): {_one_line(answer.text)}"


def _verdict(answer: "GivenAnswer") -> str:
    return f"{answer.outcome}: {answer.why}" if answer.why else answer.outcome


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _words(runs: "Iterable[WordRun]") -> str:
    from ingest.word_diff import shortened

    marks: dict[str, Callable[[str], str]] = {"gone": _gone, "new": _new, "same": str}
    return " ".join(marks[run.kind](_one_line(run.text)) for run in shortened(tuple(runs)))


def _count(module: "ModuleChange") -> int:
    return sum(len(run.text.split()) for run in module.words)


def _gone(text: str) -> str:
    return typer.style(f"[-{text}-]", fg="red")


def _new(text: str) -> str:
    return typer.style(f"{{+{text}+}}", fg="green")
