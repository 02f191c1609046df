"""Whether a town's colours can be read."""

import pytest

from app.web.colours import TEXT_CONTRAST, contrast, least_contrast, readable


@pytest.mark.parametrize(
    ("one", "other", "expected"), [("#000", "#fff", 21.0), ("#777777", "#ffffff", 4.48), ("#1b4f9c", "#1b4f9c", 1.0)]
)
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize("colour", ["#ffd400", "#fff", "#8ab8ff", "#00ff00"])
def test_a_light_colour_is_darkened_until_it_can_be_read(colour: str) -> None:
    assert least_contrast(colour) < TEXT_CONTRAST <= least_contrast(readable(colour))


def test_a_colour_that_can_be_read_stays() -> None:
    assert readable("#8a1538") == "#8a1538"


def test_what_is_no_colour_is_refused() -> None:
    with pytest.raises(ValueError, match="no colour"):
        contrast("red", "#fff")
