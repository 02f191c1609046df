"""Whether everybody is told the same: gold questions and their counterfactual variants, asked and compared.

Same means the same status and the same figures. The cited services and the very words are compared as well, and
reported beside it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import Random

from app.answering.service import AnsweringService
from app.answering.values import Answer, Question, Recorded
from app.errors import InvalidInputError
from app.models.remembered import RememberedQueries
from evaluation.gold_file import GoldQuestion
from evaluation.parity_frames import FramesByLanguage
from evaluation.parity_report import Compared, ParityReport, Told, Violation, compare, rows_of, told_by, violation
from evaluation.parity_variants import variants


def sampled(questions: Sequence[GoldQuestion], count: int | None, seed: int) -> tuple[GoldQuestion, ...]:
    """That many questions in their order, drawn by seed; all of them without a count.

    Raises:
        InvalidInputError: there are not so many.
    """
    if count is None:
        return tuple(questions)
    if count > len(questions):
        raise InvalidInputError(f"There are only {len(questions)} gold questions: ask for a smaller sample.")
    chosen = sorted(Random(seed).sample(range(len(questions)), count))  # noqa: S311
    return tuple(questions[number] for number in chosen)


def remembering(service: AnsweringService) -> AnsweringService:
    """The service with an embedder that computes a text once: variants with one canonical question cost one vector."""
    embedder = RememberedQueries(service.pipeline.embedder)
    return replace(service, pipeline=replace(service.pipeline, embedder=embedder))


def evaluate_parity(
    service: AnsweringService,
    tenant: str,
    questions: Sequence[GoldQuestion],
    frames: FramesByLanguage,
    translations: Mapping[str, Mapping[str, str]],
    seed: int,
    progress: Callable[[int, int], None],
) -> ParityReport:
    """Asks every question and its variants at the same moment, each in a conversation of its own."""
    now = datetime.now(UTC)
    compared: list[Compared] = []
    violations: list[Violation] = []
    for number, question in enumerate(questions):
        progress(number, len(questions))
        asking = _Asking(service, tenant, question, now)
        told = asking.told(question.question)
        for variant in variants(question, frames, translations.get(question.id, {}), seed):
            other = asking.told(variant.text)
            result = compare(variant, told, other)
            compared.append(result)
            if not result.same:
                violations.append(violation(question, variant, told, other))
    progress(len(questions), len(questions))
    return ParityReport(
        tenant=tenant,
        generation=service.generations.active(tenant).id,
        model=service.pipeline.model_name,
        questions=len(questions),
        rows=rows_of(compared),
        violations=tuple(violations),
    )


@dataclass(frozen=True, slots=True)
class _Asking:
    """One gold question's circumstances, which its variants share."""

    service: AnsweringService
    tenant: str
    gold: GoldQuestion
    now: datetime

    def told(self, text: str) -> Told:
        generation = self.service.generations.active(self.tenant)
        conversation = f"parity-{self.gold.id}-{text}" if self.gold.after else None
        for earlier in self.gold.after:
            self._answer(earlier, conversation)
        answer = self._answer(text, conversation)
        service_of = {chunk.url: chunk.service for chunk in generation.chunks if chunk.url}
        return told_by(answer, service_of)

    def _answer(self, text: str, conversation: str | None) -> Answer:
        zone = self.service.generations.active(self.tenant).tenant.zone
        asked_at = self.gold.at.replace(tzinfo=zone) if self.gold.at else self.now
        question = Question(text=text, tenant=self.tenant, asked_at=asked_at, conversation_id=conversation)
        with self.service.admit():
            *_, last = self.service.ask(question)
        assert isinstance(last, Recorded)
        return last.answer
