"""Verifying pairs and counting: what was caught, what was rejected although it was right, and why."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.answering.verification.citations import without_citations
from app.answering.verify import verify_statement
from app.text.terms import Vocabulary
from evaluation.verification.pairs import Kind, Pair


@dataclass(frozen=True, slots=True)
class Outcome:
    """What verification said to one pair."""

    pair: Pair
    reason: str | None
    """None when the statement was accepted."""
    shortened: bool = False
    """Whether it was accepted without its "Ja" or "Nein"."""

    @property
    def right(self) -> bool:
        """A wrong "Ja" or "Nein" counts as caught when it is left out; everything else must be rejected."""
        if self.shortened and self.pair.kind is Kind.POLARITY:
            return True
        return (self.reason is None) == self.pair.good


@dataclass(frozen=True, slots=True)
class Report:
    """The outcomes of one set."""

    outcomes: tuple[Outcome, ...]

    @property
    def good(self) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.pair.good)

    @property
    def corrupted(self) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if not outcome.pair.good)

    @property
    def rejected_share(self) -> float:
        """Share (0 to 1) of good statements that were rejected; 0 without any."""
        return _share(self.good, right=False)

    @property
    def shortened(self) -> int:
        """Good statements that were accepted without their "Ja" or "Nein"."""
        return sum(outcome.shortened for outcome in self.good)

    @property
    def caught_share(self) -> float:
        """Share (0 to 1) of corrupted statements that were rejected; 0 without any."""
        return _share(self.corrupted, right=True)

    def by_kind(self) -> dict[Kind, tuple[int, int]]:
        """Caught and all, by kind of corruption."""
        kinds = {kind: [outcome for outcome in self.corrupted if outcome.pair.kind is kind] for kind in Kind}
        return {kind: (sum(outcome.right for outcome in found), len(found)) for kind, found in kinds.items() if found}

    def reasons(self) -> list[tuple[str, int]]:
        """Why good statements were rejected, most frequent first."""
        return Counter(outcome.reason.split(":")[0] for outcome in self.good if outcome.reason).most_common()


def measure(pairs: Sequence[Pair]) -> Report:
    """Verifies every pair; the vocabulary is that of all evidence, as it is of a whole town's texts in the service."""
    texts = {f"{unit.chunk.title}. {unit.text}" for pair in pairs for unit in pair.evidence}
    vocabulary = Vocabulary.of(sorted(texts))
    outcomes = []
    for pair in pairs:
        verdict = verify_statement(pair.statement, pair.question, pair.evidence, pair.said, vocabulary)
        shortened = verdict.statement is not None and verdict.statement.text != without_citations(pair.statement)
        outcomes.append(Outcome(pair, verdict.rejection.reason if verdict.rejection else None, shortened))
    return Report(tuple(outcomes))


def _share(outcomes: Sequence[Outcome], *, right: bool) -> float:
    return sum(outcome.right == right for outcome in outcomes) / len(outcomes) if outcomes else 0.0
