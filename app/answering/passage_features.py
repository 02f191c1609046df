"""The features by which passages are ranked: every similarity measured against what is usual for this question.

Cosines of one model lie close together and shift from question to question; what tells is how far a passage stands
out. So each is given in standard deviations from the mean over all sentences (or all documents) of the knowledge.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.answering.intent import Intent
from app.answering.scope import SearchScope
from app.index.aliases import AliasMatch, AliasMatches
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
    """How near a question is to the passages that may answer it, and to everything else for comparison."""

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


@dataclass(frozen=True)
class Nearness:
    """Cosines of a question with every sentence and name in its scope."""

    vector: Vector
    scope: SearchScope
    cosines: NDArray[np.float32]
    """Shape (sentences,), in the scope's order."""
    best: NDArray[np.float32]
    """The best of each of the scope's rows."""
    aliases: AliasMatches

    def nearest_rows(self, limit: int) -> list[int]:
        """Rows of the passages with the best sentences."""
        return [int(row) for row in self.scope.rows[np.argsort(-self.best, kind="stable")[:limit]]]

    def scores(self, rows: Sequence[int], terms: QueryTerms, generation: Generation) -> QuestionScores:
        """What is needed to compare the passages in these rows."""
        documents = {generation.chunks[row].document_id for row in rows}
        sentences = self.cosines if len(self.cosines) else np.zeros(1, dtype=np.float32)
        names, questions = (
            values[self.scope.named].astype(np.float64) if len(self.scope.named) else np.zeros(1)
            for values in (self.aliases.names, self.aliases.questions)
        )
        places = self.scope.places
        return QuestionScores(
            vector=self.vector,
            sentence_mean=float(sentences.mean()),
            sentence_spread=max(float(sentences.std()), _LEAST_SPREAD),
            sentence_best={row: float(self.best[places[row]]) for row in rows if row in places},
            document_best={document: self._deepest(document) for document in documents if document in self.scope.spans},
            aliases={document: self.aliases.of(document) for document in documents},
            name_mean=float(names.mean()),
            name_spread=max(float(names.std()), _LEAST_SPREAD),
            question_mean=float(questions.mean()),
            question_spread=max(float(questions.std()), _LEAST_SPREAD),
            named=generation.named_in(frozenset(group[0] for group in terms.topic)),
        )

    def _deepest(self, document_id: str) -> float:
        own: list[float] = [cosine for span in self.scope.spans[document_id] for cosine in self.cosines[span].tolist()]
        return sum(sorted(own)[-_DEEPEST:]) / len(own[-_DEEPEST:])


def measure(vector: Vector, scope: SearchScope, generation: Generation) -> Nearness:
    """Compares a question's vector with everything in its scope."""
    cosines: NDArray[np.float32] = np.asarray(generation.sentence_vectors @ vector)[scope.sentences]
    return Nearness(
        vector=vector,
        scope=scope,
        cosines=cosines,
        best=np.maximum.reduceat(cosines, scope.starts) if len(cosines) else cosines,
        aliases=generation.aliases.matches(vector),
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
