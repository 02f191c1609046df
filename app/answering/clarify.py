"""Asking back: a question whose one topic word names several services cannot be answered without guessing."""

import re

from app.answering.retrieve import Retrieval
from app.answering.values import Link
from app.index.generation import Generation
from app.text.terms import fold, stem

MOST_CHOICES = 4
_CLOSE = 0.25
"""A service is a choice when its best passage is at least this share as likely as the best of all."""
_ACTIONS = frozenset(stem(word) for word in ("anmelden", "abmelden", "ummelden"))
"""Words that say nothing of what is meant; of any other word two services may simply be two sides ("Hund")."""
_SEPARABLE = re.compile(r"\b(melde|meldet|melden)\b.{0,40}\b(an|ab|um)\b")


def clarification(retrieval: Retrieval, generation: Generation) -> tuple[Link, ...]:
    """Two to four services to choose from, most likely first; empty when the question is clear enough.

    Without any topic word ("Was kostet das?") every service would be a guess, so the nearest ones are offered.
    """
    topic = retrieval.terms.topic
    if len(topic) > 1 or not retrieval.candidates:
        return ()
    if not topic:
        nearest = {c.chunk.service: Link(c.chunk.title, c.chunk.url) for c in reversed(retrieval.candidates)}
        return tuple(reversed(nearest.values()))[:MOST_CHOICES] if retrieval.pool.lexical else ()
    word = _whole_word(retrieval, topic[0][0])
    choices: dict[str, Link] = {}
    least = 0.0 if word in _ACTIONS else _CLOSE * retrieval.candidates[0].fused
    for candidate in retrieval.candidates:
        chunk = candidate.chunk
        named = {group[0] for group in generation.lexical.vocabulary.term_groups(chunk.title)}
        if word in named and candidate.fused >= least:
            choices.setdefault(chunk.service, Link(chunk.title, chunk.url))
    enough = 2 if word in _ACTIONS else 3
    return tuple(choices.values())[:MOST_CHOICES] if len(choices) >= enough else ()


def _whole_word(retrieval: Retrieval, stemmed: str) -> str:
    """The topic word's stem, a separated verb put together again ("melde ich mich an")."""
    match = _SEPARABLE.search(fold(retrieval.pool.text))
    return stem(f"{match.group(2)}melden") if match else stemmed
