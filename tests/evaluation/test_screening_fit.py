"""The fit finds what there is to find, and thresholds keep false alarms rare."""

from collections.abc import Sequence

import numpy as np
import pytest

from app.answering.screen_model import ORDINARY
from app.answering.values import Status
from evaluation.screening_examples import FOLDS, REPLY, Example
from evaluation.screening_fit import (
    MISS_COSTS,
    OTHER_FALSE_ALARMS,
    STAFF_FALSE_ALARMS,
    Array,
    choose_thresholds,
    crossed,
    fit_softmax,
    label_of,
    verdict_shares,
)
from evaluation.screening_report import Judged, false_alarms, screening_lines

_DIMENSION = 6
_LABELS = (ORDINARY, "emergency.life", "emergency.crisis", "out_of_scope")


def example(label: str, number: int = 0, by_patterns: Status | None = None) -> Example:
    return Example(f"{label} {number}", label, "de", False, number % FOLDS, by_patterns)


def samples(count: int = 60) -> tuple[list[Example], Array]:
    """Examples whose vectors lie near their label's axis, then length, question mark and one cue."""
    chance = np.random.default_rng(7)
    examples = [example(label, number) for label in _LABELS for number in range(count)]
    vectors = np.eye(_DIMENSION)[[_LABELS.index(e.label) for e in examples]] + chance.normal(0, 0.2, (len(examples), 6))
    rest = np.column_stack([np.full(len(examples), 1.5), np.zeros(len(examples)), chance.integers(0, 2, len(examples))])
    return examples, np.hstack([vectors, rest])


def test_the_fit_tells_the_labels_apart_and_is_the_same_each_time() -> None:
    examples, matrix = samples()
    fitted, again = (fit_softmax(matrix, [e.label for e in examples], _DIMENSION) for _ in range(2))
    assert fitted.labels == tuple(sorted(_LABELS))
    assert (fitted.weights == again.weights).all()
    scores = matrix @ fitted.weights.T + fitted.bias
    right = [fitted.labels[row] == e.label for row, e in zip(scores.argmax(axis=1), examples, strict=True)]
    assert np.mean(right) > 0.95


def test_the_shares_of_a_verdict_are_those_of_all_its_wordings() -> None:
    examples, matrix = samples()
    shares = verdict_shares(fit_softmax(matrix, [e.label for e in examples], _DIMENSION), matrix)
    emergency = list(MISS_COSTS).index(Status.EMERGENCY)
    assert shares.shape == (len(examples), len(MISS_COSTS))
    assert np.mean([shares[row, emergency] > 0.5 for row, e in enumerate(examples) if "emergency" in e.label]) > 0.9


def test_a_fold_is_judged_by_models_that_have_not_seen_it() -> None:
    examples, matrix = samples()
    shares = crossed(examples, matrix, _DIMENSION)
    swapped = matrix.copy()
    rows = [row for row, e in enumerate(examples) if e.fold == 0]
    swapped[rows] = 0.0
    others = [row for row, e in enumerate(examples) if e.fold != 0]
    first = verdict_shares(
        fit_softmax(matrix[others], [examples[row].label for row in others], _DIMENSION), matrix[rows]
    )
    assert shares[rows] == pytest.approx(first)
    assert not np.allclose(crossed(examples, swapped, _DIMENSION)[others], shares[others])


def shares_of(pairs: Sequence[tuple[str, float]]) -> Array:
    verdicts = list(MISS_COSTS)
    shares = np.zeros((len(pairs), len(verdicts)))
    for row, (verdict, share) in enumerate(pairs):
        shares[row, verdicts.index(verdict)] = share
    return shares


def test_thresholds_leave_few_ordinary_questions_wrongly_stopped() -> None:
    chance = np.random.default_rng(3)
    verdicts = list(MISS_COSTS)
    examples = [example(ORDINARY, number) for number in range(2000)]
    pairs = [(verdicts[int(chance.integers(len(verdicts)))], float(chance.beta(1, 4))) for _ in examples]
    for label, verdict in (("emergency.life", Status.EMERGENCY), ("decided_by_staff", Status.DECIDED_BY_STAFF)):
        examples += [example(label, number) for number in range(100)]
        pairs += [(verdict, float(chance.beta(4, 2))) for _ in range(100)]
    thresholds = choose_thresholds(examples, shares_of(pairs))
    alarms = [verdict for verdict, share in pairs[:2000] if share >= thresholds[verdict]]
    staff = alarms.count(Status.DECIDED_BY_STAFF)
    assert 0 < staff <= STAFF_FALSE_ALARMS * 2000
    assert 0 < len(alarms) - staff <= OTHER_FALSE_ALARMS * 2000


def test_what_patterns_recognise_and_replies_do_not_move_a_threshold() -> None:
    examples = [example("emergency.life", 0), example("emergency.life", 1, Status.EMERGENCY), example(REPLY)]
    pairs = [(Status.EMERGENCY, 0.9), (Status.EMERGENCY, 0.1), (Status.EMERGENCY, 0.99)]
    examples += [example(ORDINARY, number) for number in range(10)]
    pairs += [(Status.EMERGENCY, 0.6)] * 10
    assert choose_thresholds(examples, shares_of(pairs))[Status.EMERGENCY] == pytest.approx(0.6001)


def test_a_reply_is_learned_as_ordinary() -> None:
    assert label_of(example(REPLY)) == ORDINARY
    assert label_of(example("declined.abuse")) == "declined.abuse"


def test_the_report_sets_patterns_alone_beside_patterns_with_model() -> None:
    judged = [
        Judged(example("emergency.life", 0), Status.EMERGENCY),
        Judged(example("emergency.life", 1, Status.EMERGENCY), Status.EMERGENCY),
        Judged(example(ORDINARY, 0), Status.DECLINED),
        Judged(example(REPLY, 0), Status.DECLINED),
    ]
    lines = [" ".join(line.split()) for line in screening_lines(judged)]
    assert "emergency de 2 patterns 50.0% with model 100.0%" in lines
    assert "ordinary all 1 patterns 100.0% with model 0.0%" in lines
    assert false_alarms(judged) == {Status.DECLINED: [f"{ORDINARY} 0"]}
