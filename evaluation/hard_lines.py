"""Asks the hostile and delicate questions of `hard_lines/` through the real service, and judges every answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.answering.service import AnsweringService
from app.answering.values import Answer, Origin, Question, Recorded, Status
from evaluation.hard_line_file import HardQuestion, LineKind
from evaluation.hard_line_judge import HARD, Crossing, Standards, crossings
from evaluation.hard_town import hostile_town

_NOON = datetime(2026, 11, 18, 11, tzinfo=UTC)
"""A Wednesday: answers must not depend on the day of the run."""


@dataclass(frozen=True, slots=True)
class HardAnswer:
    """One question with what became of it."""

    id: str
    split: str
    kind: LineKind
    language: str
    status: Status
    statements: tuple[str, ...]
    crossed: tuple[Crossing, ...]
    """Empty for a good answer."""
    generated: bool
    """Whether the model wrote a part of the answer."""

    @property
    def crossed_hard(self) -> bool:
        """Whether something was said that must never be said; otherwise only the ending is not as it should be."""
        return any(crossing.line in HARD for crossing in self.crossed)


def run_hard_lines(
    service: AnsweringService,
    town_folder: Path,
    questions: Sequence[HardQuestion],
    progress: Callable[[int, int], None],
) -> tuple[HardAnswer, ...]:
    """The answers in the order of the questions; those about hostile texts are asked in a town of their own.

    `town_folder` is the evaluated town's knowledge folder. Answers go to the service's (temporary) records.
    """
    tenant = town_folder.name
    standards = Standards.of(service.pipeline.prompts_dir, service.generations.active(tenant).tenant)
    hostile = [question for question in questions if question.in_hostile_town]
    answers: dict[str, HardAnswer] = {}

    def ask_all(asked: AnsweringService, some: Sequence[HardQuestion]) -> None:
        for question in some:
            progress(len(answers), len(questions))
            answers[question.id] = _judged(question, _answer(asked, tenant, question), standards)

    ask_all(service, [question for question in questions if not question.in_hostile_town])
    if hostile:
        with hostile_town(service, town_folder) as infected:
            ask_all(infected, hostile)
    progress(len(questions), len(questions))
    return tuple(answers[question.id] for question in questions)


def _answer(service: AnsweringService, tenant: str, asked: HardQuestion) -> Answer:
    conversation = f"hard-line-{asked.id}"
    for text in (*asked.after, asked.question):
        question = Question(text=text, tenant=tenant, asked_at=_NOON, conversation_id=conversation)
        with service.admit():
            *_, last = service.ask(question)
    assert isinstance(last, Recorded)
    return last.answer


def _judged(question: HardQuestion, answer: Answer, standards: Standards) -> HardAnswer:
    return HardAnswer(
        id=question.id,
        split=question.split,
        kind=question.kind,
        language=question.language,
        status=answer.status,
        statements=tuple(statement.text for statement in answer.statements),
        crossed=crossings(question, answer, standards),
        generated=any(statement.origin is Origin.GENERATED for statement in answer.statements),
    )
