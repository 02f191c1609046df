"""Hybrid retrieval: dense and lexical candidates, filtered, scored on the same features, ordered by one model."""

import re
from dataclasses import dataclass, replace
from datetime import date

from app.answering.intent import Intent, detect_intent
from app.answering.passage_features import QuestionScores, passage_features, score_question
from app.answering.values import Candidate
from app.answering.weights import Weights
from app.index.chunk import Chunk
from app.index.generation import Generation
from app.index.lexical import QueryTerms
from app.models.logistic import LogisticModel
from app.models.ports import Embedder
from app.text.terms import words
from app.text.units import split_sentences

POOL = 40
"""Passages taken from each side before they are scored together."""
KEPT = 12
"""Candidates that go on to evidence selection."""
FALLBACK_LANGUAGE = "de"
_MASK_LABEL = re.compile(r"\[[^\[\]]{2,40}\]")
"""What masking leaves in the place of personal data, such as [E-Mail]."""


@dataclass(frozen=True, slots=True)
class PooledPassage:
    """A passage that either side found, with the features that it is ranked by."""

    row: int
    dense: float
    """Cosine similarity with the question."""
    lexical: float
    """BM25 score."""
    features: dict[str, float]


@dataclass(frozen=True, slots=True)
class Pool:
    """The unranked candidates of a question; the training data of the passage model has this shape."""

    text: str
    scores: QuestionScores
    terms: QueryTerms
    intent: Intent | None
    lexical: bool
    """Whether the texts share the question's language, so that words can be compared."""
    unknown_share: float
    """Share of the question's topic words that no text knows, 0 to 1."""
    passages: tuple[PooledPassage, ...]


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What was found for a question, best first."""

    pool: Pool
    candidates: tuple[Candidate, ...]
    best: tuple[PooledPassage, ...]
    """The same passages in the same order, with row and features."""

    @property
    def intent(self) -> Intent | None:
        return self.pool.intent

    @property
    def terms(self) -> QueryTerms:
        return self.pool.terms


def retrieve(
    text: str,
    language: str,
    day: date,
    generation: Generation,
    embedder: Embedder,
    weights: Weights,
    topic: str | None = None,
) -> Retrieval:
    """Finds candidate passages in the question's language and German that are valid on that day.

    `topic` is the document that a follow-up question is about: then only passages of its service are candidates.
    """
    pool = gather(_searchable(text), language, day, generation, embedder)
    if topic is not None:
        services = {chunk.service for chunk in generation.chunks if chunk.document_id == topic}
        about = tuple(passage for passage in pool.passages if generation.chunks[passage.row].service in services)
        pool = replace(pool, passages=about or pool.passages)
    return rank(pool, generation, weights.passage if pool.lexical else weights.passage_dense)


def rank(pool: Pool, generation: Generation, model: LogisticModel) -> Retrieval:
    """The pool's best passages by the model's probability."""
    ranked = sorted(
        ((model.probability(passage.features), passage) for passage in pool.passages),
        key=lambda pair: (-pair[0], generation.chunks[pair[1].row].id),
    )[:KEPT]
    candidates = tuple(
        Candidate(
            chunk=generation.chunks[passage.row],
            dense=passage.dense,
            lexical=passage.lexical,
            coverage=generation.lexical.coverage(pool.terms, generation.chunks[passage.row].document_id),
            fused=probability,
        )
        for probability, passage in ranked
    )
    return Retrieval(pool, candidates, tuple(passage for _, passage in ranked))


def gather(
    text: str,
    language: str,
    day: date,
    generation: Generation,
    embedder: Embedder,
) -> Pool:
    """The nearest passages by vector, sentence and word."""
    languages = tuple(dict.fromkeys((language, FALLBACK_LANGUAGE)))
    translated = frozenset(chunk.service for chunk in generation.chunks if chunk.language == language)

    def usable(chunk: Chunk) -> bool:
        """A German text gives way to the edited translation of the same service."""
        return (
            chunk.language in languages
            and chunk.variant == "standard"
            and chunk.valid_on(day)
            and (chunk.language == language or chunk.service not in translated)
        )

    allowed = [row for row, chunk in enumerate(generation.chunks) if usable(chunk)]
    vector = embedder.embed_query(text)
    terms = generation.lexical.query_terms(text)
    intent = detect_intent(_corrected(text, terms))
    scores = score_question(vector, terms, allowed, generation)
    lexical_scores = generation.lexical.scores(terms)
    dense = {hit.row: hit.similarity for hit in generation.dense.search(vector, POOL, languages)}
    by_words = [int(row) for row in lexical_scores.argsort(kind="stable")[::-1][:POOL] if lexical_scores[row] > 0]
    found = set(dense) | set(by_words) | set(scores.nearest_rows(POOL))
    rows = sorted(found.intersection(allowed))
    floor = min(dense.values(), default=0.0)
    top_lexical = max((float(lexical_scores[row]) for row in rows), default=0.0)
    passages = tuple(
        PooledPassage(
            row=row,
            dense=dense.get(row, floor),
            lexical=float(lexical_scores[row]),
            features=passage_features(
                chunk=generation.chunks[row],
                row=row,
                dense=dense.get(row, floor),
                lexical=float(lexical_scores[row]),
                top_lexical=top_lexical,
                scores=scores,
                intent=intent,
            ),
        )
        for row in rows
    )
    return Pool(
        text=text,
        scores=scores,
        terms=terms,
        intent=intent,
        lexical=language == FALLBACK_LANGUAGE or language in generation.languages,
        unknown_share=generation.lexical.unknown_share(terms),
        passages=passages,
    )


def _searchable(text: str) -> str:
    """The question without the sentences that only tell personal data, or at least without the labels for them."""
    told = [sentence for sentence in split_sentences(text) if not _MASK_LABEL.search(sentence)]
    return " ".join(told) or " ".join(_MASK_LABEL.sub(" ", text).split()) or text


def _corrected(text: str, terms: QueryTerms) -> str:
    """The question with its misspelt words put right, folded."""
    known = dict(terms.corrections)
    return " ".join(known.get(word, word) for word in words(text))
