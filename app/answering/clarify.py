"""Asking back: a question whose one topic word names several services cannot be answered without guessing."""

from app.answering.retrieve import Retrieval
from app.answering.values import Link
from app.index.generation import Generation
from app.text.actions import actions_in

MOST_CHOICES = 4
_CLOSE = 0.25
"""A service is a choice when its best passage is at least this share as likely as the best of all."""


def clarification(retrieval: Retrieval, generation: Generation) -> tuple[Link, ...]:
    """Two to four services to choose from, most likely first; empty when the question is clear enough.

    Without any topic word ("Was kostet das?") every service would be a guess, so the nearest ones are offered.
    """
    topic = retrieval.terms.topic
    if len(topic) > 1 or not retrieval.candidates:
        return ()
    if not topic:
        chunks = [candidate.chunk for candidate in reversed(retrieval.candidates)]
        nearest = {chunk.service: Link(chunk.title, chunk.url, chunk.language) for chunk in chunks}
        return tuple(reversed(nearest.values()))[:MOST_CHOICES] if retrieval.pool.lexical else ()
    action = next(iter(actions_in(retrieval.pool.text)), None)
    word = action or topic[0][0]
    if action is None and len(_services_called(retrieval)) == 1:
        return ()
    choices: dict[str, Link] = {}
    least = 0.0 if action else _CLOSE * retrieval.candidates[0].fused
    for candidate in retrieval.candidates:
        chunk = candidate.chunk
        named = {group[0] for group in generation.lexical.vocabulary.term_groups(chunk.title)}
        if word in named and candidate.fused >= least:
            choices.setdefault(chunk.service, Link(chunk.title, chunk.url, chunk.language))
    enough = 2 if action else 3
    return tuple(choices.values())[:MOST_CHOICES] if len(choices) >= enough else ()


def _services_called(retrieval: Retrieval) -> set[str]:
    """The services whose whole title or synonym the question is."""
    called = retrieval.pool.scores.named
    return {candidate.chunk.service for candidate in retrieval.candidates if candidate.chunk.document_id in called}
