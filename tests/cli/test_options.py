"""Options that several commands share."""

from datetime import timedelta

import pytest

from app.errors import InvalidInputError
from cli.options import duration


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("60s", timedelta(minutes=1)),
        ("30m", timedelta(minutes=30)),
        ("6h", timedelta(hours=6)),
        (" 1.5 D ", timedelta(days=1.5)),
        ("12w", timedelta(weeks=12)),
    ],
)
def test_spans_of_time(text: str, meant: timedelta) -> None:
    assert duration(text) == meant


@pytest.mark.parametrize("text", ["", "6", "h", "-1h", "6 hours", "1e9h", "nan", "100000w"])
def test_what_is_no_span_of_time_says_how_to_write_one(text: str) -> None:
    with pytest.raises(InvalidInputError, match="write it like 30m"):
        duration(text)
