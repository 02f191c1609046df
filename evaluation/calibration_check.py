"""How well weights fitted on some services do on others: the honest estimate without held-out questions."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from app.answering.evidence import select_evidence
from app.answering.retrieve import Retrieval, rank
from app.answering.values import Evidence
from app.answering.weights import Weights, parse_weights
from app.index.generation import Generation
from app.tenants.tenant import Tenant
from evaluation.calibration_answerable import folds_of
from evaluation.calibration_cases import Case
from evaluation.calibration_fit import fit
from evaluation.reliability import Judged, OperatingPoint, Reliability, reliability, reliability_lines

_POINTS = get_args(Tenant.model_fields["answering"].annotation)
"""The operating points that a town can choose."""


@dataclass(frozen=True, slots=True)
class CrossValidation:
    """Every written question judged by weights that saw no question about its service."""

    answerable: int
    unanswerable: int
    service_first: int
    """Answerable questions whose best passage belongs to a right service."""
    passage_first: int
    complete: int
    """Answerable questions whose evidence contains every fact; the tenant's operating point decides on answering."""
    refused: int
    """Unanswerable questions without evidence."""
    reliability: Reliability

    def lines(self) -> Iterator[str]:
        """The figures as text."""
        first, other = self.answerable, self.unanswerable
        yield f"cross-validated by service on {first} answerable and {other} unanswerable questions:"
        service, passage = self.service_first / first, self.passage_first / first
        yield f"  right service first {service:.1%}, right passage first {passage:.1%}"
        yield f"  evidence with all facts {self.complete / first:.1%}, right refusals {self.refused / other:.1%}"
        yield "is the probability that the knowledge answers to be believed?"
        yield from (f"  {line}" for line in reliability_lines(self.reliability))


def cross_validate(cases: Sequence[Case], generation: Generation, adapter_sha256: str) -> CrossValidation:
    """Fits as often as there are folds; takes minutes."""
    counts: Counter[str] = Counter()
    judged: list[Judged] = []
    points = dict.fromkeys(_POINTS, OperatingPoint(0, 0, 0, 0))
    for left_out in folds_of([case.group for case in cases]):
        fitted = fit([case for case in cases if case.group not in left_out], generation, adapter_sha256)
        weights = parse_weights(json.dumps(fitted).encode())
        for case in cases:
            if case.plain or case.group not in left_out:
                continue
            retrieval = rank(case.pool, generation, weights.passage if case.pool.lexical else weights.passage_dense)
            evidence = _selected(case, retrieval, generation, weights)
            counts.update(_outcomes(case, retrieval, evidence))
            judged.append(Judged(evidence.answerable, case.answerable))
            for name in _POINTS:
                told = _selected(case, retrieval, _at(name, generation), weights)
                points[name] += _counted(case, bool(told.sentences))
    return CrossValidation(
        answerable=counts["answerable"],
        unanswerable=counts["unanswerable"],
        service_first=counts["service_first"],
        passage_first=counts["passage_first"],
        complete=counts["complete"],
        refused=counts["refused"],
        reliability=reliability(judged, points),
    )


def _selected(case: Case, retrieval: Retrieval, generation: Generation, weights: Weights) -> Evidence:
    return select_evidence(retrieval, generation, weights, lambda _: case.refusal)


def _at(point: str, generation: Generation) -> Generation:
    """The same texts in a town that chose this operating point."""
    return replace(generation, tenant=generation.tenant.model_copy(update={"answering": point}))


def _counted(case: Case, answers: bool) -> OperatingPoint:
    truth = case.answerable
    return OperatingPoint(int(truth and not answers), int(truth), int(answers and not truth), int(not truth))


def _outcomes(case: Case, retrieval: Retrieval, evidence: Evidence) -> Iterator[str]:
    """The counters that this question raises."""
    if not case.answerable:
        yield "unanswerable"
        if not evidence.sentences:
            yield "refused"
        return
    yield "answerable"
    top = retrieval.candidates[0].chunk
    if top.service in case.question.services:
        yield "service_first"
    if case.is_right(top):
        yield "passage_first"
    said = "\n".join(sentence.text for sentence in evidence.sentences)
    right_place = any(sentence.chunk.service in case.question.services for sentence in evidence.sentences)
    if right_place and case.is_complete(said):
        yield "complete"
