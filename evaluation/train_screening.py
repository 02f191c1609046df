"""Fits `app/answering/screen_model.json` and measures it: `python -m evaluation.train_screening [--gold FOLDER]`.

Fitted on the phrasings in `evaluation/training/screening/` that are not held out, on the training questions and on the
questions of the drafting pages, all ordinary. Ordinary questions on which a pattern fires are left out: they are
doubtful, and the model isn't asked about them. The thresholds come from cross-validation on the same examples; the
held-out phrasings are only measured. No chance is involved: same files and same vectors, same model. Takes some
minutes on 2 cores, mostly for the vectors.
"""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from app.answering.patterns import categories
from app.answering.screen_model import SCREEN_MODEL_FILE, ScreenModel, features
from app.answering.values import Status
from app.files import write_atomically
from app.models.factory import open_embedder
from app.models.ports import Embedder
from app.models.remembered import RememberedQueries
from app.settings import get_settings
from evaluation.drafting_pages import read_pages
from evaluation.gold_file import read_gold
from evaluation.screening_examples import PHRASINGS, Example, gold_examples, page_examples, read_phrasings
from evaluation.screening_fit import Array, Coefficients, choose_thresholds, crossed, fit_softmax, label_of
from evaluation.screening_report import Judged, false_alarms, screening_lines

_DIGITS = 4


def main() -> None:
    """Fits, writes the model, prints the figures of the held-out phrasings and of the gold questions' dev split."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, help="folder with gold questions: measures their dev split, too")
    gold = parser.parse_args().gold
    phrasings = read_phrasings()
    known = gold_examples(read_gold(PHRASINGS.parent)) + page_examples(read_pages())
    embedder = RememberedQueries(open_embedder(get_settings()))
    learned = [e for e in (*phrasings, *known) if not e.held_out and not (e.verdict is None and e.by_patterns)]
    model = fit_model(learned, embedder)
    write_atomically(SCREEN_MODEL_FILE, content_of(model))
    print(f"{SCREEN_MODEL_FILE.name} written: {len(learned)} examples")  # noqa: T201
    print("thresholds: " + ", ".join(f"{name} {least}" for name, least in model.thresholds.items()))  # noqa: T201
    _report("held-out phrasings", [example for example in phrasings if example.held_out], model, embedder)
    if gold:
        _report("dev", gold_examples(read_gold(gold, "dev")), model, embedder)


def fit_model(learned: Sequence[Example], embedder: Embedder) -> ScreenModel:
    """Thresholds by cross-validation, coefficients on everything."""
    matrix = _matrix(learned, embedder)
    dimension = embedder.info.dimension
    thresholds = choose_thresholds(learned, crossed(learned, matrix, dimension))
    fitted = fit_softmax(matrix, [label_of(example) for example in learned], dimension)
    rounded = Coefficients(fitted.labels, fitted.weights.round(_DIGITS), fitted.bias.round(_DIGITS))
    return rounded.model(embedder.info.revision, thresholds)


def content_of(model: ScreenModel) -> str:
    """The model's file."""
    return (
        json.dumps(
            {
                "embedder_revision": model.embedder_revision,
                "thresholds": dict(model.thresholds),
                "cues": sorted(category.name for category in categories()),
                "labels": model.labels,
                "bias": model.bias.tolist(),
                "weights": model.weights.tolist(),
            },
            indent=None,
        ).replace("], [", "],\n[")
        + "\n"
    )


def judge(examples: Sequence[Example], model: ScreenModel, embedder: Embedder) -> tuple[Judged, ...]:
    """What patterns and model together make of each example."""

    def verdict(example: Example) -> Status | None:
        if example.by_patterns is not None:
            return example.by_patterns
        seen = model.recognise(example.text, embedder.embed_query(example.text))
        return seen.verdict if seen else None

    return tuple(Judged(example, verdict(example)) for example in examples)


def _matrix(examples: Sequence[Example], embedder: Embedder) -> Array:
    return np.array([features(example.text, embedder.embed_query(example.text)) for example in examples])


def _report(title: str, examples: Sequence[Example], model: ScreenModel, embedder: Embedder) -> None:
    judged = judge(examples, model, embedder)
    print(f"{title}:", *screening_lines(judged), sep="\n")  # noqa: T201
    for verdict, texts in false_alarms(judged).items():
        print(f"  {len(texts)} ordinary taken for {verdict}")  # noqa: T201


if __name__ == "__main__":
    main()
