"""Which way words run."""

import pytest

from app.wording.catalog import catalogs
from app.wording.direction import direction


@pytest.mark.parametrize(("language", "expected"), [("ar", "rtl"), ("fa", "rtl"), ("he", "rtl"), ("de", "ltr")])
def test_direction_follows_the_script(language: str, expected: str) -> None:
    assert direction(language) == expected


def test_arabic_is_the_only_language_of_ours_from_right_to_left() -> None:
    assert [language for language in catalogs() if direction(language) == "rtl"] == ["ar"]
