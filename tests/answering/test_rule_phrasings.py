"""How many questions that nobody wrote the rules for are answered by the right one, and how few wrongly."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel, ConfigDict

from app.answering.decision_tables import apply_tables
from app.answering.follow_up import ResolvedQuestion
from app.answering.rules import apply_rules
from app.answering.screen import screen
from app.answering.values import Question, RuleFinding
from tests.answering.decisions import rules
from tests.tenants.samples import musterstadt

TOWN = musterstadt()
TUESDAY_MORNING = datetime(2026, 11, 24, 10, 5, tzinfo=TOWN.zone)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Captured(_Strict):
    """A question that a rule should answer."""

    question: str
    rule: str
    says: tuple[str, ...]


class Half(_Strict):
    """Half of the file."""

    captured: tuple[Captured, ...]
    left: tuple[str, ...]
    """Questions that the texts answer better."""


class Phrasings(_Strict):
    """The whole file."""

    tuned: Half
    unseen: Half


PHRASINGS = Phrasings.model_validate(
    yaml.safe_load((Path(__file__).parent / "rule_phrasings.yaml").read_text(encoding="utf-8"))
)


@dataclass(frozen=True, slots=True)
class _Missed:
    question: str
    rule: str | None


def _finding(text: str) -> RuleFinding | None:
    question = Question(text=text, tenant=TOWN.id, asked_at=TUESDAY_MORNING)
    screened = screen(question, TOWN, 1000)
    if screened.verdict is not None:
        return None
    return apply_rules(screened, question, TOWN, None) or apply_tables(
        screened, question, ResolvedQuestion(screened.text, None), TOWN, rules(), {}
    )


def _missed(half: Half) -> list[_Missed]:
    missed: list[_Missed] = []
    for each in half.captured:
        finding = _finding(each.question)
        said = " ".join(finding.statements) if finding else ""
        rule = finding.rule.partition("@")[0] if finding else None
        if rule != each.rule or not all(part in said for part in each.says):
            missed.append(_Missed(each.question, rule))
    return missed


@pytest.mark.parametrize(("half", "most_missed"), [(PHRASINGS.tuned, 2), (PHRASINGS.unseen, 5)])
def test_most_questions_reach_their_rule_and_hardly_any_a_wrong_one(half: Half, most_missed: int) -> None:
    missed = _missed(half)
    assert len(missed) <= most_missed, missed
    assert sum(each.rule is not None for each in missed) <= 1, missed


@pytest.mark.parametrize("half", [PHRASINGS.tuned, PHRASINGS.unseen])
def test_ordinary_questions_about_the_same_topics_are_left_to_the_texts(half: Half) -> None:
    captured = {text: finding.rule for text in half.left if (finding := _finding(text))}
    assert not captured
