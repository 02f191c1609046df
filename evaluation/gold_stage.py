"""Which stage lost an answer: the earliest one after which it could not come out right any more."""

from collections.abc import Mapping
from enum import StrEnum

from app.answering.values import Answer, Origin, Status
from evaluation.gold_file import GoldKind, GoldQuestion
from evaluation.gold_walk import GoldWalk
from evaluation.judge import Judgement, Outcome, has_fact


class Stage(StrEnum):
    """In the order of the walk."""

    SCREENING = "screening"
    """Ended by a pattern that should not have fired, or went on past one that should have."""
    RULES = "rules"
    """A rule answered wrongly, answered what it should not, or should have answered."""
    RETRIEVAL_NOT_FOUND = "retrieval_not_found"
    """No passage of a right service among the candidates."""
    RETRIEVAL_NOT_FIRST = "retrieval_not_first"
    """Another service's passage stands first, and no sentence of a right one became evidence."""
    CLARIFICATION = "clarification"
    """Asked back although the question was clear."""
    EVIDENCE = "evidence"
    """Right service, but refused, or without the sentences that hold the facts; or took for answered what isn't."""
    DRAFTING = "drafting"
    """The facts were in the evidence but in no statement; or the model broke down."""
    VERIFICATION = "verification"
    """A statement with the facts was rejected, or a wrong one let through."""


_AT_SCREENING = {GoldKind.SMALL_TALK, GoldKind.EMERGENCY, GoldKind.INJECTION}


def stage_of(
    question: GoldQuestion, answer: Answer, judgement: Judgement, walk: GoldWalk, service_of_chunk: Mapping[str, str]
) -> Stage | None:
    """The stage that lost an answer; None when it is right and no figure is invented."""
    if judgement.outcome is Outcome.RIGHT:
        return Stage.VERIFICATION if judgement.invented else None
    if ended := _before_retrieval(question, answer, walk):
        return ended
    if answer.status in (Status.BUSY, Status.FAILED):
        return Stage.DRAFTING
    if question.kind in (GoldKind.UNANSWERABLE, GoldKind.OUT_OF_SCOPE):
        return Stage.EVIDENCE
    if lost := _in_retrieval(question, walk, service_of_chunk):
        return lost
    if answer.status is Status.NEEDS_CLARIFICATION:
        return Stage.CLARIFICATION
    return _after_retrieval(question, answer, walk)


def _before_retrieval(question: GoldQuestion, answer: Answer, walk: GoldWalk) -> Stage | None:
    verdict = walk.screened.verdict
    if question.kind in _AT_SCREENING or (verdict is not None and question.kind is not GoldKind.STAFF):
        return Stage.SCREENING
    if question.kind is GoldKind.STAFF and answer.status is not Status.DECIDED_BY_STAFF:
        return Stage.SCREENING
    if question.kind is GoldKind.RULE or answer.status is Status.ANSWERED_BY_RULE:
        return Stage.RULES
    return None


def _in_retrieval(question: GoldQuestion, walk: GoldWalk, service_of_chunk: Mapping[str, str]) -> Stage | None:
    """Retrieval is to blame only when evidence had nothing right to choose from, or chose nothing right."""
    right = set(question.services)
    if not right or any(service_of_chunk.get(sentence.chunk_id) in right for sentence in walk.evidence_sentences):
        return None
    found = [service_of_chunk.get(candidate.chunk_id) in right for candidate in walk.candidates]
    if not any(found):
        return Stage.RETRIEVAL_NOT_FOUND
    return None if found[0] else Stage.RETRIEVAL_NOT_FIRST


def _after_retrieval(question: GoldQuestion, answer: Answer, walk: GoldWalk) -> Stage:
    said = "\n".join(statement.text for statement in answer.statements)
    missing = [fact for fact in question.facts if not has_fact(fact, said)]
    if not walk.evidence_sentences or any(not has_fact(fact, walk.evidence_text) for fact in missing):
        return Stage.EVIDENCE
    forbidden = [(part,) for part in question.must_not if has_fact((part,), said)]
    if forbidden:
        drafted = "\n".join(s.text for s in answer.statements if s.origin is Origin.GENERATED)
        let_through = any(has_fact(part, drafted) for part in forbidden)
        return Stage.VERIFICATION if let_through else Stage.EVIDENCE
    if any(has_fact(fact, rejection.text) for fact in missing for rejection in walk.rejections):
        return Stage.VERIFICATION
    return Stage.DRAFTING if missing else Stage.EVIDENCE
