"""Asking back: a question whose one topic word names several services cannot be answered without guessing."""

from app.answering.own_words import own_chunk
from app.answering.retrieve import Retrieval
from app.answering.values import Link
from app.index.generation import Generation
from app.text.actions import actions_in
from app.text.terms import content_words, fold, stem

MOST_CHOICES = 4
_GERMAN = "de"
_NOUN = "ung"
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
        chunks = [own_chunk(each.chunk, retrieval.pool, generation) for each in reversed(retrieval.candidates)]
        nearest = {chunk.service: Link(chunk.title, chunk.url, chunk.language) for chunk in chunks}
        return tuple(reversed(nearest.values()))[:MOST_CHOICES] if retrieval.pool.lexical else ()
    action = next(iter(actions_in(retrieval.pool.text)), None)
    word = action or topic[0][0]
    if action is None and len(_services_called(retrieval)) == 1:
        return ()
    if action is None and len(done := _services_with_deed(retrieval, generation)) > 1:
        return done[:MOST_CHOICES]
    choices: dict[str, Link] = {}
    least = 0.0 if action else _CLOSE * retrieval.candidates[0].fused
    for candidate in retrieval.candidates:
        chunk = candidate.chunk
        named = {group[0] for group in generation.lexical.vocabulary.term_groups(chunk.title)}
        if word in named and candidate.fused >= least:
            shown = own_chunk(chunk, retrieval.pool, generation)
            choices.setdefault(chunk.service, Link(shown.title, shown.url, shown.language))
    enough = 2 if action else 3
    return tuple(choices.values())[:MOST_CHOICES] if len(choices) >= enough else ()


def _services_with_deed(retrieval: Retrieval, generation: Generation) -> tuple[Link, ...]:
    """The services that people name by what is done with something, for the deed alone; the shortest name first.

    "Verlängern" may mean "Pass verlängern" or "Ausweis verlängern". Empty when the word is no deed, or names a
    service without its thing ("heiraten").
    """
    if retrieval.pool.scores.named or not retrieval.pool.lexical:
        return ()
    deeds = _deeds(retrieval)
    documents = {chunk.document_id: chunk.service for chunk in generation.chunks if chunk.language == _GERMAN}
    names = [alias for alias in generation.aliases.aliases if not alias.question and alias.document_id in documents]
    found = dict.fromkeys(
        documents[alias.document_id]
        for alias in sorted(names, key=lambda alias: len(alias.text))
        if any(word.islower() and stem(fold(word)) in deeds for word in alias.text.split()[1:])
    )
    return tuple(Link(*generation.texts[service, _GERMAN], _GERMAN) for service in found)


def _deeds(retrieval: Retrieval) -> frozenset[str]:
    """Stems of the question's one word, as a verb where it is a noun: "Verlängerung" counts as "verlängern"."""
    said = [word for word in content_words(retrieval.pool.text) if stem(word) == retrieval.terms.topic[0][0]]
    verbs = [word.removesuffix(_NOUN) + ending for word in said if word.endswith(_NOUN) for ending in ("n", "en")]
    return frozenset(map(stem, (*said, *verbs)))


def _services_called(retrieval: Retrieval) -> set[str]:
    """The services whose whole title or synonym the question is."""
    called = retrieval.pool.scores.named
    return {candidate.chunk.service for candidate in retrieval.candidates if candidate.chunk.document_id in called}
