"""Which sentences of a given page answer a question: the product's evidence scoring on OMoS-QA."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from app.answering.evidence import score_sentences, select_evidence
from app.answering.passage_features import passage_features
from app.answering.retrieve import PooledPassage, Retrieval, gather, rank
from app.answering.weights import Weights
from app.index.generation import Generation
from app.models.ports import Embedder, Matrix
from evaluation.corpus import Corpus
from evaluation.passages_file import PageQuestion
from evaluation.selection import Selection


def predict_evidence(
    questions: Sequence[PageQuestion],
    corpus: Corpus,
    embedder: Embedder,
    weights: Weights,
    progress: Callable[[int, int], None],
) -> dict[str, tuple[int, ...]]:
    """Per question id the predicted sentence numbers in ascending order (0, the title, is never among them).

    Each question sees its own page only; how rare a word is, and what stands out, comes from all pages of the corpus.
    """
    generation = corpus.generation
    vectors = generation.dense.vectors()
    predictions = {}
    for number, question in enumerate(questions):
        progress(number, len(questions))
        assert question.page is not None
        retrieval = page_retrieval(question, corpus.rows[question.page], vectors, generation, embedder, weights)
        chosen = select_sentences(retrieval, generation, weights)
        numbers = {corpus.first_sentence[chunk] + position + 1 for chunk, position in chosen}
        predictions[question.id] = tuple(sorted(numbers))
    progress(len(questions), len(questions))
    return predictions


def selections(questions: Sequence[PageQuestion], predictions: dict[str, tuple[int, ...]]) -> list[Selection]:
    """Predicted beside marked sentence numbers, in the questions' order."""
    return [Selection(frozenset(predictions[q.id]), frozenset(q.answers)) for q in questions]


def page_retrieval(
    question: PageQuestion,
    rows: Sequence[int],
    vectors: Matrix,
    generation: Generation,
    embedder: Embedder,
    weights: Weights,
) -> Retrieval:
    """What retrieval would hand on if it had found the chunks of this page and nothing else."""
    day = generation.manifest.created_at.date()
    pool = gather(question.text, question.language, day, generation, embedder)
    word_scores = generation.lexical.scores(pool.terms)
    lexical = {row: float(word_scores[row]) for row in rows}
    dense = {row: float(vectors[row] @ pool.scores.vector) for row in rows}
    passages = tuple(
        PooledPassage(
            row=row,
            dense=dense[row],
            lexical=lexical[row],
            features=passage_features(
                chunk=generation.chunks[row],
                row=row,
                dense=dense[row],
                lexical=lexical[row],
                top_lexical=max(lexical.values()),
                scores=pool.scores,
                intent=pool.intent,
            ),
        )
        for row in rows
    )
    model = weights.passage if pool.lexical else weights.passage_dense
    return rank(replace(pool, passages=passages), generation, model)


def select_sentences(retrieval: Retrieval, generation: Generation, weights: Weights) -> list[tuple[str, int]]:
    """Chunk id and position of every sentence that answers; none when the product would refuse.

    Unlike an answer to a citizen, which shows at most six sentences, this takes all that come near the best: people
    marked as many as there are.
    """
    if not select_evidence(retrieval, generation, weights).sentences:
        return []
    scored = score_sentences(retrieval, generation)
    probabilities = np.array([weights.sentence.probability(sentence.features) for sentence in scored])
    floor = float(probabilities.max()) * weights.sentence_share
    return [
        (sentence.chunk.id, sentence.position)
        for sentence, probability in zip(scored, probabilities, strict=True)
        if probability >= floor and sentence.chunk.sentences[sentence.position].strip()
    ]
