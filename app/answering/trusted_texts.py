"""Passages that give orders to a language model are never answered from: a second line behind the quality gate."""

from functools import lru_cache

from app.answering.instructions import instruction_in
from app.index.chunk import Chunk

_REMEMBERED = 8192
"""Passages whose result is kept: those of a town of some 500 services."""


def gives_orders(chunk: Chunk) -> bool:
    """Whether title, heading or text speak to a language model.

    Such a passage is withheld whole: who could write the order could change the figures beside it.
    """
    return _gives_orders(chunk.title, chunk.heading, chunk.text)


@lru_cache(maxsize=_REMEMBERED)
def _gives_orders(*texts: str) -> bool:
    return any(map(instruction_in, texts))
