"""Quoting from a standard text for those who want easier words: short sentences before long ones."""

from collections.abc import Sequence

from app.answering.values import EvidenceSentence
from app.index.modules import ModuleKind

LONGEST_WORDS = 20
"""Words up to which a sentence of a standard text is quoted beside the one that answers."""
_WHOLE = frozenset({ModuleKind.REQUIRED_DOCUMENTS, ModuleKind.COSTS})
"""Modules that are only right when complete."""


def short_enough(sentences: Sequence[EvidenceSentence]) -> tuple[EvidenceSentence, ...]:
    """The evidence without its long sentences, in order; the likeliest one stays, and so do lists and prices."""
    likeliest = max((sentence.score for sentence in sentences), default=0.0)
    return tuple(
        sentence
        for sentence in sentences
        if sentence.score == likeliest or sentence.chunk.module in _WHOLE or len(sentence.text.split()) <= LONGEST_WORDS
    )
