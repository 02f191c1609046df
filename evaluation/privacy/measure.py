"""Counts what was found, missed and masked for nothing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app.answering.personal_data import find_personal_data
from app.answering.personal_spans import PersonalData, Span
from app.tenants.tenant import Tenant
from evaluation.privacy.sentences import Sentence

ALL = "all"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One sentence after masking."""

    sentence: Sentence
    masked: tuple[Span, ...]
    missed: tuple[Span, ...]
    false_alarms: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Spans of one kind: how many there are and were found, how many were masked and rightly so."""

    there: int
    found: int
    masked: int
    right: int

    @property
    def recall(self) -> float:
        """Share of the personal spans that were masked wholly, 0 to 1; 1 when there are none."""
        return self.found / self.there if self.there else 1.0

    @property
    def precision(self) -> float:
        """Share of the masks that cover personal data, 0 to 1; 1 when there are none."""
        return self.right / self.masked if self.masked else 1.0


def outcome(sentence: Sentence, tenant: Tenant) -> Outcome:
    """Masks a sentence and compares."""
    masked = find_personal_data(sentence.text, tenant)
    covered = {position for span in masked for position in range(span.start, span.end)}
    missed = tuple(
        span
        for span in sentence.spans
        if any(sentence.text[at].isalnum() and at not in covered for at in range(span.start, span.end))
    )
    false_alarms = tuple(span for span in masked if not any(span.overlaps(other) for other in sentence.spans))
    return Outcome(sentence, masked, missed, false_alarms)


def figures(outcomes: Iterable[Outcome]) -> dict[str, Figures]:
    """By kind, and for `ALL` of them; recall by the kind marked, precision by the kind that was masked."""
    there, found, masked, right = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for result in outcomes:
        for span in result.sentence.spans:
            there.update((span.kind, ALL))
            if span not in result.missed:
                found.update((span.kind, ALL))
        for span in result.masked:
            masked.update((span.kind, ALL))
            if span not in result.false_alarms:
                right.update((span.kind, ALL))
    names = [ALL, *(kind.value for kind in PersonalData if there[kind] or masked[kind])]
    return {name: Figures(there[name], found[name], masked[name], right[name]) for name in names}
