"""Selecting evidence: which sentences of the candidates answer the question, and whether any does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log

from app.answering.own_words import in_own_words, own_chunk
from app.answering.page_evidence import PageEvidence, page_evidence
from app.answering.retrieve import Retrieval
from app.answering.trusted_texts import gives_orders
from app.answering.values import Evidence, EvidenceSentence
from app.answering.weights import Weights
from app.index.chunk import Chunk
from app.index.generation import Generation
from app.index.modules import ModuleKind
from app.text.figures import FigureKind, figures
from app.text.terms import Vocabulary
from app.wording.catalog import LEICHT

MAX_SENTENCES = 6
LONGEST_LIST = 10
"""Units of a passage up to which a list is given whole."""
MAX_PASSAGES = 3
_LISTS = (ModuleKind.REQUIRED_DOCUMENTS, ModuleKind.COSTS)
"""Modules that are only right when complete: half a list of documents sends a citizen home again."""
_COMPARED = 4
"""Rank of the sentence that the likeliest one is compared with: an answer of several sentences has a few near it."""
_LEAST = 1e-9
_CUES = {
    ModuleKind.COSTS: (FigureKind.AMOUNT, FigureKind.PERCENT),
    ModuleKind.PROCESSING_TIME: (FigureKind.DURATION,),
    ModuleKind.DEADLINE: (FigureKind.DURATION, FigureKind.DATE),
}


Opinion = Callable[[Sequence[EvidenceSentence]], float | None]
"""The language model's log odds of refusing to answer from sentences, None when it has no opinion."""


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """One sentence of a candidate with its features; the training data of the sentence model has this shape."""

    row: int
    chunk: Chunk
    position: int
    rank: int
    """Rank of its passage among the candidates, from 0."""
    features: dict[str, float]


def select_evidence(
    retrieval: Retrieval, generation: Generation, weights: Weights, opinion: Opinion | None = None
) -> Evidence:
    """The sentences that answer, best passage first and in text order; empty when the knowledge has no answer.

    Where a service has a text in the question's language and a German one, either may answer. `opinion` is asked for a
    second opinion on the chosen sentences where it could turn the decision.
    """
    if not retrieval.candidates:
        return Evidence((), 0.0, None)
    first = _evidence_in(retrieval, generation, weights, opinion)
    if first.sentences or retrieval.other is None:
        return first
    second = _evidence_in(retrieval.other, generation, weights, opinion)
    return second if second.sentences else first


def _evidence_in(retrieval: Retrieval, generation: Generation, weights: Weights, opinion: Opinion | None) -> Evidence:
    """The evidence in the text that the first candidate belongs to."""
    topic = own_chunk(retrieval.candidates[0].chunk, retrieval.pool, generation)
    page = page_evidence(retrieval, generation, weights.evidence)
    scored = score_sentences(retrieval, generation, page)
    probabilities = [weights.sentence.probability(sentence.features) for sentence in scored]
    features = answerable_features(retrieval, page, scored, probabilities)
    lexical = retrieval.pool.lexical
    model = weights.answerable if lexical else weights.answerable_dense
    thresholds = weights.answerable_thresholds if lexical else weights.answerable_dense_thresholds
    own, point = model.probability(features), generation.tenant.answering
    second = weights.second_opinion if opinion else None
    answers = second.settled(own, point) if second else own >= thresholds[point]
    if answers is False:
        return Evidence((), own, topic)
    found = _numbered(_choose(retrieval, scored, probabilities, weights.sentence_share))
    sentences = _trusted(in_own_words(found, retrieval.pool, generation))
    if answers or second is None or opinion is None or not sentences:
        return Evidence(sentences, own, topic)
    refusal = opinion(found)
    if refusal is None:
        return Evidence(sentences if own >= thresholds[point] else (), own, topic)
    combined = second.combined(own, refusal)
    return Evidence(sentences if combined >= second.thresholds[point] else (), combined, topic, refusal)


def _trusted(sentences: tuple[EvidenceSentence, ...]) -> tuple[EvidenceSentence, ...]:
    """Retrieval leaves out passages that give orders to a model; a translation may have one of its own."""
    return tuple(sentence for sentence in sentences if not gives_orders(sentence.chunk))


def _choose(
    retrieval: Retrieval, scored: Sequence[ScoredSentence], probabilities: Sequence[float], share: float
) -> list[tuple[ScoredSentence, float]]:
    """Sentences near the best one, at most MAX_SENTENCES from MAX_PASSAGES; the best one always, lists whole.

    All from one service, the best passage's: what another service says about something similar confuses more people
    than it helps. A passage in Leichte Sprache is given whole: its short sentences say little without one another.
    """
    service = retrieval.candidates[0].chunk.service
    ranked = sorted(
        (pair for pair in zip(scored, probabilities, strict=True) if pair[0].chunk.service == service),
        key=lambda pair: (-pair[1], pair[0].rank, pair[0].position),
    )
    if not ranked:
        return []
    best, best_probability = ranked[0]
    if best.chunk.variant == LEICHT:
        return [pair for pair in ranked if pair[0].row == best.row]
    whole = (
        best.chunk.module in _LISTS
        and retrieval.intent is not None
        and retrieval.intent.module == best.chunk.module
        and len(best.chunk.sentences) <= LONGEST_LIST
    )
    chosen = [pair for pair in ranked if pair[0].row == best.row] if whole else [(best, best_probability)]
    passages = {best.row}
    for sentence, probability in ranked:
        if len(chosen) >= MAX_SENTENCES or probability < share * best_probability:
            break
        if any(other is sentence for other, _ in chosen) or sentence.chunk.sentences[sentence.position].endswith(":"):
            continue
        if sentence.row in passages or (len(passages) < MAX_PASSAGES and not whole):
            passages.add(sentence.row)
            chosen.append((sentence, probability))
    return chosen


def _numbered(chosen: Sequence[tuple[ScoredSentence, float]]) -> tuple[EvidenceSentence, ...]:
    best_of_row: dict[int, float] = {}
    for sentence, probability in chosen:
        best_of_row[sentence.row] = max(probability, best_of_row.get(sentence.row, 0.0))
    order = sorted(best_of_row, key=lambda row: -best_of_row[row])
    numbers = {row: number for number, row in enumerate(order, start=1)}
    ordered = sorted(chosen, key=lambda pair: (numbers[pair[0].row], pair[0].position))
    return tuple(
        EvidenceSentence(
            number=numbers[sentence.row],
            chunk=sentence.chunk,
            position=sentence.position,
            text=sentence.chunk.sentences[sentence.position],
            score=probability,
        )
        for sentence, probability in ordered
    )


def score_sentences(retrieval: Retrieval, generation: Generation, page: PageEvidence) -> list[ScoredSentence]:
    """Every sentence of the candidates, with features."""
    top = retrieval.candidates[0]
    scores = retrieval.pool.scores
    nowhere = min(page.sentences.values())
    best = max(scores.sentence_best.get(passage.row, -1.0) for passage in retrieval.best)
    scored = []
    for rank, (candidate, passage) in enumerate(zip(retrieval.candidates, retrieval.best, strict=True)):
        cosines = generation.vectors_of(passage.row) @ scores.vector
        for position, cosine in enumerate(cosines.tolist()):
            text = candidate.chunk.sentences[position]
            features = {
                "cosine": scores.standing_out(cosine),
                "cosine_gap": scores.standing_out(best) - scores.standing_out(cosine),
                "passage_gap": scores.standing_out(scores.sentence_best[passage.row]) - scores.standing_out(cosine),
                "passage": candidate.fused,
                "rank": log(1 + rank),
                "same_service": float(candidate.chunk.service == top.chunk.service),
                "first_passage": float(rank == 0),
                "overlap": _overlap(text, retrieval, generation.lexical.vocabulary),
                "cue": _cue(text, retrieval),
                "lead_in": float(text.endswith(":")),
                "evidence": page.sentences.get((passage.row, position), nowhere),
            }
            scored.append(ScoredSentence(passage.row, candidate.chunk, position, rank, features))
    return scored


def answerable_features(
    retrieval: Retrieval, page: PageEvidence, scored: Sequence[ScoredSentence], probabilities: Sequence[float]
) -> dict[str, float]:
    """What tells whether the knowledge answers: how near, how well known, how distinct the best passage is.

    `scored` are the candidates' sentences, `probabilities` those of the sentence model for each.
    """
    top, passage = retrieval.candidates[0], retrieval.best[0]
    likeliest = sorted(probabilities, reverse=True)
    scores = retrieval.pool.scores
    others = [c.fused for c in retrieval.candidates if c.chunk.service != top.chunk.service]
    same = [
        scores.sentence_best.get(other.row, -1.0)
        for other, candidate in zip(retrieval.best, retrieval.candidates, strict=True)
        if candidate.chunk.service == top.chunk.service
    ]
    return {
        "dense": top.dense,
        "sentence": max(same),
        "sentence_z": scores.standing_out(max(same)),
        "document_z": passage.features["document"],
        "passage": top.fused,
        "passage_gap": top.fused - max(others, default=0.0),
        "name": scores.aliases[top.chunk.document_id].name,
        "name_z": passage.features["name"],
        "question": scores.aliases[top.chunk.document_id].question,
        "question_z": passage.features["question"],
        "named": passage.features["named"],
        "coverage": top.coverage,
        "unknown": retrieval.pool.unknown_share,
        "lexical": passage.features["lexical"],
        "short": float(len(retrieval.terms.topic) <= 1),
        "words": log(1 + len(retrieval.pool.text.split())),
        "keywords": float(not retrieval.pool.text.endswith("?")),
        "cue": max(sentence.features["cue"] for sentence in scored if sentence.row == passage.row),
        "passage_odds": _log_odds(top.fused),
        "best_odds": _log_odds(likeliest[0]),
        "best_gap": likeliest[0] - likeliest[min(_COMPARED, len(likeliest)) - 1],
        "page": page.answered,
        "page_best": max(page.sentences.values()),
    }


def _log_odds(probability: float) -> float:
    return log((probability + _LEAST) / (1 - probability + _LEAST))


def _overlap(text: str, retrieval: Retrieval, vocabulary: Vocabulary) -> float:
    """Share of the question's words that the sentence has, 0 to 1."""
    groups = retrieval.terms.groups
    if not groups:
        return 0.0
    terms = set(vocabulary.terms(text))
    return sum(any(term in terms for term in group) for group in groups) / len(groups)


def _cue(text: str, retrieval: Retrieval) -> float:
    """1 when the sentence has a figure of the kind that was asked for."""
    kinds = _CUES.get(retrieval.intent.module, ()) if retrieval.intent else ()
    return float(any(figure.kind in kinds for figure in figures(text)))
