"""Hybrid retrieval: dense and lexical candidates, filtered, scored on the same features, ordered by one model."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.answering.intent import Intent, detect_intent
from app.answering.values import Candidate
from app.answering.weights import Weights
from app.index.chunk import Chunk
from app.index.generation import Generation
from app.index.lexical import QueryTerms
from app.models.logistic import LogisticModel
from app.models.ports import Embedder, Vector
from app.text.terms import words

POOL = 40
"""Passages taken from each side before they are scored together."""
KEPT = 12
"""Candidates that go on to evidence selection."""
FALLBACK_LANGUAGE = "de"


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What was found for a question, best first, and what the question looked like to the index."""

    text: str
    vector: Vector
    terms: QueryTerms
    intent: Intent | None
    lexical: bool
    """Whether the texts share the question's language, so that words can be compared."""
    unknown_share: float
    """Share of the question's content words that no text knows, 0 to 1."""
    candidates: tuple[Candidate, ...]
    rows: tuple[int, ...]
    """Row of each candidate's chunk in the generation."""


def retrieve(
    text: str, language: str, day: date, generation: Generation, embedder: Embedder, weights: Weights
) -> Retrieval:
    """Finds candidate passages in the question's language and German that are valid on that day."""
    pool = gather(text, language, day, generation, embedder)
    return rank(text, pool, generation, weights.passage if pool.lexical else weights.passage_dense)


def rank(text: str, pool: "Pool", generation: Generation, model: LogisticModel) -> Retrieval:
    """The pool's best passages by the model's probability."""
    ranked = sorted(
        ((model.probability(passage.features), passage) for passage in pool.passages),
        key=lambda pair: (-pair[0], generation.chunks[pair[1].row].id),
    )[:KEPT]
    return Retrieval(
        text=text,
        vector=pool.vector,
        terms=pool.terms,
        intent=pool.intent,
        lexical=pool.lexical,
        unknown_share=pool.unknown_share,
        candidates=tuple(
            Candidate(
                chunk=generation.chunks[passage.row],
                dense=passage.features["dense"],
                lexical=passage.lexical,
                coverage=passage.features["coverage"],
                fused=probability,
            )
            for probability, passage in ranked
        ),
        rows=tuple(passage.row for _, passage in ranked),
    )


@dataclass(frozen=True, slots=True)
class PooledPassage:
    """A passage that either side found, with the features that it is ranked by."""

    row: int
    lexical: float
    """BM25 score."""
    features: dict[str, float]


@dataclass(frozen=True, slots=True)
class Pool:
    """The unranked candidates of a question; the training data of the passage model has this shape."""

    vector: Vector
    terms: QueryTerms
    intent: Intent | None
    lexical: bool
    unknown_share: float
    passages: tuple[PooledPassage, ...]


def gather(
    text: str,
    language: str,
    day: date,
    generation: Generation,
    embedder: Embedder,
    without: frozenset[str] = frozenset(),
) -> Pool:
    """The nearest passages of the dense and of the lexical side. `without` leaves services out (for calibration)."""
    languages = tuple(dict.fromkeys((language, FALLBACK_LANGUAGE)))
    vector = embedder.embed_query(text)
    terms = generation.lexical.query_terms(text)
    intent = detect_intent(_corrected(text, terms))
    lexical_scores = generation.lexical.scores(terms)
    dense = {hit.row: hit.similarity for hit in generation.dense.search(vector, POOL, languages)}
    best_lexical = [int(row) for row in lexical_scores.argsort(kind="stable")[::-1][:POOL] if lexical_scores[row] > 0]
    floor = min(dense.values(), default=0.0)
    translated = _translated(generation, language)
    rows = [
        row
        for row in dict.fromkeys([*dense, *best_lexical])
        if _usable(generation.chunks[row], languages, day)
        and not _superseded(generation.chunks[row], language, translated)
        and generation.chunks[row].service not in without
    ]
    top_dense = max((dense.get(row, floor) for row in rows), default=0.0)
    passages = tuple(
        PooledPassage(
            row=row,
            lexical=float(lexical_scores[row]),
            features=passage_features(
                chunk=generation.chunks[row],
                dense=dense.get(row, floor),
                top_dense=top_dense,
                lexical=float(lexical_scores[row]),
                terms=terms,
                intent=intent,
                generation=generation,
            ),
        )
        for row in rows
    )
    lexical = language == FALLBACK_LANGUAGE or language in generation.languages
    removed = frozenset(chunk.document_id for chunk in generation.chunks if chunk.service in without)
    return Pool(vector, terms, intent, lexical, generation.lexical.unknown_share(terms, removed), passages)


def passage_features(
    chunk: Chunk,
    dense: float,
    top_dense: float,
    lexical: float,
    terms: QueryTerms,
    intent: Intent | None,
    generation: Generation,
) -> dict[str, float]:
    """The named features of one passage for one question; all roughly between 0 and 1."""
    return {
        "dense": dense,
        "dense_gap": top_dense - dense,
        "lexical": lexical / (lexical + 10.0),
        "coverage": generation.lexical.coverage(terms, chunk.document_id),
        "name": name_match(terms, chunk.document_id, generation),
        "module": float(intent is not None and intent.module == chunk.module),
        "module_other": float(intent is not None and intent.module != chunk.module),
        "open": float(intent is None and chunk.module in ("teaser", "full_text", "procedure")),
    }


def name_match(terms: QueryTerms, document_id: str, generation: Generation) -> float:
    """1 when a word of the question is in the service's title or synonyms, 0.5 when only a compound part is."""
    names = generation.names.get(document_id, frozenset())
    if any(group[0] in names for group in terms.topic):
        return 1.0
    return 0.5 if any(part in names for group in terms.topic for part in group[1:]) else 0.0


def _corrected(text: str, terms: QueryTerms) -> str:
    """The question with its misspelt words put right, folded."""
    known = dict(terms.corrections)
    return " ".join(known.get(word, word) for word in words(text))


def _usable(chunk: Chunk, languages: Sequence[str], day: date) -> bool:
    return chunk.language in languages and chunk.variant == "standard" and chunk.valid_on(day)


def _translated(generation: Generation, language: str) -> frozenset[str]:
    """Services that have a text in the question's language."""
    return frozenset(chunk.service for chunk in generation.chunks if chunk.language == language)


def _superseded(chunk: Chunk, language: str, translated: frozenset[str]) -> bool:
    """A German passage gives way to the edited translation of the same service."""
    return chunk.language != language and chunk.service in translated
