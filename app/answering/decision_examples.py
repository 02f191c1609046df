"""Runs the examples beside the decision rules: tests that an editor writes and publishing depends on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from app.answering.decision_tables import Documents, apply_tables
from app.answering.follow_up import ResolvedQuestion
from app.answering.screen import screen
from app.answering.values import Question, RuleFinding, Status, Turn
from app.tenants.rules.rule import DecisionRule
from app.tenants.rules.rule_file import Example
from app.tenants.tenant import Tenant
from app.text.figures import figures

_NOON = time(12, 0)


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One example, run."""

    rule: DecisionRule
    example: Example
    said: str
    """What came out: the answer, the question back, or nothing."""
    fault: str | None
    """What is wrong with it; None when all is as expected."""


def run_examples(rules: Sequence[DecisionRule], tenant: Tenant, today: date) -> Iterator[ExampleResult]:
    """Runs every example against all rules together, as a citizen's question meets them."""
    for rule in rules:
        for example in rule.file.examples:
            finding = answer_example(example, rules, tenant, _moment(example.at, rule, tenant, today))
            said = " ".join(finding.statements) if finding else ""
            yield ExampleResult(rule, example, said, _fault(example, rule, finding, said))


def answer_example(example: Example, rules: Sequence[DecisionRule], tenant: Tenant, at: datetime) -> RuleFinding | None:
    """What the rules say to the example's question after its earlier ones."""
    history: list[Turn] = []
    for earlier in example.earlier:
        history.append(_turn(earlier, _ask(earlier, history, rules, tenant, at)))
    return _ask(example.question, history, rules, tenant, at)


def _ask(
    text: str, history: Sequence[Turn], rules: Sequence[DecisionRule], tenant: Tenant, at: datetime
) -> RuleFinding | None:
    question = Question(text=text, tenant=tenant.id, asked_at=at, history=tuple(history))
    screened = screen(question, tenant)
    if screened.verdict is not None:
        return None
    documents: Documents = {}
    return apply_tables(screened, question, ResolvedQuestion(screened.text, None), tenant, rules, documents)


def _turn(text: str, finding: RuleFinding | None) -> Turn:
    used = finding.table if finding else None
    status = Status.NEEDS_CLARIFICATION if used and used.asks_for else Status.ANSWERED_BY_RULE
    return Turn(text, None, None, finding.office if finding else None, status, used)


def _moment(at: date | datetime | None, rule: DecisionRule, tenant: Tenant, today: date) -> datetime:
    if isinstance(at, datetime):
        return at.replace(tzinfo=at.tzinfo or tenant.zone)
    day = at or max(today, rule.file.valid_from or today)
    return datetime.combine(day, _NOON, tzinfo=tenant.zone)


def _fault(example: Example, rule: DecisionRule, finding: RuleFinding | None, said: str) -> str | None:
    used = finding.table if finding else None
    mine = used is not None and used.rule == rule.reference
    if example.silent:
        return f"the rule should leave this to the texts, but says: {said}" if mine else None
    if finding is None or used is None or not mine:
        return f"{used.rule} fires instead" if used else "the rule does not fire"
    if example.asks is not None:
        return None if used.asks_for == example.asks else f"should ask for {example.asks}, but says: {said}"
    if used.asks_for is not None:
        return f"asks for {used.asks_for} instead of answering"
    missing = [part for part in example.says if part not in said]
    if missing:
        return f"lacks {missing} in: {said}"
    unfounded = _unfounded(finding)
    if unfounded:
        return f"the source text does not show {unfounded}; give the input a unit, or quote the sentence"
    wrong = {name: used.inputs.get(name) for name, value in example.inputs.items() if used.inputs.get(name) != value}
    return f"read other inputs: {wrong}" if wrong else None


def _unfounded(finding: RuleFinding) -> str:
    """Figures of the answer that its source text doesn't hold."""
    shown = figures(f"{finding.source_title}\n{finding.source_text}")
    return ", ".join(sorted(figure.value for text in finding.statements for figure in figures(text) - shown))
