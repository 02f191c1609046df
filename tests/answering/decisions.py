"""Asking Musterstadt's decision tables, with what the tests of its stages share."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from app.answering.decision_tables import apply_tables
from app.answering.follow_up import ResolvedQuestion
from app.answering.screen import screen
from app.answering.values import Question, RuleFinding, Status, Turn
from app.settings import PROJECT_ROOT
from app.tenants.rules.load import load_rules
from app.tenants.rules.rule import DecisionRule
from tests.tenants.samples import musterstadt

DOCUMENTS = {
    ("hund-anmelden", "de"): ("Hund anmelden", "https://www.musterstadt.example/dienste/hund-anmelden"),
    ("hund-anmelden", "en"): ("Register a dog", "https://www.musterstadt.example/en/dog"),
}
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=musterstadt().zone)


@lru_cache(maxsize=1)
def rules() -> tuple[DecisionRule, ...]:
    return load_rules(PROJECT_ROOT / "knowledge" / "musterstadt")


def rule(rule_id: str) -> DecisionRule:
    return next(each for each in rules() if each.file.id == rule_id)


def ask(text: str, *earlier: str, topic: tuple[str, str] | None = None, at: datetime = NOON) -> RuleFinding | None:
    """The last answer of a conversation; `topic` (document id and title) is what the texts answered before it."""
    history: list[Turn] = []
    for each in earlier:
        finding = _ask(each, history, None, at)
        history.append(turn_of(each, finding))
    return _ask(text, history, topic, at)


def said(text: str, *earlier: str, at: datetime = NOON) -> str:
    """The sentences of the last answer, which a table must give."""
    finding = ask(text, *earlier, at=at)
    assert finding is not None, text
    return " ".join(finding.statements)


def turn_of(text: str, finding: RuleFinding | None) -> Turn:
    if finding is None or finding.table is None:
        return Turn(text, None, None, None, Status.ANSWERED)
    status = Status.NEEDS_CLARIFICATION if finding.table.asks_for else Status.ANSWERED_BY_RULE
    return Turn(text, finding.table.document, "Titel", finding.office, status, finding.table)


def _ask(text: str, history: Sequence[Turn], topic: tuple[str, str] | None, at: datetime) -> RuleFinding | None:
    town = musterstadt()
    question = Question(text=text, tenant=town.id, asked_at=at, history=tuple(history))
    screened = screen(question, town, 1000)
    resolved = ResolvedQuestion(screened.text, None)
    if topic is not None:
        resolved = ResolvedQuestion(f"{topic[1]}: {screened.text}", topic[0])
    return apply_tables(screened, question, resolved, town, rules(), DOCUMENTS)
