"""Running the gold questions through the real service: each is asked, judged, and its walk looked at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app.answering.service import AnsweringService
from app.answering.values import Answer, Question, Recorded
from app.index.generation import Generation
from evaluation.gold_answer import GoldAnswer, GoldSource, GoldStatement
from evaluation.gold_file import GoldQuestion
from evaluation.gold_module import expected_module
from evaluation.gold_stage import stage_of
from evaluation.gold_walk import GoldWalk, walk_of
from evaluation.judge import judge


def run_gold(
    service: AnsweringService, tenant: str, questions: Sequence[GoldQuestion], progress: Callable[[int, int], None]
) -> tuple[GoldAnswer, ...]:
    """Asks every question, each in a conversation of its own; answers go to the service's (temporary) records."""
    generation = service.generations.active(tenant)
    town = _Town(generation, _services_by_url(generation), {chunk.id: chunk.service for chunk in generation.chunks})
    answers = []
    for number, question in enumerate(questions):
        progress(number, len(questions))
        for earlier in question.after:
            _ask(service, tenant, earlier, question, generation.tenant.zone)
        recorded = _ask(service, tenant, question.question, question, generation.tenant.zone)
        walk = walk_of(service.get(tenant, recorded.answer_id))
        answers.append(_judged(question, recorded, walk, town))
    progress(len(questions), len(questions))
    return tuple(answers)


@dataclass(frozen=True, slots=True)
class _Town:
    generation: Generation
    service_of_url: dict[str, str]
    service_of_chunk: dict[str, str]


def _services_by_url(generation: Generation) -> dict[str, str]:
    return {chunk.url: chunk.service for chunk in generation.chunks if chunk.url}


def _ask(service: AnsweringService, tenant: str, text: str, gold: GoldQuestion, zone: ZoneInfo) -> Recorded:
    asked_at = gold.at.replace(tzinfo=zone) if gold.at else datetime.now(UTC)
    question = Question(text=text, tenant=tenant, asked_at=asked_at, conversation_id=f"gold-{gold.id}")
    with service.admit():
        *_, last = service.ask(question)
    assert isinstance(last, Recorded)
    return last


def _judged(question: GoldQuestion, recorded: Recorded, walk: GoldWalk, town: _Town) -> GoldAnswer:
    answer = recorded.answer
    judgement = judge(question, answer, town.service_of_url)
    right = [town.service_of_chunk.get(candidate.chunk_id) in question.services for candidate in walk.candidates]
    return GoldAnswer(
        id=question.id,
        split=question.split,
        language=question.language,
        kind=question.kind,
        form=question.asked_as,
        module=expected_module(question, town.generation.chunks),
        services=question.services,
        after=question.after,
        question=question.question,
        status=answer.status,
        statements=tuple(
            GoldStatement(text=s.text, origin=s.origin, citations=s.citations, language=s.language)
            for s in answer.statements
        ),
        sources=_sources(answer, town.service_of_url),
        outcome=judgement.outcome,
        why=judgement.why,
        stage=stage_of(question, answer, judgement, walk, town.service_of_chunk),
        invented=judgement.invented,
        unsupported=judgement.unsupported,
        searched=bool(walk.candidates),
        rank=right.index(True) + 1 if True in right else None,
        timings_ms=recorded.timings_ms,
    )


def _sources(answer: Answer, service_of_url: dict[str, str]) -> tuple[GoldSource, ...]:
    return tuple(
        GoldSource(
            number=source.number,
            title=source.title,
            module=source.module,
            service=service_of_url.get(source.url or ""),
            url=source.url,
            language=source.language,
        )
        for source in answer.sources
    )
