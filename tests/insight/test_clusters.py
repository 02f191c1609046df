"""Grouping by nearness."""

import numpy as np

from app.insight.clusters import grouped
from app.insight.meaning import Meaning


def meaning(angle: float, *words: str) -> Meaning:
    """A vector in the plane, at that angle in degrees."""
    radians = np.deg2rad(angle)
    return Meaning(np.array([np.cos(radians), np.sin(radians)], dtype=np.float32), frozenset(words))


def test_questions_about_the_same_thing_stand_together() -> None:
    asked = [meaning(0, "hund"), meaning(120, "kita"), meaning(10, "hund"), meaning(115, "kita"), meaning(240, "pass")]
    groups = grouped(asked, [1] * 5, ["de"] * 5)
    assert [group.members for group in groups] == [(0, 2), (1, 3), (4,)]
    assert grouped(asked, [1] * 5, ["de"] * 5) == groups


def test_the_most_central_question_names_the_group_and_a_german_one_first() -> None:
    asked = [meaning(0, "hund"), meaning(10, "hund"), meaning(20, "hund")]
    (group,) = grouped(asked, [1, 1, 1], ["de", "de", "de"])
    assert group.central == 1
    (group,) = grouped(asked, [1, 1, 1], ["de", "ar", "ar"])
    assert group.central == 0
    (group,) = grouped(asked, [1, 1, 9], ["de", "de", "de"])
    assert group.central == 2


def test_none_and_one_are_no_special_cases_for_the_caller() -> None:
    assert grouped([], [], []) == ()
    (group,) = grouped([meaning(0)], [3], ["de"])
    assert (group.central, group.members) == (0, (0,))
