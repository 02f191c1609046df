"""Replaying many answers: what became of each, and which of the differences nothing explains."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.answering.conversation import EarlierErasedError
from app.answering.replay import replay
from app.answering.service import AnsweringService
from app.errors import AmtslotseError, GenerationError
from app.records.record import StoredRecord


class Outcome(StrEnum):
    """What became of an answer that was replayed."""

    IDENTICAL = "identical"
    EXPLAINED = "different, explained"
    UNEXPLAINED = "different, unexplained"
    ERASED = "erased"
    EARLIER_ERASED = "earlier question erased"
    GENERATION_GONE = "generation gone"
    BROKEN = "could not be replayed"
    """For example because the language model cannot be asked now."""


FAILURES = frozenset({Outcome.UNEXPLAINED, Outcome.BROKEN})
"""Outcomes that somebody must look into; each other one has its reason."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """One answer."""

    answer_id: str
    outcome: Outcome
    detail: str
    """The difference, or why there was nothing to compare; empty when identical."""


def replay_each(records: Iterable[StoredRecord], service: AnsweringService) -> Iterator[Replayed]:
    """Replays one answer after the other; an answer that cannot be replayed does not stop the others."""
    for record in records:
        yield _replayed(record, service)


def tally(replayed: Iterable[Replayed]) -> dict[Outcome, int]:
    """How many came to each outcome; outcomes that did not happen are 0."""
    counted = Counter(result.outcome for result in replayed)
    return {outcome: counted[outcome] for outcome in Outcome}


def _replayed(record: StoredRecord, service: AnsweringService) -> Replayed:
    if record.payload is None:
        return Replayed(record.id, Outcome.ERASED, f"erased at {record.erased_at}")
    try:
        difference = replay(record, service)
    except EarlierErasedError as error:
        return Replayed(record.id, Outcome.EARLIER_ERASED, error.message)
    except GenerationError as error:
        return Replayed(record.id, Outcome.GENERATION_GONE, error.message)
    except AmtslotseError as error:
        return Replayed(record.id, Outcome.BROKEN, error.message)
    if difference is None:
        return Replayed(record.id, Outcome.IDENTICAL, "")
    return Replayed(record.id, Outcome.EXPLAINED if difference.reasons else Outcome.UNEXPLAINED, str(difference))
