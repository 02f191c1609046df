"""Running the gold questions through the real service, and the table that comes out."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median, quantiles
from zoneinfo import ZoneInfo

from app.answering.service import AnsweringService
from app.answering.values import Question, Recorded, Status
from app.records.record import StoredRecord
from evaluation.gold_file import GoldKind, GoldQuestion
from evaluation.judge import Judgement, Outcome, judge

_HIT_DEPTH = 5


@dataclass(frozen=True, slots=True)
class GoldResult:
    """One gold question, asked and judged."""

    question: GoldQuestion
    recorded: Recorded
    judgement: Judgement
    hit: bool | None
    """Whether one of the right services was among the first five passages; None where retrieval wasn't asked."""


def run_gold(
    service: AnsweringService, tenant: str, questions: Sequence[GoldQuestion], progress: Callable[[int, int], None]
) -> list[GoldResult]:
    """Asks every question, each in a conversation of its own; answers go to the service's (temporary) records."""
    generation = service.generations.active(tenant)
    zone = generation.tenant.zone
    services = {chunk.url: chunk.service for chunk in generation.chunks if chunk.url}
    service_of = {chunk.document_id: chunk.service for chunk in generation.chunks}
    results = []
    for number, question in enumerate(questions):
        progress(number, len(questions))
        for earlier in question.after:
            _ask(service, tenant, earlier, question, zone)
        recorded = _ask(service, tenant, question.question, question, zone)
        record = service.get(tenant, recorded.answer_id)
        hit = _hit(record, question, service_of)
        results.append(GoldResult(question, recorded, judge(question, recorded.answer, services), hit))
    progress(len(questions), len(questions))
    return results


def _ask(service: AnsweringService, tenant: str, text: str, gold: GoldQuestion, zone: ZoneInfo) -> Recorded:
    asked_at = gold.at.replace(tzinfo=zone) if gold.at else datetime.now(UTC)
    question = Question(text=text, tenant=tenant, asked_at=asked_at, conversation_id=f"gold-{gold.id}")
    with service.admit():
        *_, last = service.ask(question)
    assert isinstance(last, Recorded)
    return last


def _hit(record: StoredRecord, question: GoldQuestion, service_of: dict[str, str]) -> bool | None:
    walk = record.payload["walk"] if record.payload else None
    candidates = walk["candidates"] if isinstance(walk, dict) else None
    if question.kind is not GoldKind.ANSWERABLE or not isinstance(candidates, list) or not candidates:
        return None
    documents = [str(c["document"]) for c in candidates[:_HIT_DEPTH] if isinstance(c, dict)]
    return any(service_of.get(document) in question.services for document in documents)


@dataclass(frozen=True, slots=True)
class GoldSummary:
    """The figures of one split. Rates are shares of 1; a partly right answer counts as wrong."""

    questions: int
    answerable: int
    right: float
    partly: float
    wrong: float
    refused: float
    right_refusals: float
    """Unanswerable and out-of-scope questions that were refused, share."""
    staff: float
    rules: float
    conversation: float
    """Small talk, emergencies, injection: handled as they should be, share."""
    invented_figures: int
    unsupported_statements: int
    retrieval_hits: float
    first_statement_p50_s: float
    done_p50_s: float
    done_p95_s: float
    statuses: dict[str, int]


def summarise(results: Sequence[GoldResult]) -> GoldSummary:
    """The figures over some results."""
    answerable = [r for r in results if r.question.kind is GoldKind.ANSWERABLE]
    hits = [r.hit for r in results if r.hit is not None]
    done = sorted(r.recorded.timings_ms["done"] / 1000 for r in results)
    first = [
        r.recorded.timings_ms["first_statement"] / 1000 for r in results if r.recorded.answer.status is Status.ANSWERED
    ]
    return GoldSummary(
        questions=len(results),
        answerable=len(answerable),
        right=_share(answerable, Outcome.RIGHT),
        partly=_share(answerable, Outcome.PARTLY),
        wrong=_share(answerable, Outcome.WRONG),
        refused=_share(answerable, Outcome.REFUSED),
        right_refusals=_right(results, GoldKind.UNANSWERABLE, GoldKind.OUT_OF_SCOPE),
        staff=_right(results, GoldKind.STAFF),
        rules=_right(results, GoldKind.RULE),
        conversation=_right(results, GoldKind.SMALL_TALK, GoldKind.EMERGENCY, GoldKind.INJECTION),
        invented_figures=sum(len(r.judgement.invented) for r in results),
        unsupported_statements=sum(r.judgement.unsupported for r in results),
        retrieval_hits=sum(hits) / len(hits) if hits else 0.0,
        first_statement_p50_s=median(first) if first else 0.0,
        done_p50_s=median(done),
        done_p95_s=quantiles(done, n=20)[-1] if len(done) > 1 else done[0],
        statuses=dict(Counter(str(r.recorded.answer.status) for r in results)),
    )


def _right(results: Iterable[GoldResult], *kinds: GoldKind) -> float:
    return _share([r for r in results if r.question.kind in kinds], Outcome.RIGHT)


def _share(results: Sequence[GoldResult], outcome: Outcome) -> float:
    return sum(r.judgement.outcome is outcome for r in results) / len(results) if results else 0.0
