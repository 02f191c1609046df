"""What a question in some language may be answered from on some day: computed once, used by all such questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from app.index.dense import RowMask
from app.index.generation import Generation

FALLBACK_LANGUAGE = "de"
_MOST_KEPT = 16
"""Scopes kept a generation: a few languages on two days, around midnight."""


@dataclass(frozen=True, eq=False)
class SearchScope:
    """The usable passages, and how their sentences lie in the generation's sentence vectors."""

    usable: RowMask
    """Shape (chunks,)."""
    documents: frozenset[str]
    rows: NDArray[np.intp]
    """Usable passages that have sentences, ascending."""
    sentences: NDArray[np.intp]
    """Rows of their sentences in the generation's sentence vectors, in order."""
    starts: NDArray[np.intp]
    """Index into `sentences` of each passage's first."""
    spans: Mapping[str, tuple[slice, ...]]
    """Per document: where its passages' sentences lie in `sentences`."""
    places: Mapping[int, int]
    """Index into `rows` of each of them."""
    named: NDArray[np.intp]
    """Index of each usable document into the arrays of `AliasMatches`."""
    translations: Mapping[str, str]
    """By German document: the one about the same service in the question's language."""


def search_scope(generation: Generation, language: str, day: date) -> SearchScope:
    """The scope of questions in that language on that day."""
    with _lock:
        kept = _scopes.setdefault(generation, {})
        scope = kept.get((language, day))
        if scope is None:
            if len(kept) >= _MOST_KEPT:
                kept.clear()
            scope = kept[language, day] = _scope(generation, language, day)
    return scope


def _scope(generation: Generation, language: str, day: date) -> SearchScope:
    chunks = generation.chunks
    usable = np.array(_usable(generation, language, day), dtype=bool)
    lengths = np.array([len(chunk.sentences) for chunk in chunks], dtype=np.intp)
    rows = np.flatnonzero(usable & (lengths > 0))
    ends = np.cumsum(lengths[rows])
    starts = ends - lengths[rows]
    firsts = np.array(generation.sentence_starts, dtype=np.intp)[rows]
    spans: dict[str, list[slice]] = {}
    for row, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
        spans.setdefault(chunks[row].document_id, []).append(slice(start, end))
    documents = frozenset(chunk.document_id for chunk, use in zip(chunks, usable, strict=True) if use)
    return SearchScope(
        usable=usable,
        documents=documents,
        rows=rows,
        sentences=np.arange(ends[-1] if len(ends) else 0) + np.repeat(firsts - starts, lengths[rows]),
        starts=starts,
        spans={document: tuple(own) for document, own in spans.items()},
        places={row: place for place, row in enumerate(rows.tolist())},
        named=np.array(
            [place for document, place in generation.aliases.places.items() if document in documents], dtype=np.intp
        ),
        translations=_translations(generation, usable, language),
    )


def _usable(generation: Generation, language: str, day: date) -> list[bool]:
    """Of each service the preferred variant of its valid texts in the question's language, and of the German ones.

    Either may find a service; what is quoted is the text in the question's language (`own_words`).
    """
    order = {variant: place for place, variant in enumerate(generation.variants)}
    found = [
        order.get(chunk.variant) if chunk.language in (language, FALLBACK_LANGUAGE) and chunk.valid_on(day) else None
        for chunk in generation.chunks
    ]
    best: dict[tuple[str, str], int] = {}
    for chunk, place in zip(generation.chunks, found, strict=True):
        if place is not None:
            text = chunk.service, chunk.language
            best[text] = min(place, best.get(text, place))
    return [
        place is not None and place == best[chunk.service, chunk.language]
        for chunk, place in zip(generation.chunks, found, strict=True)
    ]


def _translations(generation: Generation, usable: RowMask, language: str) -> Mapping[str, str]:
    texts: dict[str, dict[str, str]] = {}
    for chunk, use in zip(generation.chunks, usable, strict=True):
        if use:
            texts.setdefault(chunk.service, {})[chunk.language] = chunk.document_id
    return {
        own[FALLBACK_LANGUAGE]: own[language]
        for own in texts.values()
        if language != FALLBACK_LANGUAGE and {language, FALLBACK_LANGUAGE} <= own.keys()
    }


_lock = Lock()
_scopes: WeakKeyDictionary[Generation, dict[tuple[str, date], SearchScope]] = WeakKeyDictionary()
