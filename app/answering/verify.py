"""Verification: a drafted statement reaches the citizen only when its cited passages carry every part of it.

The rules are in `app.answering.verification`, one idea a module; what was not told is quoted from here.
"""

from collections.abc import Collection, Sequence

from app.answering.values import EvidenceSentence, Origin, Statement
from app.answering.verification.statement import Verdict, verify_statement
from app.text.figures import figures
from app.text.terms import STOP_WORDS, stem, words

__all__ = ["Verdict", "quote", "uncovered", "verify_statement"]

_CONVEYED, _CONVEYED_IF_TOLD = 0.6, 0.3
"""Share of an evidence sentence's content words from which on the statements are taken to convey it: of any sentence,
and of one that an accepted statement tells, by whose checks nothing that matters is missing."""


def uncovered(
    evidence: Sequence[EvidenceSentence], said: Sequence[Statement], told: Collection[tuple[int, int]] = ()
) -> list[EvidenceSentence]:
    """Evidence that the accepted statements don't convey: its figures or too many of its words are missing.

    `told` names by number and position the sentences that the statements were found to tell.
    """
    all_figures = figures("\n".join(statement.text for statement in said))
    all_stems = set().union(*(_stems(statement.text) for statement in said))
    missing = []
    for sentence in evidence:
        own = _stems(sentence.text)
        shared = len(own & all_stems) / len(own) if own else 1.0
        least = _CONVEYED_IF_TOLD if (sentence.number, sentence.position) in told else _CONVEYED
        if figures(sentence.text) - all_figures or shared < least:
            missing.append(sentence)
    return missing


def quote(sentence: EvidenceSentence) -> Statement:
    """The sentence itself, verbatim."""
    return Statement(sentence.text, (sentence.number,), Origin.QUOTE, sentence.chunk.language)


def _stems(text: str) -> set[str]:
    return {stem(word) for word in words(text) if word not in STOP_WORDS and len(word) > 2 and not word.isdigit()}
