"""The product's evidence model on pages of a data set, and the command that measures it."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from app.models.evidence.model import EvidenceModel, load_evidence_model
from app.models.ports import Embedder
from cli.evaluate import app
from evaluation.corpus import page_corpus
from evaluation.evidence import asked_page, predict_evidence, selections
from evaluation.passages_file import Page, PageQuestion

pytestmark = pytest.mark.models

PHOTO = "Muss ich ein biometrisches Foto mitbringen?"


def _asked(number: int, text: str, service: str, *answers: int) -> PageQuestion:
    return PageQuestion(str(number), text, "de", service, f"{service}-de", bool(answers), answers)


def _silent(*_progress: object) -> None:
    """A progress that nobody watches."""


@pytest.fixture(scope="module")
def exact() -> EvidenceModel:
    """Always answers, with the best sentence only: tests stay valid whatever the thresholds are fitted to."""
    return replace(load_evidence_model(), unanswered_threshold=float("inf"), precision_weight=1.0)


def test_the_sentence_that_answers_is_predicted_by_its_number_in_the_page(
    embedder: Embedder, pages: tuple[Page, ...], exact: EvidenceModel
) -> None:
    asked = [_asked(1, PHOTO, "ausweis", 2), _asked(2, "Bis wann muss ich mein Kind anmelden?", "kita", 1)]
    with page_corpus(pages, embedder, _silent) as corpus:
        predicted = predict_evidence(asked, corpus, embedder, exact, _silent)
    assert predicted == {"1": (2,), "2": (1,)}
    assert all(selection.predicted == selection.gold for selection in selections(asked, predicted))


def test_nothing_is_predicted_where_the_page_seems_not_to_answer(
    embedder: Embedder, pages: tuple[Page, ...], exact: EvidenceModel
) -> None:
    never = replace(exact, unanswered_threshold=float("-inf"))
    with page_corpus(pages, embedder, _silent) as corpus:
        predicted = predict_evidence([_asked(1, PHOTO, "ausweis", 2)], corpus, embedder, never, _silent)
    assert predicted == {"1": ()}


def test_an_empty_line_of_the_page_is_never_predicted(
    embedder: Embedder, pages: tuple[Page, ...], exact: EvidenceModel
) -> None:
    blank = replace(pages[0], sentences=("", " ", ""))
    everything = replace(exact, precision_weight=0.0)
    with page_corpus([blank, *pages[1:]], embedder, _silent) as corpus:
        predicted = predict_evidence([_asked(1, PHOTO, "ausweis", 2)], corpus, embedder, everything, _silent)
    assert predicted == {"1": ()}


def test_progress_counts_the_questions(embedder: Embedder, pages: tuple[Page, ...], exact: EvidenceModel) -> None:
    told: list[tuple[int, int]] = []
    with page_corpus(pages, embedder, _silent) as corpus:
        predict_evidence([_asked(1, PHOTO, "ausweis", 2)], corpus, embedder, exact, lambda *step: told.append(step))
    assert told == [(0, 1), (1, 1)]


def test_a_question_sees_its_own_page_in_the_order_of_its_text(embedder: Embedder, pages: tuple[Page, ...]) -> None:
    long = replace(pages[1], sentences=tuple(f"Satz {number} über Hunde und Steuern. " * 9 for number in range(20)))
    with page_corpus([pages[0], long, *pages[2:]], embedder, _silent) as corpus:
        assert len(corpus.rows["hund-de"]) > 1  # cut into several passages
        page = asked_page(_asked(1, PHOTO, "hund"), corpus, embedder)
    assert page.sentences == long.sentences
    assert page.title == long.title
    assert page.rarity.pages == len(pages)
    assert np.allclose(page.title_vector, embedder.embed_passages([long.title])[0], atol=1e-5)
    again = embedder.embed_passages([f"{long.title}: {sentence}" for sentence in long.sentences])
    assert np.allclose(page.sentence_vectors, again, atol=1e-5)


def test_the_command_writes_predictions_by_id_and_prints_the_figures(tmp_path: Path, pages: tuple[Page, ...]) -> None:
    data, predictions = tmp_path / "data.jsonl", tmp_path / "predictions.json"
    rows = [
        {"id": 11, "question": "Was kostet der Personalausweis?", "answers": [1], "pageId": 1},
        {"id": 12, "question": "Wie hoch ist der Gipfel des Mount Everest?", "answers": [], "pageId": 1},
    ]
    context = "\n".join((pages[0].title, *pages[0].sentences))
    data.write_text("".join(json.dumps({**row, "context": context, "language": "de"}) + "\n" for row in rows))
    result = CliRunner().invoke(app, ["evidence", "--data", str(data), "--predictions", str(predictions), "--json"])
    assert result.exit_code == 0, result.output
    written = json.loads(predictions.read_text())
    assert set(written) == {"11", "12"}
    assert all(set(numbers) <= {1, 2} for numbers in written.values())
    figures = json.loads(result.stdout)
    assert (figures["questions"], figures["answerable"]) == (2, 1)
    assert set(figures["selection"]) == {"precision", "recall", "f"}
