"""Fits `app/models/evidence/evidence.json` on OMoS-QA: `python -m evaluation.train_evidence FOLDER`.

FOLDER holds `train_<language>.jsonl` and `dev_<language>.jsonl`. All languages together, because a translated page
is the same page seen through other words: that halves the noise of the features. First cross-validation with pages
kept apart (nested: the thresholds and the first step's scores of a fold come from its training pages alone), then the
fit on everything. Seeds are fixed: same files on the same machine, same model. Takes about half an hour on 2 cores.
"""

import json
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.files import write_atomically
from app.models.evidence.features import Centre, sentence_features
from app.models.evidence.model import EVIDENCE_FILE, Linear
from app.models.evidence.page import AskedPage
from app.models.evidence.reader import products_of
from app.models.factory import open_embedder
from app.models.ports import Embedder
from app.settings import get_settings
from evaluation.corpus import page_corpus
from evaluation.evidence import asked_page
from evaluation.evidence_examples import Example
from evaluation.evidence_fit import Fitted, Scored, fit, precision_weight, score, selected
from evaluation.passages_file import PageQuestion, PassageData, read_passages
from evaluation.selection import EvidenceFigures, Selection, evidence_figures

LANGUAGES = ("de", "en", "fr", "ar", "uk")
FOLDS = 5


def main(folder: Path) -> None:
    """Prints the cross-validated figures per language and writes the model."""
    sets = [read_passages([folder / f"{split}_{name}.jsonl" for split in ("train", "dev")]) for name in LANGUAGES]
    fit_and_report(*_examples(sets, open_embedder(get_settings())))


def fit_and_report(examples: Sequence[Example], centre: Centre) -> None:
    """Cross-validates, prints, fits on everything, writes.

    The one number that is chosen after cross-validation, how much precision counts, is chosen for each fold on the
    other folds.
    """
    scored: list[tuple[Scored, float]] = []
    for fold in range(FOLDS):
        fitted = fit([example for example in examples if example.fold != fold])
        scored += [(score(e, fitted), fitted.unanswered_threshold) for e in examples if e.fold == fold]
    predictions: dict[str, list[Selection]] = {example.language: [] for example in examples}
    for fold in range(FOLDS):
        weight = precision_weight([pair for pair in scored if pair[0].example.fold != fold])
        for entry, cut in scored:
            if entry.example.fold == fold:
                predictions[entry.example.language].append(selected(entry, weight, cut))
    print(f"{FOLDS}-fold cross-validation, pages kept apart (P/R/F in %):")  # noqa: T201
    for language, selections in predictions.items():
        print(_line(language, evidence_figures(selections)), flush=True)  # noqa: T201
    final = fit(examples)
    final.readers.save(EVIDENCE_FILE.with_suffix(".safetensors"))
    write_atomically(EVIDENCE_FILE, _content(final, precision_weight(scored), centre))
    print(f"{EVIDENCE_FILE.name} written: {len(examples)} questions")  # noqa: T201


def _examples(sets: Sequence[PassageData], embedder: Embedder) -> tuple[list[Example], Centre]:
    asked: list[tuple[PageQuestion, AskedPage, NDArray[np.bool_]]] = []
    for data in sets:
        with page_corpus(data.pages, embedder, _progress) as corpus:
            for question in data.questions:
                page = asked_page(question, corpus, embedder)
                if not page.sentences:
                    continue
                marked = np.zeros(len(page.sentences), dtype=bool)
                marked[[answer - 1 for answer in question.answers if answer > 0]] = True
                asked.append((question, page, marked))
    centre = Centre(
        question=np.mean([page.question_vector for _, page, _ in asked], axis=0),
        sentence=np.mean([page.sentence_vectors.mean(axis=0) for _, page, _ in asked], axis=0),
    )
    return [
        Example(
            question=question.id,
            language=question.language,
            fold=_fold(question.service),
            features=sentence_features(page, centre),
            products=products_of(page, centre),
            marked=marked,
        )
        for question, page, marked in asked
    ], centre


def _fold(service: str) -> int:
    """By a digest of the page's id, so that all questions and languages of a page fall together."""
    return int(sha256(service.encode()).hexdigest(), 16) % FOLDS


def _content(fitted: Fitted, weight: float, centre: Centre) -> str:
    def plain(model: Linear) -> dict[str, object]:
        weights = zip(model.names, model.weights, strict=True)
        return {"bias": round(model.bias, 5), "weights": {name: round(float(weight), 5) for name, weight in weights}}

    content = {
        "alone": plain(fitted.alone),
        "in_context": plain(fitted.in_context),
        "unanswered": plain(fitted.unanswered),
        "precision_weight": round(weight, 3),
        "unanswered_threshold": round(fitted.unanswered_threshold, 3),
        "centre": {
            "question": [round(float(value), 5) for value in centre.question],
            "sentence": [round(float(value), 5) for value in centre.sentence],
        },
    }
    return json.dumps(content) + "\n"


def _line(language: str, figures: EvidenceFigures) -> str:
    def three(name: str) -> str:
        prf = getattr(figures, name)
        return f"{prf.precision:5.1%} {prf.recall:5.1%} {prf.f:5.1%}"

    return f"{language}  selection {three('selection')}   no answer {three('no_answer')}"


def _progress(step: str, done: int, count: int) -> None:
    print(f"\r{step} {done}/{count}", end="", file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
