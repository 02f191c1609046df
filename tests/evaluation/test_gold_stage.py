"""Answers that go wrong in one stage each."""

from dataclasses import replace

import pytest

from app.answering.values import Answer, Origin, Source, Statement, Status
from evaluation.gold_file import GoldKind, GoldQuestion
from evaluation.gold_stage import Stage, stage_of
from evaluation.gold_walk import (
    GoldWalk,
    WalkCandidate,
    WalkEvidence,
    WalkRejection,
    WalkRule,
    WalkScreened,
    WalkSentence,
)
from evaluation.judge import judge

PERSO, PASS = "personalausweis", "reisepass"
FACT, OTHER = "Der Ausweis kostet 37 Euro.", "Der Pass kostet 70 Euro."
SERVICE_OF = {"perso-chunk": PERSO, "pass-chunk": PASS}
QUESTION = GoldQuestion(
    id="a",
    split="dev",
    question="Was kostet ein Ausweis?",
    language="de",
    kind=GoldKind.ANSWERABLE,
    services=(PERSO,),
    facts=(("37 Euro",),),
    must_not=("70 Euro",),
)


def _walk(
    *,
    verdict: Status | None = None,
    rule: str | None = None,
    candidates: tuple[str, ...] = ("perso-chunk", "pass-chunk"),
    evidence: tuple[tuple[str, str], ...] = (("perso-chunk", FACT),),
    rejections: tuple[str, ...] = (),
) -> GoldWalk:
    return GoldWalk(
        screened=WalkScreened(verdict=verdict),
        rule=WalkRule(rule=rule) if rule else None,
        candidates=tuple(WalkCandidate(chunk_id=chunk) for chunk in candidates),
        evidence=WalkEvidence(sentences=tuple(WalkSentence(chunk_id=chunk, text=text) for chunk, text in evidence)),
        rejections=tuple(WalkRejection(text=text) for text in rejections),
    )


def _answer(
    *texts: str, status: Status = Status.ANSWERED, origin: Origin = Origin.QUOTE, source: str = PERSO
) -> Answer:
    shown = (Source(1, source, "Kosten", source, f"{FACT} {OTHER}", "chunk", "de"),)
    return Answer(
        status=status,
        statements=tuple(Statement(text, (1,), origin) for text in texts),
        sources=shown if texts else (),
        disclosure="",
        language="de",
        model="none",
        generation="g",
    )


def _stage(answer: Answer, walk: GoldWalk, **question: object) -> Stage | None:
    asked = QUESTION.model_copy(update=question)
    return stage_of(asked, answer, judge(asked, answer, {PERSO: PERSO, PASS: PASS}), walk, SERVICE_OF)


REFUSAL = _answer(status=Status.NOT_IN_KNOWLEDGE)


def test_a_right_answer_was_lost_nowhere() -> None:
    assert _stage(_answer(FACT), _walk()) is None


def test_a_right_refusal_was_lost_nowhere() -> None:
    assert _stage(REFUSAL, _walk(evidence=()), kind=GoldKind.UNANSWERABLE, services=(), facts=()) is None


@pytest.mark.parametrize("verdict", [Status.OUT_OF_SCOPE, Status.DECIDED_BY_STAFF, Status.EMERGENCY])
def test_a_pattern_that_should_not_have_fired_is_screening(verdict: Status) -> None:
    assert _stage(_answer(status=verdict), _walk(verdict=verdict)) is Stage.SCREENING


@pytest.mark.parametrize("kind", [GoldKind.STAFF, GoldKind.EMERGENCY, GoldKind.INJECTION, GoldKind.SMALL_TALK])
def test_a_pattern_that_should_have_fired_is_screening(kind: GoldKind) -> None:
    assert _stage(REFUSAL, _walk(evidence=()), kind=kind, services=(), facts=()) is Stage.SCREENING


def test_a_rule_that_should_not_have_answered_is_rules() -> None:
    answer = _answer(OTHER, status=Status.ANSWERED_BY_RULE, source=PASS)
    assert _stage(answer, _walk(rule="fees@1", candidates=(), evidence=())) is Stage.RULES


def test_a_rule_that_should_have_answered_is_rules() -> None:
    assert _stage(REFUSAL, _walk(evidence=()), kind=GoldKind.RULE, services=()) is Stage.RULES


def test_no_passage_of_the_right_service_is_retrieval_not_found() -> None:
    walk = _walk(candidates=("pass-chunk",), evidence=())
    assert _stage(REFUSAL, walk) is Stage.RETRIEVAL_NOT_FOUND


def test_another_service_in_front_is_retrieval_not_first() -> None:
    walk = _walk(candidates=("pass-chunk", "perso-chunk"), evidence=(("pass-chunk", OTHER),))
    assert _stage(_answer(OTHER, source=PASS), walk) is Stage.RETRIEVAL_NOT_FIRST


def test_retrieval_is_not_to_blame_when_the_right_service_became_evidence() -> None:
    walk = _walk(candidates=("pass-chunk", "perso-chunk"), evidence=(("perso-chunk", "Der Ausweis hat einen Chip."),))
    assert _stage(_answer("Der Ausweis hat einen Chip."), walk) is Stage.EVIDENCE


def test_asking_back_about_a_clear_question_is_clarification() -> None:
    assert _stage(_answer(status=Status.NEEDS_CLARIFICATION), _walk(evidence=())) is Stage.CLARIFICATION


def test_refusing_with_the_right_service_in_front_is_evidence() -> None:
    assert _stage(REFUSAL, _walk(evidence=())) is Stage.EVIDENCE


def test_answering_what_the_texts_do_not_answer_is_evidence() -> None:
    assert _stage(_answer(FACT), _walk(), kind=GoldKind.UNANSWERABLE, services=(), facts=()) is Stage.EVIDENCE


def test_a_quote_of_what_must_not_be_said_is_evidence() -> None:
    walk = _walk(evidence=(("perso-chunk", FACT), ("perso-chunk", OTHER)))
    assert _stage(_answer(FACT, OTHER), walk) is Stage.EVIDENCE


def test_a_fact_in_the_evidence_that_nobody_tells_is_drafting() -> None:
    assert _stage(_answer("Der Ausweis kostet etwas."), _walk()) is Stage.DRAFTING


def test_a_model_that_breaks_down_is_drafting() -> None:
    assert _stage(_answer(status=Status.FAILED), _walk()) is Stage.DRAFTING


def test_a_rejected_statement_with_the_fact_is_verification() -> None:
    walk = _walk(rejections=("Das macht 37 Euro.",))
    assert _stage(_answer("Der Ausweis kostet etwas."), walk) is Stage.VERIFICATION


def test_a_drafted_statement_of_what_must_not_be_said_is_verification() -> None:
    answer = _answer(FACT, "Er kostet 70 Euro.", origin=Origin.GENERATED)
    assert _stage(answer, _walk()) is Stage.VERIFICATION


def test_an_invented_figure_in_a_right_answer_is_verification() -> None:
    answer = _answer(FACT, "Er kommt in 99 Tagen.", origin=Origin.GENERATED)
    assert judge(QUESTION, answer, {PERSO: PERSO}).outcome == "right"
    assert _stage(answer, _walk()) is Stage.VERIFICATION


def test_staff_questions_can_lose_their_facts_later() -> None:
    answer = replace(_answer("Das entscheidet das Amt."), status=Status.DECIDED_BY_STAFF)
    walk = _walk(verdict=Status.DECIDED_BY_STAFF, evidence=())
    assert _stage(answer, walk, kind=GoldKind.STAFF) is Stage.EVIDENCE
