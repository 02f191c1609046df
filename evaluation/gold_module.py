"""Which FIM module answers a gold question: told from its facts, because no gold file names one."""

from collections.abc import Iterable

from app.index.chunk import Chunk
from app.index.modules import ModuleKind
from evaluation.gold_file import GoldQuestion
from evaluation.judge import has_fact

_SUMMARIES = {ModuleKind.TEASER, ModuleKind.FULL_TEXT}
"""Repeat what other modules say in full; they answer only what no other module does."""


def expected_module(question: GoldQuestion, chunks: Iterable[Chunk]) -> ModuleKind | None:
    """The module of the right services that holds most of the facts; None without facts, or when none holds any."""
    best: tuple[int, bool, int] | None = None
    module = None
    for chunk in chunks:
        if chunk.service not in question.services:
            continue
        held = sum(has_fact(fact, chunk.text) for fact in question.facts)
        rank = (held, chunk.module not in _SUMMARIES, -chunk.position)
        if held and (best is None or rank > best):
            best, module = rank, chunk.module
    return module
