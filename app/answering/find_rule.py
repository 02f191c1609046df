"""The rules in their order: the town's opening hours and contact data, then its decision tables."""

from app.answering.decision_tables import apply_tables
from app.answering.follow_up import ResolvedQuestion
from app.answering.rules import apply_rules
from app.answering.values import Question, RuleFinding, Screened
from app.index.generation import Generation


def find_rule(
    screened: Screened, question: Question, resolved: ResolvedQuestion, generation: Generation, topic_office: str | None
) -> RuleFinding | None:
    """What the first rule that is meant answers or asks back. `topic_office` is the one that was talked about."""
    tenant = generation.tenant
    return apply_rules(screened, question, tenant, topic_office) or apply_tables(
        screened, question, resolved, tenant, generation.rules, generation.texts
    )
