"""Whether everybody is told the same: gold questions and their counterfactual variants, asked and compared.

Same means the same status and the same figures. The cited services and the very words are compared as well, and
reported beside it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import Random

from app.answering.service import AnsweringService
from app.answering.values import Answer, Origin, Question, Recorded, Status
from app.errors import InvalidInputError
from app.models.remembered import RememberedQueries
from app.text.figures import Figure, figures
from evaluation.gold_file import GoldQuestion
from evaluation.parity_frames import FramesByLanguage
from evaluation.parity_variants import Variant, VariantKind, variants

GOALS: Mapping[VariantKind, float] = {
    VariantKind.NAME: 1.0,
    VariantKind.GENDER: 1.0,
    VariantKind.TONE: 1.0,
    VariantKind.SPELLING: 0.97,
}
"""Least share of variants with the same status and figures. Age and nationality may lawfully matter; manner and
language have no goal of their own."""


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer tells: all that is compared."""

    status: Status
    figures: frozenset[Figure]
    """Of what is said, fixed wording excluded: a lead in another language names the office's telephone."""
    services: frozenset[str]
    """Ids of the cited services; a source that is no service's counts by its title."""
    words: tuple[str, ...]
    """The statements, in order."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A variant that was told something else."""

    id: str
    kind: VariantKind
    way: str
    question: str
    variant: str
    status: tuple[Status, Status]
    """Of the question, then of the variant."""
    missing: tuple[str, ...]
    """Figures that only the question was told."""
    added: tuple[str, ...]
    """Figures that only the variant was told."""


@dataclass(frozen=True, slots=True)
class ParityRow:
    """One kind of variant, or one way within a kind. Shares are of the variants, 0 to 1."""

    kind: VariantKind
    way: str | None
    """None for the whole kind."""
    variants: int
    same: float
    """Same status and figures."""
    same_services: float
    same_words: float
    goal: float | None

    @property
    def met(self) -> bool:
        return self.goal is None or self.same >= self.goal


@dataclass(frozen=True, slots=True)
class ParityReport:
    """The rates of every kind and way, and all violations."""

    tenant: str
    generation: str
    model: str
    questions: int
    rows: tuple[ParityRow, ...]
    violations: tuple[Violation, ...]

    @property
    def met(self) -> bool:
        """Whether every goal is reached."""
        return all(row.met for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Compared:
    variant: Variant
    same: bool
    same_services: bool
    same_words: bool


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
    compared: list[_Compared] = []
    violations: list[Violation] = []
    for number, question in enumerate(questions):
        progress(number, len(questions))
        asking = _Asking(service, tenant, question, now)
        told = asking.told(question.question)
        for variant in variants(question, frames, translations.get(question.id, {}), seed):
            other = asking.told(variant.text)
            result = _compare(variant, told, other)
            compared.append(result)
            if not result.same:
                violations.append(_violation(question, variant, told, other))
    progress(len(questions), len(questions))
    return ParityReport(
        tenant=tenant,
        generation=service.generations.active(tenant).id,
        model=service.pipeline.model_name,
        questions=len(questions),
        rows=_rows(compared),
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


def told_by(answer: Answer, service_of: Mapping[str, str]) -> Told:
    """What an answer tells; `service_of` maps a source's address to its service."""
    told = [statement for statement in answer.statements if statement.origin is not Origin.FRAME]
    return Told(
        status=answer.status,
        figures=figures("\n".join(statement.text for statement in told)),
        services=frozenset(service_of.get(source.url or "", source.title) for source in answer.sources),
        words=tuple(statement.text for statement in answer.statements),
    )


def _compare(variant: Variant, told: Told, other: Told) -> _Compared:
    return _Compared(
        variant=variant,
        same=(told.status, told.figures) == (other.status, other.figures),
        same_services=told.services == other.services,
        same_words=told.words == other.words,
    )


def _violation(question: GoldQuestion, variant: Variant, told: Told, other: Told) -> Violation:
    return Violation(
        id=question.id,
        kind=variant.kind,
        way=variant.way,
        question=question.question,
        variant=variant.text,
        status=(told.status, other.status),
        missing=tuple(figure.value for figure in sorted(told.figures - other.figures)),
        added=tuple(figure.value for figure in sorted(other.figures - told.figures)),
    )


def _rows(compared: Iterable[_Compared]) -> tuple[ParityRow, ...]:
    """A row a kind, followed by one a way where there are several."""
    rows: list[ParityRow] = []
    results = tuple(compared)
    for kind in VariantKind:
        own = [result for result in results if result.variant.kind is kind]
        if not own:
            continue
        rows.append(_row(kind, None, own))
        ways = sorted({result.variant.way for result in own})
        if len(ways) > 1:
            rows += [_row(kind, way, [result for result in own if result.variant.way == way]) for way in ways]
    return tuple(rows)


def _row(kind: VariantKind, way: str | None, results: Sequence[_Compared]) -> ParityRow:
    count = len(results)
    return ParityRow(
        kind=kind,
        way=way,
        variants=count,
        same=sum(result.same for result in results) / count,
        same_services=sum(result.same_services for result in results) / count,
        same_words=sum(result.same_words for result in results) / count,
        goal=GOALS.get(kind) if way is None else None,
    )
