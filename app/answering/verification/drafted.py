"""A drafted statement, read and set against the sentences that it cites: what every check looks at."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.answering.values import EvidenceSentence, Statement
from app.answering.verification.lexicon import Lexicon, flat, lexicon
from app.answering.verification.matching import part_of, told_by
from app.answering.verification.passages import Passage, carried, passages_of
from app.answering.verification.reading import concepts_of, read
from app.answering.verification.sentence import Segment, figures_of
from app.answering.verification.told import find_told
from app.text.figures import Figure
from app.text.terms import Vocabulary

_LEAD = re.compile(r"(ja|nein|yes|no)[,:;.!–-]+\s*", re.IGNORECASE)
_SAME = 0.6
"""Share of two statements' concepts that one sentence must have for the second to go on with it."""
_MEMORY = 2
"""Statements that a pronoun may look back over."""
_WORD = re.compile(r"[^\W\d_]+")
_POINTING = re.compile(r"(?:Das|Es|That|This)\s+[a-zäöü]")


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted statement with everything that its checks look at."""

    text: str
    lead: str | None
    """"ja", "nein", "yes" or "no" when the statement begins with it; `text` and `segments` are without it."""
    question: str
    segments: tuple[Segment, ...]
    cited: tuple[EvidenceSentence, ...]
    told: tuple[Passage, ...]
    """Nearest first; empty when no cited sentence is told."""
    passages: tuple[Passage, ...]
    """All segments of the cited passages' evidence sentences."""
    words: Lexicon
    context: frozenset[str]
    """Concepts of the statement before, when a pronoun refers to it."""
    context_figures: frozenset[Figure]
    before: tuple[Segment, ...]
    """The statement before, in the same case as `context`."""
    vocabulary: Vocabulary
    topic: frozenset[str]
    """Concepts of the cited pages' titles and headings."""
    asked: frozenset[str]
    """Concepts of the question."""
    concepts: frozenset[str]
    figures: frozenset[Figure]
    told_concepts: frozenset[str]
    """What the told segments say or take over."""


def drafted(
    text: str,
    question: str,
    cited: tuple[EvidenceSentence, ...],
    evidence: tuple[EvidenceSentence, ...],
    said: Sequence[Statement],
    vocabulary: Vocabulary,
) -> Draft:
    """Reads a statement without its citations; `cited` is not empty, and is part of `evidence`."""
    words = lexicon(cited[0].chunk.language)
    match = _LEAD.match(text)
    body = text[match.end() :] if match else text
    body = body[:1].upper() + body[1:]
    segments = read(body, words.language)
    before = _referred_to(body, said, cited, words)
    context = concepts_of(before, words.language)
    topic = _topic_of(cited, words)
    told = find_told(segments, passages_of(cited, words.language), context, topic, words)
    return Draft(
        text=body,
        lead=flat(match.group(1)) if match else None,
        question=question,
        segments=segments,
        cited=cited,
        told=told,
        passages=passages_of(evidence, words.language),
        words=words,
        context=context,
        context_figures=figures_of(before),
        before=read(before, words.language),
        vocabulary=vocabulary,
        topic=topic,
        asked=concepts_of(question, words.language),
        concepts=frozenset().union(*(segment.concepts for segment in segments)),
        figures=figures_of(body),
        told_concepts=frozenset().union(*(carried(passage) for passage in told)),
    )


def needs(word: str, draft: Draft) -> bool:
    """Whether a concept of the evidence is missing from the statement, its context, the topic and the question."""
    if word in draft.words.empty or told_by(word, draft.concepts | draft.context):
        return False
    return not (word in draft.topic or any(part_of(word, other) for other in draft.topic))


def _topic_of(units: Sequence[EvidenceSentence], words: Lexicon) -> frozenset[str]:
    """Concepts of the pages' titles and headings."""
    return frozenset().union(
        *(concepts_of(f"{unit.chunk.title}, {unit.chunk.heading}", words.language) for unit in units)
    )


def points_back(text: str, words: Lexicon) -> bool:
    """Whether a statement has a word that refers to what was said or asked before."""
    return bool({flat(word) for word in _WORD.findall(text) if word != "Sie"} & words.pronouns or _POINTING.match(text))


def _referred_to(text: str, said: Sequence[Statement], cited: Sequence[EvidenceSentence], words: Lexicon) -> str:
    """The statements just before, when this one points back to them or goes on with their sentence; else empty."""
    if not said:
        return ""
    if points_back(text, words) or _goes_on(text, said[-1].text, cited, words):
        return " ".join(before.text for before in said[-_MEMORY:])
    return ""


def _goes_on(text: str, before: str, cited: Sequence[EvidenceSentence], words: Lexicon) -> bool:
    """Whether both statements tell the same cited sentence: what the first one said of it need not be repeated."""
    first, second = (concepts_of(part, words.language) - words.empty for part in (before, text))
    return any(
        _share(first, own) >= _SAME and _share(second, own) >= _SAME
        for own in (concepts_of(unit.text, words.language) for unit in cited)
    )


def _share(spoken: frozenset[str], own: frozenset[str]) -> float:
    return sum(told_by(word, own) or word in own for word in spoken) / len(spoken) if spoken else 0.0
