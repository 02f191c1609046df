"""Trials, the answers in them, and the votes."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import JsonValue

from app.trials.setup import SetUp


@dataclass(frozen=True, slots=True)
class Trial:
    """Two set-ups side by side, and the link to them."""

    tenant: str
    id: str
    created_at: datetime
    account_name: str
    name: str
    left: SetUp
    right: SetUp
    expires_at: datetime | None
    """When the link ends; None when there never was one."""
    closed_at: datetime | None
    """When somebody ended the link before."""
    visitors_may_ask: bool

    def is_open(self, now: datetime) -> bool:
        """Whether the link leads anywhere."""
        return self.expires_at is not None and self.closed_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class TrialAnswer:
    """A question with both answers."""

    id: str
    trial_id: str
    at: datetime
    question: str
    """Masked."""
    by_visitor: bool
    """Whether it was asked by the link; such questions are not shown to other visitors."""
    left: JsonValue
    """A `SideAnswer` as JSON; its shape is the business of whoever made it."""
    right: JsonValue

    @property
    def swapped(self) -> bool:
        """Whether visitors see the right side first. Depends on the ids alone, and is even over many questions."""
        return hashlib.sha256(f"{self.trial_id}/{self.id}".encode()).digest()[0] % 2 == 1


class Choice(StrEnum):
    """What a vote says: which answer is better."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    NEITHER = "neither"


class BlindChoice(StrEnum):
    """The same by whoever doesn't know which side is which: the first answer shown, or the second."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"
    NEITHER = "neither"

    def revealed(self, answer: TrialAnswer) -> Choice:
        """The side that was meant."""
        if self in (BlindChoice.FIRST, BlindChoice.SECOND):
            return Choice.RIGHT if (self is BlindChoice.FIRST) is answer.swapped else Choice.LEFT
        return Choice(self.value)


@dataclass(frozen=True, slots=True)
class Vote:
    """One opinion on one question."""

    answer_id: str
    at: datetime
    account_name: str | None
    """None for a visitor of the link."""
    choice: Choice
    comment: str
    """Masked; may be empty."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many chose what."""

    left: int = 0
    right: int = 0
    both: int = 0
    neither: int = 0

    @classmethod
    def of(cls, votes: Iterable[Vote]) -> "Tally":
        counts = dict.fromkeys(Choice, 0)
        for vote in votes:
            counts[vote.choice] += 1
        return cls(**{choice.value: count for choice, count in counts.items()})

    @property
    def total(self) -> int:
        return self.left + self.right + self.both + self.neither
