"""Checks one text while it is being edited, among the others of its town."""

from dataclasses import dataclass

from ingest.checks.all import FAST_CHECKS, SET_CHECKS, TEXT_CHECKS
from ingest.checks.check import CheckedText
from ingest.document import ServiceDocument
from ingest.findings import Finding, Severity, gathered
from ingest.rules import check_rules_of
from ingest.sources.config import MarkdownSource
from ingest.sources.markdown import parse_markdown
from ingest.town_texts import TownState


@dataclass(frozen=True, slots=True)
class CheckedEdit:
    """An edited text as it would be read, and what is wrong with it."""

    document: ServiceDocument | None
    """None with at least one error."""
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)


def check_edit(state: TownState, name: str, content: str, *, thorough: bool) -> CheckedEdit:
    """What publishing would find in the file `name` if it said `content`.

    `thorough` also compares the text with all others and with the decision rules: seconds in a large town, where
    everything else takes milliseconds. Errors of decision rules that quote the text are among its findings then.
    """
    source = next((s for s in state.sources.sources if isinstance(s, MarkdownSource)), None)
    result = parse_markdown(content, name, source)
    if result.document is None:
        return CheckedEdit(None, result.findings)
    text = CheckedText(result.document, name)
    others = tuple(other for other in state.texts if other.name != name)
    every = state.given((*others, text))
    alone = state.given((text,))
    findings = [*result.findings]
    findings += [finding for check in (*FAST_CHECKS, *(SET_CHECKS if thorough else ())) for finding in check(every)]
    findings += [finding for check in TEXT_CHECKS for finding in check(alone)]
    kept = [finding for finding in findings if finding.file == name]
    if thorough:
        before = [text.document for text in state.texts]
        kept += check_rules_of(state.folder, state.tenant, result.document, before, state.today)
    ordered = sorted(kept, key=lambda finding: (finding.severity is not Severity.ERROR, finding.line))
    return CheckedEdit(result.document, tuple(gathered(dict.fromkeys(ordered))))
