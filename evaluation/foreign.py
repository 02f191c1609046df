"""Questions in other languages: `python -m evaluation.foreign [--split dev|held_out]`.

Measured on `evaluation/foreign/`: forty questions a language, together about 51 services of Musterstadt, and six that
its texts don't answer. They name the right service but no facts, so `evaluation.calibrate` has no use for them and does
not read the folder. Glossaries may be corrected with `dev` in view; `held_out` is for the figures.
"""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.answering.service import AnsweringService
from app.answering.trace import Trace
from app.answering.values import Finished, Question, Status
from app.settings import get_settings
from evaluation.gold_file import GoldKind, GoldQuestion, read_gold
from evaluation.unrecorded import unrecorded_service

FOLDER = Path(__file__).with_name("foreign")
_DEPTH = 5
_NOON = datetime(2026, 11, 18, 11, tzinfo=UTC)
_ANSWERED = frozenset({Status.ANSWERED, Status.ANSWERED_BY_RULE})


@dataclass(frozen=True, slots=True)
class ForeignFigures:
    """One language's questions; shares are of the answerable ones, 0 to 1."""

    language: str
    answerable: int
    first: float
    """The right service in front."""
    first_five: float
    answered: float
    answered_rightly: float
    """Answered with the right service in front."""
    unanswerable: int
    refused: int
    """Of the unanswerable ones."""


@dataclass(frozen=True, slots=True)
class _Asked:
    question: GoldQuestion
    services: tuple[str, ...]
    """In the order of their best passages."""
    status: Status


def main() -> None:
    """Prints the figures of each language, and of all together."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=("dev", "held_out"), default="dev")
    questions = read_gold(FOLDER, parser.parse_args().split)
    with unrecorded_service(get_settings()) as service:
        for figures in foreign_figures(questions, service):
            print(_line(figures))  # noqa: T201


def foreign_figures(questions: Sequence[GoldQuestion], service: AnsweringService) -> Iterator[ForeignFigures]:
    """A row a language, in the questions' order, then one over all."""
    asked = [_ask(question, service) for question in questions]
    for language in dict.fromkeys(question.language for question in questions):
        yield _figures(language, [entry for entry in asked if entry.question.language == language])
    yield _figures("all", asked)


def _ask(question: GoldQuestion, service: AnsweringService) -> _Asked:
    generation = service.generations.active(get_settings().default_tenant)
    asked = Question(text=question.question, tenant=generation.tenant.id, asked_at=_NOON)
    trace = Trace(question=asked)
    *_, last = service.pipeline.walk(asked, generation, trace)
    assert isinstance(last, Finished)
    services = dict.fromkeys(candidate.chunk.service for candidate in trace.candidates)
    return _Asked(question, tuple(services), last.answer.status)


def _figures(language: str, asked: Sequence[_Asked]) -> ForeignFigures:
    known = [entry for entry in asked if entry.question.kind is GoldKind.ANSWERABLE]
    others = [entry for entry in asked if entry.question.kind is GoldKind.UNANSWERABLE]
    right = [frozenset(entry.question.services) for entry in known]
    first = [bool(want & set(entry.services[:1])) for entry, want in zip(known, right, strict=True)]
    answered = [entry.status in _ANSWERED for entry in known]
    return ForeignFigures(
        language=language,
        answerable=len(known),
        first=_share(first),
        first_five=_share(
            [bool(want & set(entry.services[:_DEPTH])) for entry, want in zip(known, right, strict=True)]
        ),
        answered=_share(answered),
        answered_rightly=_share([a and b for a, b in zip(first, answered, strict=True)]),
        unanswerable=len(others),
        refused=sum(entry.status not in _ANSWERED for entry in others),
    )


def _share(truths: Sequence[bool]) -> float:
    return sum(truths) / len(truths) if truths else 0.0


def _line(figures: ForeignFigures) -> str:
    return (
        f"{figures.language:4} {figures.answerable:4} answerable: first {figures.first:.3f}, "
        f"first five {figures.first_five:.3f}, answered {figures.answered:.3f}, "
        f"rightly {figures.answered_rightly:.3f}; refused {figures.refused} of {figures.unanswerable} unanswerable"
    )


if __name__ == "__main__":
    main()
