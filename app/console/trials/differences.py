"""What is different between the two answers of a trial: in a word each, and marked in their words."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

from app.answering.values import Answer, Statement
from app.console.trials.side import SideAnswer, side_from
from app.trials.trial import TrialAnswer


class Difference(StrEnum):
    """In what two answers differ; the wording is `difference.<value>`."""

    STATUS = "status"
    WORDS = "words"
    SOURCES = "sources"
    OFFICE = "office"
    LINKS = "links"


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of a statement; `differs` when the other answer doesn't have it."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class MarkedStatement:
    """A statement in pieces."""

    statement: Statement
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One answer as it is shown."""

    kept: SideAnswer
    statements: tuple[MarkedStatement, ...]

    @property
    def answer(self) -> Answer:
        return self.kept.answer


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both answers to one question."""

    kept: TrialAnswer
    left: Side
    right: Side
    differences: tuple[Difference, ...]
    """Empty when citizens would see the same."""

    @property
    def blind(self) -> tuple[Side, Side]:
        """In the order in which visitors see them."""
        return (self.right, self.left) if self.kept.swapped else (self.left, self.right)


def compared(kept: TrialAnswer) -> Comparison:
    """The kept answers, compared."""
    left, right = side_from(kept.left), side_from(kept.right)
    left_words, right_words = _words(left.answer), _words(right.answer)
    matcher = SequenceMatcher(None, [word for _, word in left_words], [word for _, word in right_words], autojunk=False)
    blocks = matcher.get_matching_blocks()
    same_left = {block.a + offset for block in blocks for offset in range(block.size)}
    same_right = {block.b + offset for block in blocks for offset in range(block.size)}
    return Comparison(
        kept=kept,
        left=Side(left, _marked(left.answer, left_words, same_left)),
        right=Side(right, _marked(right.answer, right_words, same_right)),
        differences=tuple(_differences(left.answer, right.answer)),
    )


def differences(kept: TrialAnswer) -> tuple[Difference, ...]:
    """In what the kept answers differ; empty when citizens would see the same."""
    return tuple(_differences(side_from(kept.left).answer, side_from(kept.right).answer))


def _differences(left: Answer, right: Answer) -> Iterator[Difference]:
    if left.status is not right.status:
        yield Difference.STATUS
    if [statement.text for statement in left.statements] != [statement.text for statement in right.statements]:
        yield Difference.WORDS
    if [source.text for source in left.sources] != [source.text for source in right.sources]:
        yield Difference.SOURCES
    if (left.office and left.office.id) != (right.office and right.office.id):
        yield Difference.OFFICE
    if (left.online_service, left.suggestions) != (right.online_service, right.suggestions):
        yield Difference.LINKS


def _words(answer: Answer) -> list[tuple[int, str]]:
    """All words of an answer, each with the index of its statement."""
    return [(index, word) for index, statement in enumerate(answer.statements) for word in statement.text.split()]


def _marked(answer: Answer, words: list[tuple[int, str]], same: set[int]) -> tuple[MarkedStatement, ...]:
    pieces: dict[int, list[Words]] = {index: [] for index in range(len(answer.statements))}
    numbered = ((index, number not in same, word) for number, (index, word) in enumerate(words))
    for (index, differs), run in groupby(numbered, key=lambda word: word[:2]):
        pieces[index].append(Words(" ".join(word for _, _, word in run), differs))
    return tuple(MarkedStatement(statement, tuple(pieces[i])) for i, statement in enumerate(answer.statements))
