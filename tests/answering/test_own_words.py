"""Evidence found in a German text, as the text in the question's language says it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from app.answering.own_words import in_own_words, own_chunk
from app.answering.passage_features import measure
from app.answering.retrieve import Pool
from app.answering.scope import search_scope
from app.answering.values import EvidenceSentence
from app.index.chunk import Chunk
from app.index.generation import Generation
from app.index.lexical import QueryTerms
from app.index.modules import ModuleKind
from tests.answering.generations import small_generation
from tests.answering.samples import chunk, evidence

DAY = date(2026, 11, 2)
COSTS = chunk(("Pass: 70,00 Euro", "Expresspass: 32,00 Euro"), document_id="pass")
DURATION = chunk(("Der Pass ist bald da.", "Er kommt."), ModuleKind.PROCESSING_TIME, document_id="pass")
OTHER = chunk(("Hund: 96,00 Euro",), document_id="hund")


def _translated(passage: Chunk, *sentences: str) -> Chunk:
    own = chunk(sentences, passage.module, document_id="pass-uk", title="Паспорт", language="uk")
    return replace(own, service="pass")


OWN_COSTS = _translated(COSTS, "паспорт: 70,00 євро", "терміновий паспорт: 32,00 євро")
OWN_DURATION = _translated(DURATION, "Паспорт скоро буде готовий.")


@pytest.fixture(scope="module")
def generation() -> Iterator[Generation]:
    with small_generation((COSTS, DURATION, OTHER, OWN_COSTS, OWN_DURATION)) as made:
        yield made


@pytest.fixture
def pool(generation: Generation) -> Pool:
    scope = search_scope(generation, "uk", DAY)
    vector = generation.vectors_of(0)[0]
    terms = QueryTerms((), (), ())
    scores = measure(vector, scope, generation).scores([0], terms, generation)
    return Pool("", scores, terms, None, True, 0.0, (), None, scope.translations)


def _texts(sentences: tuple[EvidenceSentence, ...]) -> list[str]:
    return [sentence.text for sentence in sentences]


def test_a_sentence_goes_to_the_one_with_its_number(pool: Pool, generation: Generation) -> None:
    told = in_own_words(evidence(COSTS)[1:], pool, generation)
    assert _texts(told) == ["терміновий паспорт: 32,00 євро"]
    assert (told[0].chunk.document_id, told[0].position, told[0].number) == ("pass-uk", 1, 1)


def test_a_whole_module_stays_whole_and_in_order(pool: Pool, generation: Generation) -> None:
    assert _texts(in_own_words(evidence(COSTS)[::-1], pool, generation)) == list(OWN_COSTS.sentences)


def test_where_a_module_has_other_sentences_the_nearest_one_tells_it_once(pool: Pool, generation: Generation) -> None:
    told = in_own_words(evidence(DURATION), pool, generation)
    assert _texts(told) == ["Паспорт скоро буде готовий."]


def test_passages_keep_their_order_and_are_numbered_from_one(pool: Pool, generation: Generation) -> None:
    told = in_own_words(evidence(DURATION, COSTS), pool, generation)
    assert [sentence.number for sentence in told] == [1, 2, 2]


def test_without_a_text_in_that_language_the_german_sentences_stay(pool: Pool, generation: Generation) -> None:
    assert in_own_words(evidence(OTHER), pool, generation) == evidence(OTHER)
    assert own_chunk(OTHER, pool, generation) is OTHER


def test_the_same_module_stands_for_a_passage_or_else_the_text_s_first(pool: Pool, generation: Generation) -> None:
    assert own_chunk(DURATION, pool, generation).id == OWN_DURATION.id
    notes = replace(DURATION, module=ModuleKind.NOTES)
    assert own_chunk(notes, pool, generation).id == OWN_COSTS.id
