"""Set-ups: what they may name."""

import pytest
from pydantic import ValidationError

from app.trials.setup import QUOTES_ONLY, SetUp


def test_an_untouched_set_up_is_the_live_service() -> None:
    assert SetUp().is_live
    assert not SetUp(model=QUOTES_ONLY).is_live


@pytest.mark.parametrize(
    "wrong",
    [
        {"generation": "../../etc"},
        {"model": "/tmp/x.gguf"},
        {"prompts": {"../draft.de": ""}},
        {"threshold": 1.5},
        {"caution": "reckless"},
    ],
)
def test_nothing_outside_the_town_and_the_catalog_can_be_named(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        SetUp.model_validate(wrong)
