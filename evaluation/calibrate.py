"""Fits `app/answering/weights.json` on training questions and the dev split: `python -m evaluation.calibrate`.

Logistic regressions with few, named features: which passage, which sentence, whether anything answers (with and without
lexical features), and how the language model's second opinion is weighed with that. The held-out split is never used.
Same data, same file: there is no chance. Prints how well weights fitted on some services do on others, and whether the
probabilities are to be believed. Takes about 10 minutes on 2 cores.
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from app.answering.weights import WEIGHTS_FILE
from app.errors import AmtslotseError, ConfigurationError
from app.files import write_atomically
from app.index.generation import open_active
from app.models.factory import open_embedder, open_language_model
from app.settings import get_settings
from evaluation.calibration_cases import read_cases
from evaluation.calibration_check import cross_validate
from evaluation.calibration_fit import fit
from evaluation.reliability_html import reliability_html


def main(arguments: Sequence[str] | None = None) -> None:
    """Cross-validates, prints, and writes the weights unless only a check was asked for."""
    asked = _parser().parse_args(arguments)
    settings = get_settings()
    embedder = open_embedder(settings)
    generation = open_active(settings.data_dir, settings.default_tenant, embedder.info)
    model = open_language_model(settings)
    if model is None or model.info.adapter_sha256 is None:
        raise ConfigurationError("Calibrating needs the embedded model with its adapter: unset AMTSLOTSE_LLM_BACKEND.")
    cases = read_cases(settings, generation, embedder, model)
    adapter = model.info.adapter_sha256
    model.close()
    checked = cross_validate(cases, generation, adapter)
    for line in checked.lines():
        print(line)  # noqa: T201
    if asked.html is not None:
        write_atomically(asked.html, reliability_html(checked.reliability, generation.id))
    if asked.check:
        return
    weights = fit(cases, generation, adapter)
    write_atomically(asked.weights, json.dumps(weights, indent=2) + "\n")
    print(f"{len(cases)} cases; sentence share {weights['sentence_share']}, "  # noqa: T201
          f"answerable {weights['answerable_thresholds']}; written to {asked.weights}")  # fmt: skip


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m evaluation.calibrate", description="Fits the weights of the answering.")
    parser.add_argument("--check", action="store_true", help="print the cross-validated report, write no weights")
    parser.add_argument("--weights", type=Path, default=WEIGHTS_FILE, metavar="FILE", help="where to write the weights")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write the reliability diagram to this file")
    return parser


if __name__ == "__main__":
    try:
        main()
    except AmtslotseError as error:
        sys.exit(error.message)
