"""Fitting: what the sentences' features tell is learned, the same each time, and comes back from the files."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.models.evidence.features import Centre, sentence_features
from app.models.evidence.model import load_evidence_model
from app.models.evidence.page import AskedPage, Scores
from app.models.evidence.reader import products_of
from evaluation import train_evidence
from evaluation.evidence_examples import Example
from evaluation.evidence_fit import Scored, fit, precision_weight, score, selected
from evaluation.evidence_readers import train_readers
from tests.models.evidence.samples import CENTRE, DIMENSION, SENTENCES, page

LENGTH = len(SENTENCES) + 1
PAGES = 30


def _asked(number: int) -> tuple[AskedPage, int | None]:
    """A page on which the sentence that answers lies near the question; every fifth page doesn't answer."""
    chance = np.random.default_rng(number)
    vectors = chance.normal(size=(LENGTH, DIMENSION)).astype(np.float32)
    question = chance.normal(size=DIMENSION).astype(np.float32)
    row = None if number % 5 == 0 else number % LENGTH
    if row is not None:
        vectors[row] = question + 0.2 * vectors[row]
    asked = page((*SENTENCES, "Sonst nichts."))
    return replace(
        asked,
        question_vector=np.asarray(question / np.linalg.norm(question)),
        sentence_vectors=np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True)),
    ), row


@pytest.fixture(scope="module")
def examples() -> Sequence[Example]:
    made = []
    for number in range(PAGES):
        asked, row = _asked(number)
        marked = np.zeros(LENGTH, dtype=bool)
        if row is not None:
            marked[row] = True
        features = sentence_features(asked, CENTRE)
        made.append(Example(str(number), "de", number // 6, features, products_of(asked, CENTRE), marked))
    return made


def _scored(marked: tuple[int, ...], scores: Scores, unanswered: float) -> Scored:
    flags = np.zeros(len(scores), dtype=bool)
    flags[list(marked)] = True
    return Scored(Example("1", "de", 0, {}, np.zeros((len(scores), 1), dtype=np.float32), flags), scores, unanswered)


def test_what_answers_scores_higher_and_pages_without_answer_are_doubted(examples: Sequence[Example]) -> None:
    fitted = fit(examples)
    scored = [score(example, fitted) for example in examples]
    answered = [entry for entry in scored if entry.example.answered]
    right = [bool(entry.example.marked[entry.sentences.argmax()]) for entry in answered]
    assert np.mean(right) > 0.9
    others = [entry.unanswered for entry in scored if not entry.example.answered]
    assert np.mean(others) > np.mean([entry.unanswered for entry in answered])


def test_readers_are_the_same_each_time(examples: Sequence[Example]) -> None:
    one, other = (train_readers(examples, seeds=1) for _ in range(2))
    features, products = examples[1].features, examples[1].products
    assert np.array_equal(one.score(features, products), other.score(features, products))


def test_a_doubted_page_gives_nothing_and_any_other_its_best_sentences() -> None:
    entry = _scored((1,), np.array([-4.0, 3.0, -4.0]), unanswered=0.5)
    assert selected(entry, weight=0.5, cut=0.5).predicted == frozenset()
    assert selected(entry, weight=0.5, cut=0.6).predicted == selected(entry, 0.5, 0.6).gold == {1}


def test_the_weight_of_precision_follows_how_much_people_marked() -> None:
    scores = np.array([2.0, 0.3, -0.5, -3.0])
    single = [(_scored((0,), scores, -1.0), 0.0)]
    several = [(_scored((0, 1, 2), scores, -1.0), 0.0)]
    assert precision_weight(single) > precision_weight(several)


def test_what_is_written_is_what_was_fitted(
    examples: Sequence[Example], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "evidence.json"
    monkeypatch.setattr(train_evidence, "EVIDENCE_FILE", path)
    centre = Centre(CENTRE.question.round(3), CENTRE.sentence.round(3))
    train_evidence.fit_and_report(examples, centre)
    assert re.search(r"^de  selection .*% .* no answer .*%$", capsys.readouterr().out, re.MULTILINE)
    model = load_evidence_model(path)
    load_evidence_model.cache_clear()
    fitted = fit(examples)
    for number in (1, 2):
        asked, _ = _asked(number)
        expected = score(replace(examples[number], features=sentence_features(asked, centre)), fitted)
        found = model.score(asked)
        assert np.allclose(found.sentences, expected.sentences, atol=1e-2)
        assert found.unanswered == pytest.approx(expected.unanswered, abs=1e-2)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["evidence.json", "evidence.safetensors"]
