"""Recall of screening on many phrasings, and the ordinary questions that only look similar."""

from pathlib import Path

import pytest
import yaml

from app.answering.values import Status
from tests.answering.test_screen import screened

_PHRASINGS: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "screen_phrasings.yaml").read_text(encoding="utf-8")
)
_PASSES = _PHRASINGS.pop("passes")


@pytest.mark.parametrize(
    ("verdict", "text"), [(Status(verdict), text) for verdict, texts in _PHRASINGS.items() for text in texts]
)
def test_a_concern_is_recognised_however_it_is_put(verdict: Status, text: str) -> None:
    assert screened(text).verdict is verdict


@pytest.mark.parametrize("text", _PASSES)
def test_an_ordinary_question_that_looks_similar_goes_on(text: str) -> None:
    result = screened(text)
    assert result.verdict is None, result.signals
