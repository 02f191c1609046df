"""The quality gate's report for editors: one German HTML page that needs nothing else, not even JavaScript."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from app.tenants.tenant import Tenant
from ingest.checks.check import CheckedText
from ingest.codes import CodeInfo, info
from ingest.findings import Finding, Severity
from ingest.html_page import page_template
from ingest.quality import CheckedKnowledge

_NOBODY = "Noch niemandem zugeordnet"
"""Owner of findings about files that gave no text, and about tenant.yaml, rules and overrides."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands, with the words that are meant and those around them."""

    where: str
    """"Zeile 12", "Seite 3", or empty for the whole text."""
    before: str
    marked: str
    after: str
    detail: str
    """The German message; may be empty."""
    message: str
    """The English message, for whoever helps."""


@dataclass(frozen=True, slots=True)
class Problem:
    """All findings of one code in one text."""

    code: str
    info: CodeInfo
    error: bool
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class TextReport:
    """One text with findings."""

    anchor: str
    name: str
    title: str
    owner: str
    owner_anchor: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an overview: an owner or a code."""

    anchor: str
    name: str
    texts: int
    errors: int
    warnings: int


def quality_html(checked: CheckedKnowledge, tenant: Tenant, folder: Path, day: date) -> str:
    """The whole page. Every text in it is escaped."""
    by_name = {text.name: text for text in checked.texts}
    owners = sorted({_owner(by_name.get(finding.file)) for finding in checked.findings})
    anchors = {owner: f"stelle-{number}" for number, owner in enumerate(owners, start=1)}
    reports = [
        _text_report(f"text-{number}", name, tuple(findings), by_name.get(name), folder, anchors)
        for number, (name, findings) in enumerate(groupby(checked.findings, key=lambda finding: finding.file), start=1)
    ]
    return page_template("quality_report.html").render(
        town=tenant.name,
        day=f"{day:%d.%m.%Y}",
        checked=checked,
        owners=[_row(anchors[owner], owner, [r for r in reports if r.owner == owner]) for owner in owners],
        kinds=_kinds(checked.findings),
        reports=reports,
        info=info,
    )


def _text_report(
    anchor: str, name: str, findings: Sequence[Finding], text: CheckedText | None, folder: Path, anchors: dict[str, str]
) -> TextReport:
    problems = []
    for code in dict.fromkeys(finding.code for finding in findings):
        same = [finding for finding in findings if finding.code == code]
        error = any(finding.severity is Severity.ERROR for finding in same)
        problems.append(Problem(code, info(code), error, tuple(_place(finding, text, folder) for finding in same)))
    problems.sort(key=lambda problem: not problem.error)
    title = text.document.title if text else name.rpartition("/")[2]
    return TextReport(anchor, name, title, _owner(text), anchors[_owner(text)], tuple(problems))


def _place(finding: Finding, text: CheckedText | None, folder: Path) -> Place:
    where = f"{'Seite' if finding.file.endswith('.pdf') else 'Zeile'} {finding.line}" if finding.line else ""
    quote = finding.quote or _source_line(folder, finding)
    before, marked, after = _in_context(quote, text)
    return Place(where, before, marked, after, finding.german, f"{finding.message} → {finding.fix}")


def _in_context(quote: str, text: CheckedText | None) -> tuple[str, str, str]:
    """The words before the quote, the quote, and those after it: the rest of its sentence, or the sentences around."""
    sentences = text.sentences if text and quote else ()
    for number, sentence in enumerate(sentences):
        before, found, after = sentence.text.partition(quote)
        if not found:
            continue
        if not before and number and sentences[number - 1].module is sentence.module:
            before = f"{sentences[number - 1].text} "
        if not after and number + 1 < len(sentences) and sentences[number + 1].module is sentence.module:
            after = f" {sentences[number + 1].text}"
        return before, quote, after
    return "", quote, ""


def _source_line(folder: Path, finding: Finding) -> str:
    """The line itself, for findings without a quote in files that people write by hand."""
    if not finding.line or not finding.file.endswith((".md", ".yaml", ".csv")):
        return ""
    try:
        return (folder / finding.file).read_text(encoding="utf-8-sig").splitlines()[finding.line - 1].strip()
    except (OSError, UnicodeDecodeError, IndexError):
        return ""


def _owner(text: CheckedText | None) -> str:
    return text.document.owner if text else _NOBODY


def _row(anchor: str, name: str, reports: Sequence[TextReport]) -> Row:
    errors = sum(len(problem.places) for report in reports for problem in report.problems if problem.error)
    total = sum(len(problem.places) for report in reports for problem in report.problems)
    return Row(anchor, name, len(reports), errors, total - errors)


def _kinds(findings: Iterable[Finding]) -> list[Row]:
    """One row a code, errors first, then the most frequent."""
    found = list(findings)
    errors = Counter(finding.code for finding in found if finding.severity is Severity.ERROR)
    warnings = Counter(finding.code for finding in found if finding.severity is Severity.WARNING)
    files = Counter(code for code, _ in {(finding.code, finding.file) for finding in found})
    rows = [Row(f"art-{code}", info(code).title, files[code], errors[code], warnings[code]) for code in files]
    return sorted(rows, key=lambda row: (-row.errors, -row.warnings, row.name))
