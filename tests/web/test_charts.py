"""Charts: drawing and table say the same, and nothing rests on colour alone."""

import pytest

from app.web.charts import MOST_SERIES, Chart, Kind, Series, shown


def chart(kind: Kind, *series: Series, unit: str = "", decimals: int = 0) -> Chart:
    count = len(series[0].values)
    labels = tuple(f"Tag {number}" for number in range(1, count + 1))
    return Chart("test", kind, "Fragen", unit, "Tag", labels, labels, series, decimals)


def test_bars_are_as_high_as_their_share_of_a_round_top_value() -> None:
    bars = chart(Kind.BARS, Series("Fragen", (10.0, 0.0, 35.0)))
    assert bars.top == 40
    boxes = list(bars.boxes())
    assert [(box.y, box.height) for box in boxes] == [(75.0, 25.0), (12.5, 87.5)]
    assert boxes[1].says == "Tag 3, Fragen: 35"


def test_stacked_parts_stand_on_one_another() -> None:
    stacked = chart(Kind.STACKED, Series("a", (1.0,)), Series("b", (3.0,)))
    lower, upper = stacked.boxes()
    assert (lower.y, lower.height) == (75.0, 25.0)
    assert (upper.y, upper.height) == (0.0, 75.0)
    assert (lower.x, lower.width) == (upper.x, upper.width)


def test_bars_of_several_series_stand_side_by_side() -> None:
    first, second = chart(Kind.BARS, Series("a", (1.0,)), Series("b", (1.0,))).boxes()
    assert second.x == pytest.approx(first.x + first.width)


def test_a_line_has_a_gap_where_a_value_is_missing() -> None:
    lines = chart(Kind.LINES, Series("a", (1.0, None, 2.0, 3.0)))
    assert len(list(lines.points())) == 3
    (segment,) = lines.segments()
    assert segment.x1 < segment.x2


def test_the_table_has_every_value_of_the_drawing() -> None:
    lines = chart(Kind.LINES, Series("a", (1234.5, None)), Series("b", (0.25, 1.0)), unit="s", decimals=2)
    assert list(lines.rows()) == [("Tag 1", ("1.234,50 s", "0,25 s")), ("Tag 2", ("–", "1,00 s"))]


def test_nothing_to_draw_is_said_and_no_division_by_zero() -> None:
    empty = chart(Kind.STACKED, Series("a", (0.0, 0.0)))
    assert empty.is_empty
    assert list(empty.boxes()) == []
    assert "keine Werte" in empty.description


def test_the_description_names_the_highest_place_and_points_to_the_table() -> None:
    said = chart(Kind.BARS, Series("Fragen", (1.0, 7.0))).description
    assert "Tag 2" in said
    assert "Fragen 7" in said
    assert "Tabelle" in said


@pytest.mark.parametrize("count", [1, 7, 30, 90])
def test_labels_never_crowd(count: int) -> None:
    ticks = chart(Kind.BARS, Series("a", (1.0,) * count)).ticks()
    assert 1 <= len(ticks) <= 8
    assert 1 <= sum(tick.narrow for tick in ticks) <= 3
    assert all(0 < tick.at < 100 for tick in ticks)


@pytest.mark.parametrize(("highest", "top"), [(0.0, 4), (3.0, 4), (4.0, 4), (5.0, 6), (9.9, 10), (10.0, 10), (61, 80)])
def test_the_top_is_round_and_above_all_values(highest: float, top: float) -> None:
    assert chart(Kind.BARS, Series("a", (highest,))).top == top


def test_more_series_than_patterns_become_one_for_the_rest() -> None:
    series = [Series(str(number), (float(number),)) for number in range(1, 10)]
    kept = shown(series, "andere")
    assert len(kept) == MOST_SERIES
    assert kept[-1] == Series("andere", (10.0,))
    assert sum(one.values[0] or 0 for one in kept) == 45
