"""Texts that need their owner: over or soon over, not looked at for long, with findings, or cited in bad answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.insight.documents import PublishedText
from app.insight.ratings import TextRating

_LEAST_UNHELPFUL = 2
_UNHELPFUL_SHARE = 1 / 3
"""From so many bad ratings on, when they are at least this share of all: fewer say more about the citizen's luck."""


class Worry(StrEnum):
    """What is wrong with a text; the first ones are the most urgent."""

    EXPIRED = "expired"
    EXPIRING = "expiring"
    ERROR = "error"
    """A finding that stops publishing."""
    RATED_BADLY = "rated_badly"
    WARNING = "warning"
    """Another finding, for example a contradiction to another text."""
    NOT_REVIEWED = "not_reviewed"


@dataclass(frozen=True, slots=True)
class TextFinding:
    """A finding of the quality checks, in German."""

    title: str
    message: str
    fix: str
    is_error: bool


@dataclass(frozen=True, slots=True)
class Limits:
    """From when on a text's dates are a concern."""

    expiring_days: int
    """Days before `valid_until`."""
    review_days: int
    """Days after `reviewed_on`."""


@dataclass(frozen=True, slots=True)
class Concern:
    """A published text with at least one worry."""

    text: PublishedText
    worries: tuple[Worry, ...]
    """The most urgent first, each once."""
    rating: TextRating
    findings: tuple[TextFinding, ...]


def concerns(
    texts: Mapping[str, PublishedText],
    findings: Mapping[str, tuple[TextFinding, ...]],
    ratings: Mapping[str, TextRating],
    limits: Limits,
    today: date,
) -> tuple[Concern, ...]:
    """By owner, then the most urgent first. `findings` and `ratings` are by id of the text."""
    found = []
    for text in texts.values():
        concern = Concern(text, (), ratings.get(text.id, TextRating()), findings.get(text.id, ()))
        worries = _worries(concern, limits, today)
        if worries:
            found.append(Concern(text, worries, concern.rating, concern.findings))
    order = list(Worry)
    return tuple(
        sorted(found, key=lambda one: (one.text.owner.casefold(), order.index(one.worries[0]), one.text.title))
    )


def expiring(texts: Mapping[str, PublishedText], limits: Limits, today: date) -> tuple[PublishedText, ...]:
    """The texts that are over or soon over, the first to end first."""
    last = today + timedelta(days=limits.expiring_days)
    dated = [(text.valid_until, text) for text in texts.values() if text.valid_until and text.valid_until <= last]
    return tuple(text for _, text in sorted(dated, key=lambda pair: (pair[0], pair[1].id)))


def _worries(concern: Concern, limits: Limits, today: date) -> tuple[Worry, ...]:
    text, rating = concern.text, concern.rating
    until = text.valid_until
    rated = rating.helpful + rating.unhelpful
    holds = {
        Worry.EXPIRED: until is not None and until < today,
        Worry.EXPIRING: until is not None and today <= until <= today + timedelta(days=limits.expiring_days),
        Worry.ERROR: any(finding.is_error for finding in concern.findings),
        Worry.RATED_BADLY: rating.unhelpful >= _LEAST_UNHELPFUL and rating.unhelpful >= rated * _UNHELPFUL_SHARE,
        Worry.WARNING: any(not finding.is_error for finding in concern.findings),
        Worry.NOT_REVIEWED: text.reviewed_on + timedelta(days=limits.review_days) < today,
    }
    return tuple(worry for worry, is_so in holds.items() if is_so)
