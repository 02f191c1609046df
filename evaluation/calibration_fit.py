"""Fitting `app/answering/weights.json`: which passage, which sentence, and whether anything answers.

Labels come from the gold questions: a passage or sentence is right when it belongs to a right service and contains a
fact. Same cases, same weights: there is no chance.
"""

from collections.abc import Sequence

import numpy as np

from app.answering.evidence import MAX_SENTENCES, ScoredSentence, score_sentences
from app.answering.page_evidence import page_evidence
from app.answering.retrieve import Retrieval, rank
from app.index.generation import Generation
from app.models.evidence.model import EvidenceModel, load_evidence_model
from app.models.logistic import LogisticModel
from evaluation.calibration_answerable import DENSE_ONLY, answerable_rows, fit_answerable, fit_second_opinion
from evaluation.calibration_cases import Case
from evaluation.fitting import fit_ranking

_PASSAGE_DENSE_ONLY = ("dense", "sentence", "document", "name", "question", "module", "module_other", "open")
_PASSAGE_SIGNS = dict.fromkeys(
    "dense sentence document name question named lexical lexical_share module open".split(), 1
)
_SENTENCE_SIGNS = {
    "cosine_gap": -1, "passage_gap": -1, "passage": 1, "rank": -1, "same_service": 1, "first_passage": 1, "overlap": 1,
    "cue": 1, "lead_in": -1, "evidence": 1,
}  # fmt: skip
_SENTENCE_COST = 0.02
"""What one sentence more costs a reader, measured in complete answers: fifty sentences for one more complete answer."""

Ranked = tuple[Case, Retrieval]


def fit(cases: Sequence[Case], generation: Generation, adapter_sha256: str) -> dict[str, object]:
    """The content of the weights file; the adapter is the one whose refusals the cases hold."""
    answerable = [case for case in cases if case.answerable]
    passage = _fit_passages([case for case in answerable if case.pool.lexical], generation, None)
    passage_dense = _fit_passages(answerable, generation, _PASSAGE_DENSE_ONLY)
    # Plain questions teach what a name means; whether and with what to answer is learned from what people wrote.
    written = [case for case in cases if not case.plain]
    ranked = [(case, rank(case.pool, generation, passage if case.pool.lexical else passage_dense)) for case in written]
    evidence = load_evidence_model()
    sentence, share = _fit_sentences([pair for pair in ranked if pair[0].answerable], generation, evidence)
    rows = answerable_rows([pair for pair in ranked if pair[0].pool.lexical], generation, sentence, evidence)
    decided, thresholds = fit_answerable(rows, None)
    decided_dense, dense_thresholds = fit_answerable(
        answerable_rows(ranked, generation, sentence, evidence), DENSE_ONLY
    )
    second, second_thresholds = fit_second_opinion([row for row in rows if row.refusal is not None])
    return {
        "passage": _plain(passage),
        "passage_dense": _plain(passage_dense),
        "sentence": _plain(sentence),
        "answerable": _plain(decided),
        "answerable_dense": _plain(decided_dense),
        "sentence_share": share,
        "answerable_thresholds": thresholds,
        "answerable_dense_thresholds": dense_thresholds,
        "second_opinion": {
            "adapter_sha256": adapter_sha256,
            "model": _plain(second),
            "thresholds": second_thresholds,
        },
    }


def _fit_passages(cases: Sequence[Case], generation: Generation, names: Sequence[str] | None) -> LogisticModel:
    groups = []
    for case in cases:
        if case.pool.passages:
            names = names or list(case.pool.passages[0].features)
            matrix = np.array([[passage.features[name] for name in names] for passage in case.pool.passages])
            labels = [case.is_right(generation.chunks[passage.row]) for passage in case.pool.passages]
            groups.append((matrix, np.array(labels)))
    assert names is not None
    return fit_ranking(groups, names, _PASSAGE_SIGNS)


def _fit_sentences(
    ranked: Sequence[Ranked], generation: Generation, evidence: EvidenceModel
) -> tuple[LogisticModel, float]:
    """The sentence model, and the share of the best sentence's probability that others need."""
    scored = [
        (case, score_sentences(retrieval, generation, page_evidence(retrieval, generation, evidence)))
        for case, retrieval in ranked
    ]
    names = list(scored[0][1][0].features)
    groups = [
        (
            np.array([[sentence.features[name] for name in names] for sentence in sentences]),
            np.array([case.is_right(x.chunk, x.chunk.sentences[x.position]) for x in sentences]),
        )
        for case, sentences in scored
    ]
    model = fit_ranking(groups, names, _SENTENCE_SIGNS)
    judged = [
        (case, [(model.probability(x.features), x) for x in sentences if x.chunk.service == sentences[0].chunk.service])
        for case, sentences in scored
    ]
    return model, max((step / 50 for step in range(1, 50)), key=lambda share: _worth(judged, share))


def _worth(judged: Sequence[tuple[Case, Sequence[tuple[float, ScoredSentence]]]], share: float) -> float:
    """Complete answers less what their length costs the reader, a question."""
    whole = shown = 0
    for case, pairs in judged:
        best = max(probability for probability, _ in pairs)
        near = sorted((p for p in pairs if p[0] >= best * share), key=lambda pair: -pair[0])[:MAX_SENTENCES]
        right = (x for _, x in near if x.chunk.service in case.question.services)
        whole += case.is_complete("\n".join(x.chunk.sentences[x.position] for x in right))
        shown += len(near)
    return (whole - _SENTENCE_COST * shown) / len(judged)


def _plain(model: LogisticModel) -> dict[str, object]:
    return {"bias": round(model.bias, 4), "weights": {name: round(w, 4) for name, w in model.weights.items()}}
