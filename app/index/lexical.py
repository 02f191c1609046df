"""The lexical index of a generation: BM25 over German stems and compound parts."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log
from pathlib import Path

import bm25s
import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.files import write_atomically
from app.index.aliases import Alias
from app.index.chunk import Chunk
from app.index.lexical_terms import TermReader, pieces
from app.text.terms import GENERIC_STEMS, Vocabulary, search_words, stem

LEXICAL_FOLDER = "lexical"
PLAIN_LEXICAL_FOLDER = "lexical_einfach"
"""Of all texts, for questions in Einfache or Leichte Sprache; the other one is of the standard texts alone."""
_DOCUMENTS_FILE = "document_terms.json"
_VOCABULARY_FILE = "vocabulary.json"
_PART_WEIGHT = 0.6
"""What a compound's parts count for, when the word itself is not there: "Hundesteuer" and "Steuer" are not the same."""
_TYPO_SIMILARITY = 0.8
_TYPO_MIN_LETTERS = 5


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """A question as the lexical index sees it."""

    groups: tuple[tuple[str, ...], ...]
    """Per content word: its stem, then the stems of its compound parts."""
    corrections: tuple[tuple[str, str], ...]
    """Misspelt word and the known word that stands in for it."""
    topic: tuple[tuple[str, ...], ...]
    """The groups that name a topic: without words that any service could be asked about."""

    @property
    def terms(self) -> list[str]:
        return [term for group in self.groups for term in group]


def write_lexical(folder: Path, chunks: Sequence[Chunk], aliases: Sequence[Alias], name: str = LEXICAL_FOLDER) -> None:
    """Builds a lexical index of that name inside a generation, in the chunks' order.

    Words of the aliases count as known to their document, so that a citizen's everyday word is no unknown one.
    """
    target = folder / name
    target.mkdir()
    texts = [f"{chunk.context}\n{chunk.text}" for chunk in chunks]
    vocabulary = Vocabulary.of(pieces([*texts, *(alias.text for alias in aliases)]))
    reader = TermReader(vocabulary)
    terms = [reader.terms(text) for text in texts]
    bm25 = bm25s.BM25()
    bm25.index(terms, show_progress=False)
    bm25.save(str(target), show_progress=False)
    documents: dict[str, set[str]] = {}
    for chunk, chunk_terms in zip(chunks, terms, strict=True):
        documents.setdefault(chunk.document_id, set()).update(chunk_terms)
    for alias in aliases:
        documents.setdefault(alias.document_id, set()).update(reader.terms(alias.text))
    write_atomically(target / _VOCABULARY_FILE, json.dumps(sorted(vocabulary.known), ensure_ascii=False))
    write_atomically(
        target / _DOCUMENTS_FILE,
        json.dumps({name: sorted(terms) for name, terms in sorted(documents.items())}, ensure_ascii=False),
    )


class LexicalIndex:
    """A generation's lexical index, opened for reading."""

    def __init__(self, folder: Path, name: str = LEXICAL_FOLDER, rows: int = 0) -> None:
        """Opens the index of that name. `rows` counts the generation's chunks; those behind the indexed never match.

        Raises OSError or ValueError when a file is missing or damaged.
        """
        target = folder / name
        self._bm25 = bm25s.BM25.load(str(target), mmap=True, show_progress=False)
        self._known_terms = frozenset(self._bm25.vocab_dict)
        self.vocabulary = Vocabulary(frozenset(json.loads((target / _VOCABULARY_FILE).read_text("utf-8"))))
        documents = json.loads((target / _DOCUMENTS_FILE).read_text("utf-8"))
        self._documents = {name: frozenset(terms) for name, terms in documents.items()}
        self._words = sorted(self.vocabulary.known)
        self._unindexed = max(0, rows - int(self._bm25.scores["num_docs"]))

    def query_terms(self, question: str) -> QueryTerms:
        """Terms of a question; a word that the knowledge doesn't know is replaced by a near spelling of one it does."""
        groups: list[tuple[str, ...]] = []
        topic: list[tuple[str, ...]] = []
        corrections: list[tuple[str, str]] = []
        for word in search_words(question):
            known = self._known(word)
            if known != word:
                corrections.append((word, known))
            groups.append((stem(known), *(stem(part) for part in self.vocabulary.parts(known))))
            if stem(known) not in GENERIC_STEMS:
                topic.append(groups[-1])
        return QueryTerms(tuple(groups), tuple(corrections), tuple(topic))

    def _known(self, word: str) -> str:
        if stem(word) in self._known_terms or len(word) < _TYPO_MIN_LETTERS or not word.isalpha():
            return word
        near = process.extractOne(word, self._words, scorer=OSA.normalized_similarity, score_cutoff=_TYPO_SIMILARITY)
        return str(near[0]) if near and near[0][0] == word[0] else word

    def scores(self, query: QueryTerms) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
        """BM25 score of every chunk, shape (chunks,); 0 where no term matches."""
        terms = [term for term in query.terms if term in self._known_terms]
        if not terms:
            return np.zeros(self._bm25.scores["num_docs"] + self._unindexed, dtype=np.float32)
        return np.pad(np.asarray(self._bm25.get_scores(terms), dtype=np.float32), (0, self._unindexed))

    def coverage(self, query: QueryTerms, document_id: str) -> float:
        """Share of the question's topic words that a document knows, weighted by rarity; 1 without topic words."""
        terms = self._documents.get(document_id, frozenset())
        total = covered = 0.0
        for group in query.topic:
            weight = self._rarity(group[0])
            total += weight
            if group[0] in terms:
                covered += weight
            elif len(group) > 1:
                covered += weight * _PART_WEIGHT * sum(part in terms for part in group[1:]) / (len(group) - 1)
        return covered / total if total else 1.0

    def unknown_share(self, query: QueryTerms) -> float:
        """Share of topic words that stand nowhere in the knowledge, weighted by rarity, 0 to 1."""
        total = sum(self._rarity(group[0]) for group in query.topic)
        unknown = sum(self._rarity(group[0]) for group in query.topic if group[0] not in self._document_frequency)
        return unknown / total if total else 0.0

    def _rarity(self, term: str) -> float:
        """Inverse document frequency, ln(1 + (N - n + 0.5) / (n + 0.5)); an unknown term is the rarest."""
        n = self._document_frequency.get(term, 0)
        return log(1 + (len(self._documents) - n + 0.5) / (n + 0.5))

    @cached_property
    def _document_frequency(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for terms in self._documents.values():
            for term in terms:
                counts[term] = counts.get(term, 0) + 1
        return counts
