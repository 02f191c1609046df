"""The checks on decision rules that need the town's texts and offices: sources, figures, examples."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from app.answering.decision_examples import run_examples
from app.answering.decision_facts import money
from app.tenants.rules.load import read_rules
from app.tenants.rules.rule import DecisionRule
from app.tenants.tenant import Tenant
from app.text.figures import figures
from ingest.document import ServiceDocument
from ingest.findings import Finding, Severity


def check_rules(folder: Path, tenant: Tenant, documents: Sequence[ServiceDocument], today: date) -> Iterator[Finding]:
    """Everything that is wrong with the rules in a town's folder; the examples run only when all files are right."""
    loaded = read_rules(folder)
    for problem in loaded.problems:
        yield Finding("rule", Severity.ERROR, problem.file, problem.line, problem.message, problem.fix)
    texts = {document.id: document for document in documents}
    offices = {office.id for office in tenant.offices}
    for rule in loaded.rules:
        yield from _check_rule(rule, texts.get(rule.file.source.document), offices, today)
    if not loaded.problems:
        yield from _check_examples(loaded.rules, tenant, today)


def check_rules_of(
    folder: Path, tenant: Tenant, document: ServiceDocument, documents: Sequence[ServiceDocument], today: date
) -> Iterator[Finding]:
    """What one text makes wrong with the rules that quote it and the other `documents` don't; examples are not run."""
    offices = {office.id for office in tenant.offices}
    before = next((other for other in documents if other.id == document.id), None)
    for rule in read_rules(folder).rules:
        if rule.file.source.document == document.id:
            known = set(_check_rule(rule, before, offices, today))
            yield from (found for found in _check_rule(rule, document, offices, today) if found not in known)


def _check_rule(
    rule: DecisionRule, document: ServiceDocument | None, offices: Iterable[str], today: date
) -> Iterator[Finding]:
    file = rule.file
    if file.office not in offices:
        yield _error("rule-office", rule, f"'{file.office}' is no office in tenant.yaml", "name one that is")
    if file.reviewed_on > today:
        yield _error("rule-review", rule, f"reviewed_on {file.reviewed_on} lies in the future", "enter the last review")
    if file.valid_until is not None and file.valid_until < today:
        yield Finding("rule-expired", Severity.WARNING, rule.path, 0, f"the rule expired on {file.valid_until}",
                      "update it or remove it; the service doesn't use it any more")  # fmt: skip
    if document is None:
        yield _error("rule-source", rule, f"there is no text '{file.source.document}'", "name the id of a service text")
        return
    text = "\n".join(module.text for module in document.modules)
    flat = " ".join(text.split())
    for quote in file.source.quotes:
        if " ".join(quote.split()) not in flat:
            yield _error("rule-quote", rule, f"“{quote}” does not stand in {document.id}",
                         "the text and the rule must say the same: correct one of them",
                         f"Die Regel zitiert „{quote}“. Das steht so nicht im Text „{document.title}“.")  # fmt: skip
    known = figures(text)
    for amount in sorted(set(_amounts(rule))):
        shown = money(amount, "de")
        if amount and not figures(shown) <= known:
            yield _error("rule-amount", rule, f"{shown} does not stand in {document.id}",
                         "the text and the rule must say the same: correct one of them",
                         f"Die Regel nennt {shown}. Das steht nicht im Text „{document.title}“.")  # fmt: skip


def _amounts(rule: DecisionRule) -> Iterator[Decimal]:
    columns = {c.output for c in rule.file.table.columns.values() if c.kind == "money"}
    for row in rule.rows:
        for (name, _), value in row.results.items():
            if name in columns and isinstance(value, Decimal):
                yield value


def _check_examples(rules: Sequence[DecisionRule], tenant: Tenant, today: date) -> Iterator[Finding]:
    for result in run_examples(rules, tenant, today):
        if result.fault is not None:
            yield _error("rule-example", result.rule, f"“{result.example.question}”: {result.fault}",
                         "correct the rule or the example; `amtslotse rules test` shows all")  # fmt: skip


def _error(code: str, rule: DecisionRule, message: str, fix: str, german: str = "") -> Finding:
    return Finding(code, Severity.ERROR, rule.path, 0, message, fix, german=german)
