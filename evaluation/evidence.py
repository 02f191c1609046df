"""Which sentences of a given page answer a question: the product's evidence model on OMoS-QA."""

from collections.abc import Callable, Sequence

import numpy as np

from app.models.evidence.model import EvidenceModel
from app.models.evidence.page import AskedPage
from app.models.ports import Embedder
from evaluation.corpus import Corpus
from evaluation.passages_file import PageQuestion
from evaluation.selection import Selection


def predict_evidence(
    questions: Sequence[PageQuestion],
    corpus: Corpus,
    embedder: Embedder,
    model: EvidenceModel,
    progress: Callable[[int, int], None],
) -> dict[str, tuple[int, ...]]:
    """Per question id the predicted sentence numbers in ascending order (0, the title, is never among them).

    Each question sees its own page only; how rare a word is comes from all pages of the corpus.
    """
    predictions = {}
    for number, question in enumerate(questions):
        progress(number, len(questions))
        page = asked_page(question, corpus, embedder)
        chosen = model.select(model.score(page))
        predictions[question.id] = tuple(row + 1 for row in chosen if page.sentences[row].strip())
    progress(len(questions), len(questions))
    return predictions


def asked_page(question: PageQuestion, corpus: Corpus, embedder: Embedder) -> AskedPage:
    """The question beside its page, whose id it names."""
    assert question.page is not None
    generation = corpus.generation
    rows = corpus.rows[question.page]
    chunks = [generation.chunks[row] for row in rows]
    return AskedPage(
        question=question.text,
        question_vector=embedder.embed_query(question.text),
        title=chunks[0].title,
        title_vector=generation.aliases.name_vector(question.page),
        sentences=tuple(sentence for chunk in chunks for sentence in chunk.sentences),
        sentence_vectors=np.concatenate([generation.vectors_of(row) for row in rows]),
        language=chunks[0].language,
        rarity=generation.rarity,
    )


def selections(questions: Sequence[PageQuestion], predictions: dict[str, tuple[int, ...]]) -> list[Selection]:
    """Predicted beside marked sentence numbers, in the questions' order."""
    return [Selection(frozenset(predictions[q.id]), frozenset(q.answers)) for q in questions]
