"""Fits `app/answering/weights.json` on training questions and the dev split: `python -m evaluation.calibrate`.

Four logistic regressions with few, named features: which passage, which sentence, whether anything answers (with and
without lexical features). Labels come from the gold questions: a passage or sentence is right when it belongs to a
right service and contains a fact. The held-out split is never read. Same data, same file: there is no chance.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.answering.evidence import MAX_SENTENCES, answerable_features, score_sentences, select_evidence
from app.answering.language import answer_language
from app.answering.page_evidence import page_evidence
from app.answering.retrieve import Pool, Retrieval, gather, rank
from app.answering.weights import WEIGHTS_FILE, parse_weights
from app.files import write_atomically
from app.index.chunk import Chunk
from app.index.generation import Generation, open_active
from app.index.modules import ModuleKind
from app.models.evidence.model import load_evidence_model
from app.models.factory import open_embedder
from app.models.logistic import LogisticModel
from app.models.ports import Embedder
from app.settings import get_settings
from evaluation.fitting import fit_binary, fit_ranking
from evaluation.gold_file import GoldKind, GoldQuestion, read_gold
from evaluation.judge import has_fact
from evaluation.retrieval import standalone

_DENSE_ONLY = ("dense", "sentence", "document", "name", "question", "module", "module_other", "open")
_ANSWERABLE_DENSE_ONLY = tuple(
    "dense sentence sentence_z document_z passage passage_gap name name_z question question_z page page_best".split()
)
_PASSAGE_SIGNS = dict.fromkeys(
    "dense sentence document name question named lexical lexical_share module open".split(), 1
)
_SENTENCE_SIGNS = {
    "cosine_gap": -1, "passage_gap": -1, "passage": 1, "rank": -1, "same_service": 1, "first_passage": 1, "overlap": 1,
    "cue": 1, "lead_in": -1, "evidence": 1,
}  # fmt: skip
_ANSWERABLE_SIGNS = {
    "dense": 1, "sentence": 1, "sentence_z": 1, "document_z": 1, "passage": 1, "passage_gap": 1, "name": 1, "name_z": 1,
    "question": 1, "question_z": 1, "named": 1, "coverage": 1, "unknown": -1, "lexical": 1,
    "page": 1, "page_best": 1,
}  # fmt: skip
_SENTENCE_COST = 0.02
"""What one sentence more costs a reader, measured in complete answers: fifty sentences for one more complete answer."""
_WRONG_ANSWER_COST = {"cautious": 2.0, "helpful": 1.0}
"""Per operating point, how bad a wrong answer to an unanswerable question is, compared with a wrong refusal."""

TRAINING_FOLDER = Path(__file__).with_name("training")
_FOLDS = 5
_PLAIN = "plain-"
_PLAIN_FORMS = {
    ModuleKind.COSTS: ("Was kostet: {}?", "{} kosten"),
    ModuleKind.REQUIRED_DOCUMENTS: ("Welche Unterlagen brauche ich: {}?", "{} unterlagen"),
    ModuleKind.PROCESSING_TIME: ("Wie lange dauert das: {}?",),
    ModuleKind.DEADLINE: ("Bis wann muss ich das machen: {}?",),
}


@dataclass(frozen=True, slots=True)
class _Case:
    """One gold question as retrieval saw it."""

    question: GoldQuestion
    pool: Pool
    answerable: bool
    plain: bool
    """Made from a title by `plain_questions`, not written by a person."""


def main() -> None:
    """Fits and writes the weights, and prints how well they do on the questions that they were fitted on."""
    settings = get_settings()
    embedder = open_embedder(settings)
    generation = open_active(settings.data_dir, settings.default_tenant, embedder.info)
    gold = [
        *read_gold(TRAINING_FOLDER, "training"),
        *read_gold(settings.knowledge_dir / settings.default_tenant / "gold", "dev"),
    ]
    gold += plain_questions(gold, generation)
    cases = [case for question in gold for case in _cases(question, generation, embedder)]
    for line in cross_validate(cases, generation):
        print(line)  # noqa: T201
    weights = fit(cases, generation)
    write_atomically(Path(WEIGHTS_FILE), json.dumps(weights, indent=2) + "\n")
    print(f"{len(cases)} cases; sentence share {weights['sentence_share']}, "  # noqa: T201
          f"answerable {weights['answerable_thresholds']}")  # fmt: skip


def fit(cases: Sequence[_Case], generation: Generation) -> dict[str, object]:
    """The content of the weights file."""
    answerable = [case for case in cases if case.answerable]
    lexical = [case for case in answerable if case.pool.lexical]
    passage = _fit_passages(lexical, generation, None)
    passage_dense = _fit_passages(answerable, generation, _DENSE_ONLY)
    # Plain questions teach what a name means; whether and with what to answer is learned from what people wrote.
    written = [case for case in cases if not case.plain]
    ranked = [(case, rank(case.pool, generation, passage if case.pool.lexical else passage_dense)) for case in written]
    sentence, share = _fit_sentences([pair for pair in ranked if pair[0].answerable], generation)
    with_terms = [pair for pair in ranked if pair[0].pool.lexical]
    decided, thresholds = _fit_answerable(with_terms, generation, None)
    decided_dense, dense_thresholds = _fit_answerable(ranked, generation, _ANSWERABLE_DENSE_ONLY)
    return {
        "passage": _plain(passage),
        "passage_dense": _plain(passage_dense),
        "sentence": _plain(sentence),
        "answerable": _plain(decided),
        "answerable_dense": _plain(decided_dense),
        "sentence_share": share,
        "answerable_thresholds": thresholds,
        "answerable_dense_thresholds": dense_thresholds,
    }


def plain_questions(gold: Sequence[GoldQuestion], generation: Generation) -> list[GoldQuestion]:
    """The simplest questions there are, made from titles and synonyms: the written ones are mostly hard.

    One a module and service, only about services that have written questions; the facts are the module's sentences.
    """
    services = {service for question in gold for service in question.services}
    made = []
    for chunk in generation.chunks:
        forms = _PLAIN_FORMS.get(chunk.module)
        if forms and chunk.language == "de" and chunk.service in services:
            names = [
                a.text for a in generation.aliases.aliases if a.document_id == chunk.document_id and not a.question
            ]
            for number, form in enumerate(forms):
                made.append(
                    GoldQuestion(
                        id=f"{_PLAIN}{chunk.id}-{number}", split="training", question=form.format(names[number % 3]),
                        language="de", kind=GoldKind.ANSWERABLE, services=(chunk.service,), facts=(chunk.sentences,),
                    )
                )  # fmt: skip
    return made


def cross_validate(cases: Sequence[_Case], generation: Generation) -> Iterator[str]:
    """How well weights fitted on some services do on others, a line a figure: the honest estimate without held-out."""
    groups = sorted({_group(case) for case in cases})
    first = service_hits = passage_hits = 0
    kept = refused = unanswerable = 0
    for fold in range(_FOLDS):
        left_out = set(groups[fold::_FOLDS])
        weights = parse_weights(json.dumps(fit([c for c in cases if _group(c) not in left_out], generation)).encode())
        for case in cases:
            if case.plain or _group(case) not in left_out:
                continue
            retrieval = rank(case.pool, generation, weights.passage if case.pool.lexical else weights.passage_dense)
            evidence = select_evidence(retrieval, generation, weights)
            if not case.answerable:
                unanswerable += 1
                refused += not evidence.sentences
                continue
            first += 1
            top = retrieval.candidates[0].chunk
            service_hits += top.service in case.question.services
            passage_hits += _is_right(case.question, top)
            said = "\n".join(sentence.text for sentence in evidence.sentences)
            right_place = any(sentence.chunk.service in case.question.services for sentence in evidence.sentences)
            kept += right_place and all(has_fact(fact, said) for fact in case.question.facts)
    yield f"cross-validated by service on {first} answerable and {unanswerable} unanswerable questions:"
    yield f"  right service first {service_hits / first:.1%}, right passage first {passage_hits / first:.1%}"
    yield f"  evidence with all facts {kept / first:.1%}, right refusals {refused / unanswerable:.1%}"


def _group(case: _Case) -> str:
    """Questions about one service stay together; unanswerable ones form groups of their own."""
    return case.question.services[0] if case.question.services else case.question.id


def _cases(question: GoldQuestion, generation: Generation, embedder: Embedder) -> list[_Case]:
    if question.kind not in (GoldKind.ANSWERABLE, GoldKind.UNANSWERABLE):
        return []
    language = answer_language(None, question.question)
    text = standalone(question, generation)
    day = generation.manifest.created_at.date()
    pool = gather(text, language, day, generation, embedder)
    return [
        _Case(question, pool, answerable=question.kind is GoldKind.ANSWERABLE, plain=question.id.startswith(_PLAIN))
    ]


def _fit_passages(cases: Sequence[_Case], generation: Generation, names: Sequence[str] | None) -> LogisticModel:
    groups = []
    for case in cases:
        if case.pool.passages:
            names = names or list(case.pool.passages[0].features)
            matrix = np.array([[passage.features[name] for name in names] for passage in case.pool.passages])
            labels = [_is_right(case.question, generation.chunks[passage.row]) for passage in case.pool.passages]
            groups.append((matrix, np.array(labels)))
    assert names is not None
    return fit_ranking(groups, names, _PASSAGE_SIGNS)


def _fit_sentences(ranked: Sequence[tuple[_Case, Retrieval]], generation: Generation) -> tuple[LogisticModel, float]:
    evidence = load_evidence_model()
    scored = [
        (case, score_sentences(retrieval, generation, page_evidence(retrieval, generation, evidence)))
        for case, retrieval in ranked
    ]
    names = list(scored[0][1][0].features)
    groups = [
        (
            np.array([[sentence.features[name] for name in names] for sentence in sentences]),
            np.array([_is_right(case.question, x.chunk, x.chunk.sentences[x.position]) for x in sentences]),
        )
        for case, sentences in scored
    ]
    model = fit_ranking(groups, names, _SENTENCE_SIGNS)
    judged = [
        (case, [(model.probability(x.features), x) for x in sentences if x.chunk.service == sentences[0].chunk.service])
        for case, sentences in scored
    ]

    def value(share: float) -> float:
        whole = shown = 0
        for case, pairs in judged:
            best = max(probability for probability, _ in pairs)
            near = sorted((p for p in pairs if p[0] >= best * share), key=lambda pair: -pair[0])[:MAX_SENTENCES]
            said = "\n".join(
                x.chunk.sentences[x.position] for _, x in near if x.chunk.service in case.question.services
            )
            whole += all(has_fact(fact, said) for fact in case.question.facts)
            shown += len(near)
        return (whole - _SENTENCE_COST * shown) / len(judged)

    return model, max((step / 50 for step in range(1, 50)), key=value)


def _fit_answerable(
    ranked: Sequence[tuple[_Case, Retrieval]], generation: Generation, names: Sequence[str] | None
) -> tuple[LogisticModel, dict[str, float]]:
    evidence = load_evidence_model()
    kept = [
        (case, answerable_features(retrieval, generation, page_evidence(retrieval, generation, evidence)))
        for case, retrieval in ranked
        if retrieval.candidates
    ]
    names = list(names or kept[0][1])
    matrix = np.array([[features[name] for name in names] for _, features in kept])
    model = fit_binary(matrix, np.array([case.answerable for case, _ in kept]), names, _ANSWERABLE_SIGNS)
    judged = [(model.probability(features), case.answerable) for case, features in kept]
    answerable = sum(truth for _, truth in judged)

    def cost(threshold: float, wrong_answer: float) -> float:
        refused = sum(truth and p < threshold for p, truth in judged) / answerable
        answered = sum(not truth and p >= threshold for p, truth in judged) / (len(judged) - answerable)
        return refused + wrong_answer * answered

    # Among equally good thresholds the middle one: it leaves room on both sides for questions not seen here.
    grid = [round(float(t), 3) for t in np.arange(0.05, 0.95, 0.005)]
    thresholds = {}
    for point, wrong_answer in _WRONG_ANSWER_COST.items():
        costs = [cost(threshold, wrong_answer) for threshold in grid]
        best = [threshold for threshold, value in zip(grid, costs, strict=True) if value == min(costs)]
        thresholds[point] = best[len(best) // 2]
    return model, thresholds


def _is_right(question: GoldQuestion, chunk: Chunk, text: str | None = None) -> bool:
    """Whether a passage (or a sentence of it) belongs to a right service and contains a fact."""
    told = chunk.text if text is None else text
    return chunk.service in question.services and any(has_fact(fact, told) for fact in question.facts)


def _plain(model: LogisticModel) -> dict[str, object]:
    return {"bias": round(model.bias, 4), "weights": {name: round(w, 4) for name, w in model.weights.items()}}


if __name__ == "__main__":
    main()
