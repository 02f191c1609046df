"""Texts in Einfache Sprache lie behind the standard ones and leave their word statistics alone."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from app.answering.scope import search_scope
from app.index.generation import Generation, open_active
from app.models.ports import Embedder
from ingest.generation import publish
from tests.knowledge import SERVICES, TENANT, copy_knowledge, silent

pytestmark = pytest.mark.models
DAY = date(2026, 11, 2)


@pytest.fixture
def standard(published: Path, embedder: Embedder) -> Generation:
    return open_active(published, TENANT, embedder.info)


@pytest.fixture
def plain(published_copy: Path, tmp_path: Path, embedder: Embedder) -> Generation:
    knowledge = copy_knowledge(tmp_path / "knowledge", (*SERVICES, "personalausweis.einfach"))
    publish(knowledge, published_copy, TENANT, embedder, "test", silent)
    return open_active(published_copy, TENANT, embedder.info)


def test_standard_word_scores_are_the_same_with_and_without_variants(standard: Generation, plain: Generation) -> None:
    before = standard.lexical.scores(standard.lexical.query_terms("Was kostet der Personalausweis?"))
    after = plain.lexical.scores(plain.lexical.query_terms("Was kostet der Personalausweis?"))
    assert len(after) == len(plain.chunks) > len(before)
    assert np.array_equal(after[: len(before)], before)
    assert not after[len(before) :].any()
    assert plain.lexical.vocabulary == standard.lexical.vocabulary


def test_each_style_may_use_one_text_of_a_service(plain: Generation) -> None:
    def variants(generation: Generation) -> set[str]:
        usable = search_scope(generation, "de", DAY).usable
        pairs = zip(generation.chunks, usable, strict=True)
        return {chunk.variant for chunk, use in pairs if use and chunk.service == "personalausweis"}

    assert variants(plain) == {"standard"}
    assert variants(plain.for_style("einfach")) == {"einfach"}
    assert plain.for_style("standard") is plain


def test_the_plain_view_finds_variants_by_word(plain: Generation) -> None:
    view = plain.for_style("einfach")
    scores = view.lexical.scores(view.lexical.query_terms("Sperr-Notruf Personalausweis"))
    assert scores[[chunk.variant == "einfach" for chunk in view.chunks]].any()
