import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.answering.weights import Weights
from app.models.ports import Embedder
from cli.evaluate import app
from evaluation.corpus import page_corpus
from evaluation.evidence import predict_evidence, selections
from evaluation.passages_file import Page, PageQuestion

pytestmark = pytest.mark.models


def _asked(number: int, text: str, service: str, *answers: int) -> PageQuestion:
    return PageQuestion(str(number), text, "de", service, f"{service}-de", bool(answers), answers)


def test_the_sentence_that_answers_is_predicted_by_its_number_in_the_page(
    embedder: Embedder, pages: tuple[Page, ...], decided: Weights
) -> None:
    asked = [
        _asked(1, "Was kostet ein neuer Personalausweis?", "ausweis", 1),
        _asked(2, "Muss ich ein biometrisches Foto mitbringen?", "ausweis", 2),
    ]
    with page_corpus(pages, embedder, lambda _name, _done, _total: None) as corpus:
        predicted = predict_evidence(asked, corpus, embedder, decided, lambda _done, _total: None)
    assert predicted == {"1": (1,), "2": (2,)}
    assert all(selection.predicted == selection.gold for selection in selections(asked, predicted))


def test_nothing_is_predicted_where_the_service_would_refuse(
    embedder: Embedder, pages: tuple[Page, ...], decided: Weights
) -> None:
    never = replace(decided, answerable_threshold=1.1)
    asked = [_asked(1, "Was kostet ein neuer Personalausweis?", "ausweis", 1)]
    with page_corpus(pages, embedder, lambda _name, _done, _total: None) as corpus:
        predicted = predict_evidence(asked, corpus, embedder, never, lambda _done, _total: None)
    assert predicted == {"1": ()}


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
