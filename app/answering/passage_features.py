"""The features by which passages are ranked: every similarity measured against what is usual for this question.

Cosines of one model lie close together and shift from question to question; what tells is how far a passage stands
out. So each is given in standard deviations from the mean over all sentences (or all documents) of the knowledge.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.answering.intent import Intent
from app.index.aliases import AliasMatch
from app.index.chunk import Chunk
from app.index.generation import Generation
from app.index.lexical import QueryTerms
from app.index.modules import ModuleKind
from app.models.ports import Vector

_DEEPEST = 3
"""A document is as near as its three nearest sentences on average: one could be chance."""
_OPEN_MODULES = (ModuleKind.TEASER, ModuleKind.FULL_TEXT, ModuleKind.PROCEDURE, ModuleKind.NOTES)
_LEAST_SPREAD = 1e-6
_LONGEST_NAME = 2
"""Words from which on a longer name says no more."""


@dataclass(frozen=True)
class QuestionScores:
    """How near a question is to everything that may answer it."""

    vector: Vector
    sentence_mean: float
    sentence_spread: float
    sentence_best: dict[int, float]
    """Best sentence cosine by row of the passage."""
    document_best: dict[str, float]
    """Mean of the three best sentence cosines by document."""
    aliases: dict[str, AliasMatch]
    name_mean: float
    name_spread: float
    question_mean: float
    question_spread: float
    named: dict[str, int]
    """Documents that the question calls by a whole title or synonym, with that one's number of words."""

    def standing_out(self, cosine: float) -> float:
        """Standard deviations above the mean of all sentences."""
        return (cosine - self.sentence_mean) / self.sentence_spread

    def name(self, document_id: str) -> float:
        """How far the document's nearest title or synonym stands out among all documents."""
        return (self.aliases[document_id].name - self.name_mean) / self.name_spread

    def question(self, document_id: str) -> float:
        """How far the document's nearest example question stands out among all documents."""
        return (self.aliases[document_id].question - self.question_mean) / self.question_spread

    def nearest_rows(self, limit: int) -> list[int]:
        """Rows of the passages with the best sentences."""
        return sorted(self.sentence_best, key=lambda row: (-self.sentence_best[row], row))[:limit]


def score_question(vector: Vector, terms: QueryTerms, rows: Sequence[int], generation: Generation) -> QuestionScores:
    """Scores the question against every sentence and alias of the passages in `rows`."""
    cosines: NDArray[np.float32] = np.asarray(generation.sentence_vectors @ vector)
    parts: list[NDArray[np.float32]] = []
    best: dict[int, float] = {}
    by_document: dict[str, list[float]] = {}
    for row in rows:
        chunk = generation.chunks[row]
        start = generation.sentence_starts[row]
        own = cosines[start : start + len(chunk.sentences)]
        if len(own):
            parts.append(own)
            best[row] = float(own.max())
            by_document.setdefault(chunk.document_id, []).extend(own.tolist())
    every = np.concatenate(parts) if parts else np.zeros(1, dtype=np.float32)
    documents = {generation.chunks[row].document_id for row in rows}
    aliases = {name: match for name, match in generation.aliases.matches(vector).items() if name in documents}
    names = np.array([match.name for match in aliases.values()] or [0.0])
    questions = np.array([match.question for match in aliases.values()] or [0.0])
    return QuestionScores(
        vector=vector,
        sentence_mean=float(every.mean()),
        sentence_spread=max(float(every.std()), _LEAST_SPREAD),
        sentence_best=best,
        document_best={
            document: sum(sorted(values)[-_DEEPEST:]) / len(values[-_DEEPEST:])
            for document, values in by_document.items()
        },
        aliases=aliases,
        name_mean=float(names.mean()),
        name_spread=max(float(names.std()), _LEAST_SPREAD),
        question_mean=float(questions.mean()),
        question_spread=max(float(questions.std()), _LEAST_SPREAD),
        named=generation.named_in(frozenset(group[0] for group in terms.topic)),
    )


def passage_features(
    chunk: Chunk,
    row: int,
    dense: float,
    lexical: float,
    top_lexical: float,
    scores: QuestionScores,
    intent: Intent | None,
) -> dict[str, float]:
    """The named features of one passage for one question."""
    asked = intent.module if intent else None
    return {
        "dense": scores.standing_out(dense),
        "sentence": scores.standing_out(scores.sentence_best.get(row, scores.sentence_mean)),
        "document": scores.standing_out(scores.document_best.get(chunk.document_id, scores.sentence_mean)),
        "name": scores.name(chunk.document_id),
        "question": scores.question(chunk.document_id),
        "named": min(scores.named.get(chunk.document_id, 0), _LONGEST_NAME),
        "lexical": lexical / (lexical + 10.0),
        "lexical_share": lexical / top_lexical if top_lexical else 0.0,
        "module": float(asked == chunk.module),
        "module_other": float(asked is not None and asked != chunk.module),
        "open": float(asked is None and chunk.module in _OPEN_MODULES),
    }
