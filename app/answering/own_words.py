"""Evidence in the citizen's own language, whichever of a service's two texts it was found in.

A question is understood better by way of its German words for one service, by its own words for another. So both texts
are searched; what a citizen reads is the text in their language.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.answering.retrieve import Pool
from app.answering.values import EvidenceSentence
from app.index.chunk import Chunk
from app.index.generation import Generation
from app.index.modules import ModuleKind


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sentence stands."""

    row: int
    position: int


def own_chunk(chunk: Chunk, pool: Pool, generation: Generation) -> Chunk:
    """A passage of the text in the question's language in the place of a German one: the same module's, or any."""
    translation = pool.translations.get(chunk.document_id)
    if translation is None:
        return chunk
    chunks = [generation.chunks[row] for row in generation.rows_of(translation)]
    return next((own for own in chunks if own.module == chunk.module), chunks[0])


def in_own_words(
    sentences: Sequence[EvidenceSentence], pool: Pool, generation: Generation
) -> tuple[EvidenceSentence, ...]:
    """The sentences as the text in the question's language says them; as they are where there is no such text.

    A translation has the sentences of its original in the same order, so one goes to the one with its number; where a
    module has more or fewer, to the one that means most nearly the same. A whole module stays whole.
    """
    told: dict[_Place, EvidenceSentence] = {}
    for sentence in sentences:
        for place in _places(sentence, sentences, pool, generation):
            told.setdefault(place, sentence)
    if not told:
        return tuple(sentences)
    numbers = {row: number for number, row in enumerate(dict.fromkeys(place.row for place in told), start=1)}
    ordered = sorted(told, key=lambda place: (numbers[place.row], place.position))
    return tuple(
        replace(
            told[place],
            number=numbers[place.row],
            chunk=generation.chunks[place.row],
            position=place.position,
            text=generation.chunks[place.row].sentences[place.position],
        )
        for place in ordered
    )


def _places(
    sentence: EvidenceSentence, all_of_them: Sequence[EvidenceSentence], pool: Pool, generation: Generation
) -> Iterator[_Place]:
    chunk = sentence.chunk
    translation = pool.translations.get(chunk.document_id)
    if translation is None:
        return
    german = _units(chunk.document_id, chunk.module, generation)
    own = _units(translation, chunk.module, generation) or _units(translation, None, generation)
    chosen = sum(other.chunk.module == chunk.module for other in all_of_them)
    if chosen == len(german):
        yield from own
        return
    place = next(
        index for index, unit in enumerate(german)
        if generation.chunks[unit.row].id == chunk.id and unit.position == sentence.position
    )  # fmt: skip
    if len(own) == len(german):
        yield own[place]
        return
    vector = generation.vectors_of(german[place].row)[sentence.position]
    cosines = [float(generation.vectors_of(unit.row)[unit.position] @ vector) for unit in own]
    yield own[int(np.argmax(cosines))]


def _units(document_id: str, module: ModuleKind | None, generation: Generation) -> list[_Place]:
    """The sentences of a document's module, or of all of it, in the order of its text."""
    return [
        _Place(row, position)
        for row in generation.rows_of(document_id)
        if module in (None, generation.chunks[row].module)
        for position in range(len(generation.chunks[row].sentences))
    ]
