"""Fits `app/answering/weights.json` on the dev split of the gold questions: `python -m evaluation.calibrate`.

Four logistic regressions with few, named features: which passage, which sentence, whether anything answers (with and
without lexical features). Labels come from the gold questions: a passage or sentence is right when it belongs to a
right service and contains a fact. For "does anything answer", each answerable question is also asked with its service
taken away, which makes it unanswerable. The held-out split is never read. Same data, same file: there is no chance.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from app.answering.evidence import answerable_features, score_sentences
from app.answering.follow_up import resolve_follow_up
from app.answering.language import answer_language
from app.answering.retrieve import Pool, Retrieval, gather, rank
from app.answering.values import Screened, Status, Turn
from app.answering.weights import WEIGHTS_FILE
from app.files import write_atomically
from app.index.generation import Generation, open_active
from app.models.factory import open_embedder
from app.models.logistic import LogisticModel
from app.models.ports import Embedder
from app.settings import get_settings
from evaluation.gold_file import GoldKind, GoldQuestion, read_gold
from evaluation.judge import has_fact

_DENSE_ONLY = ("dense", "sentence", "document", "name", "question", "module", "module_other", "open")
_ANSWERABLE_DENSE_ONLY = (
    "dense", "sentence", "sentence_z", "document_z", "passage", "passage_gap", "name", "name_z", "question", "question_z",
)  # fmt: skip
_REGULARISATION = 1.0
"""Inverse strength, scikit-learn's default; with so few features a search for a better one would only fit dev."""
_TAKEN_AWAY_WEIGHT = 0.5
"""Questions made unanswerable by taking their service away count half: a neighbouring text may still answer."""
_WRONG_ANSWER_COST = 1.0
"""How bad a wrong answer to an unanswerable question is, compared with a wrong refusal."""

Rows = list[dict[str, float]]


@dataclass(frozen=True, slots=True)
class _Case:
    """One gold question as retrieval saw it."""

    question: GoldQuestion
    pool: Pool
    text: str
    answerable: bool
    weight: float = 1.0


def main() -> None:
    """Fits and writes the weights, and prints how well they do on the questions that they were fitted on."""
    settings = get_settings()
    embedder = open_embedder(settings)
    generation = open_active(settings.data_dir, settings.default_tenant, embedder.info)
    gold = read_gold(settings.knowledge_dir / settings.default_tenant / "gold", "dev")
    cases = [case for question in gold for case in _cases(question, generation, embedder)]
    weights = fit(cases, generation)
    write_atomically(Path(WEIGHTS_FILE), json.dumps(weights, indent=2) + "\n")
    print(f"{len(cases)} cases; thresholds: sentence {weights['sentence_threshold']}, "  # noqa: T201
          f"answerable {weights['answerable_threshold']}")  # fmt: skip


def fit(cases: Sequence[_Case], generation: Generation) -> dict[str, object]:
    """The content of the weights file."""
    answerable = [case for case in cases if case.answerable]
    lexical = [case for case in answerable if case.pool.lexical]
    passage = _fit_passages(lexical, generation, None)
    passage_dense = _fit_passages(answerable, generation, _DENSE_ONLY)
    ranked = [(case, rank(case.pool, generation, passage if case.pool.lexical else passage_dense)) for case in cases]
    sentence, sentence_threshold, gap = _fit_sentences([pair for pair in ranked if pair[0].answerable], generation)
    with_terms = [pair for pair in ranked if pair[0].pool.lexical]
    decided, threshold = _fit_answerable(with_terms, generation, None)
    decided_dense, dense_threshold = _fit_answerable(ranked, generation, _ANSWERABLE_DENSE_ONLY)
    return {
        "passage": _plain(passage),
        "passage_dense": _plain(passage_dense),
        "sentence": _plain(sentence),
        "answerable": _plain(decided),
        "answerable_dense": _plain(decided_dense),
        "sentence_threshold": sentence_threshold,
        "sentence_gap": gap,
        "answerable_threshold": threshold,
        "answerable_dense_threshold": dense_threshold,
    }


def _cases(question: GoldQuestion, generation: Generation, embedder: Embedder) -> list[_Case]:
    if question.kind not in (GoldKind.ANSWERABLE, GoldKind.UNANSWERABLE):
        return []
    language = answer_language(None, question.question)
    text = _resolved(question, language, generation)
    day = generation.manifest.created_at.date()
    pool = gather(text, language, day, generation, embedder)
    if question.kind is GoldKind.UNANSWERABLE:
        return [_Case(question, pool, text, answerable=False)]
    without = gather(text, language, day, generation, embedder, without=frozenset(question.services))
    return [
        _Case(question, pool, text, answerable=True),
        _Case(question, without, text, answerable=False, weight=_TAKEN_AWAY_WEIGHT),
    ]


def _resolved(question: GoldQuestion, language: str, generation: Generation) -> str:
    """A follow-up as the pipeline would resolve it after a right answer to the question before."""
    if not question.after:
        return question.question
    topic = next(chunk for chunk in generation.chunks if chunk.service == question.services[0])
    turn = Turn(question.after[-1], topic.document_id, topic.title, topic.office, Status.ANSWERED)
    screened = Screened(text=question.question, masked=(), language=language, verdict=None, wording=None)
    return resolve_follow_up(screened, (turn,), generation).text


def _fit_passages(
    cases: Sequence[_Case], generation: Generation, names: Sequence[str] | None
) -> LogisticModel:
    rows: Rows = []
    labels: list[bool] = []
    for case in cases:
        for passage in case.pool.passages:
            rows.append(passage.features)
            chunk = generation.chunks[passage.row]
            labels.append(chunk.service in case.question.services and _has_fact(case.question, chunk.text))
    return _fit(rows, labels, names=names)


def _fit_sentences(
    ranked: Sequence[tuple[_Case, Retrieval]], generation: Generation
) -> tuple[LogisticModel, float, float]:
    rows: Rows = []
    labels: list[bool] = []
    asked: list[int] = []
    for number, (case, retrieval) in enumerate(ranked):
        for sentence in score_sentences(retrieval, generation):
            rows.append(sentence.features)
            asked.append(number)
            text = sentence.chunk.sentences[sentence.position]
            labels.append(sentence.chunk.service in case.question.services and _has_fact(case.question, text))
    model = _fit(rows, labels)
    probabilities = np.array([model.probability(row) for row in rows])
    best = np.array([probabilities[np.array(asked) == number].max(initial=0.0) for number in range(len(ranked))])
    truth, gaps = np.array(labels), best[np.array(asked)] - probabilities

    def score(threshold: float, gap: float) -> float:
        # Missing a fact is worse for a citizen than one sentence too many: F2 weighs recall four times as much.
        return _f_score((probabilities >= threshold) & (gaps <= gap), truth, beta=2.0)

    grid = [(t / 50, g / 50) for t in range(5, 45) for g in range(2, 51)]
    threshold, gap = max(grid, key=lambda pair: score(*pair))
    return model, round(threshold, 2), round(gap, 2)


def _fit_answerable(
    ranked: Sequence[tuple[_Case, Retrieval]], generation: Generation, names: Sequence[str] | None
) -> tuple[LogisticModel, float]:
    kept = [(case, retrieval) for case, retrieval in ranked if retrieval.candidates]
    rows = [answerable_features(retrieval, generation) for _, retrieval in kept]
    labels = [case.answerable for case, _ in kept]
    model = _fit(rows, labels, [case.weight for case, _ in kept], names)
    real = [(model.probability(row), case) for row, (case, _) in zip(rows, kept, strict=True) if case.weight == 1.0]

    def cost(threshold: float) -> float:
        refused = sum(case.answerable and p < threshold for p, case in real) / sum(c.answerable for _, c in real)
        answered = sum(not case.answerable and p >= threshold for p, case in real) / sum(
            not c.answerable for _, c in real
        )
        return refused + _WRONG_ANSWER_COST * answered

    # Among equally good thresholds the middle one: it leaves room on both sides for questions not seen here.
    grid = [round(float(t), 3) for t in np.arange(0.05, 0.95, 0.005)]
    lowest = min(map(cost, grid))
    best = [t for t in grid if cost(t) == lowest]
    return model, best[len(best) // 2]


def _fit(
    rows: Rows, labels: Sequence[bool], weights: Sequence[float] | None = None, names: Sequence[str] | None = None
) -> LogisticModel:
    """Features are standardised for fitting, and the weights scaled back, so that regularisation is even."""
    names = list(names or rows[0])
    matrix: NDArray[np.float64] = np.array([[row[name] for name in names] for row in rows])
    mean, spread = matrix.mean(axis=0), matrix.std(axis=0)
    spread[spread == 0] = 1.0
    model = LogisticRegression(C=_REGULARISATION, class_weight="balanced", max_iter=2000)
    model.fit((matrix - mean) / spread, np.array(labels), sample_weight=None if weights is None else np.array(weights))
    scaled = model.coef_[0] / spread
    bias = float(model.intercept_[0] - (scaled * mean).sum())
    return LogisticModel(bias=bias, weights={name: float(w) for name, w in zip(names, scaled, strict=True)})


def _f_score(chosen: NDArray[np.bool_], truth: NDArray[np.bool_], beta: float) -> float:
    hits = float((chosen & truth).sum())
    weighted = (1 + beta**2) * hits
    return weighted / (float(chosen.sum()) + beta**2 * float(truth.sum())) if hits else 0.0


def _has_fact(question: GoldQuestion, text: str) -> bool:
    return any(has_fact(fact, text) for fact in question.facts)


def _plain(model: LogisticModel) -> dict[str, object]:
    return {"bias": round(model.bias, 4), "weights": {name: round(w, 4) for name, w in model.weights.items()}}


if __name__ == "__main__":
    main()
