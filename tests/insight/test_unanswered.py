"""Clusters of open questions, narrowed to a time and to what is still kept."""

from datetime import timedelta

import pytest

from app.insight.questions import OpenQuestion, Reason
from app.insight.unanswered import Cluster
from tests.insight.samples import NOW


@pytest.fixture
def cluster() -> Cluster:
    """A question a day, newest first; the last one was rated badly, too."""
    reasons = [frozenset({Reason.NOT_IN_KNOWLEDGE})] * 3 + [frozenset({Reason.NOT_IN_KNOWLEDGE, Reason.NOT_HELPFUL})]
    questions = tuple(
        OpenQuestion(f"a{day}", NOW - timedelta(days=day), "de", "Wie?", of) for day, of in enumerate(reasons)
    )
    return Cluster(questions[1], questions, None)


@pytest.mark.parametrize(("days", "count"), [(-1, 0), (0, 1), (1, 2), (1.5, 2), (3, 4), (9, 4)])
def test_questions_since_a_moment_are_counted_with_those_of_the_moment(
    cluster: Cluster, days: float, count: int
) -> None:
    since = NOW - timedelta(days=days)
    assert cluster.count_since(since) == count
    recent = cluster.since(since)
    assert (len(recent.questions) if recent else 0) == count


def test_reasons_are_counted_by_question(cluster: Cluster) -> None:
    assert cluster.reasons() == {Reason.NOT_IN_KNOWLEDGE: 4, Reason.NOT_HELPFUL: 1}


def test_without_erased_questions_the_newest_that_is_left_names_the_cluster(cluster: Cluster) -> None:
    assert cluster.without(frozenset()) is cluster
    left = cluster.without(frozenset({"a1"}))
    assert left is not None
    assert [question.answer_id for question in left.questions] == ["a0", "a2", "a3"]
    assert left.central.answer_id == "a0"
    assert cluster.without(frozenset({"a0", "a1", "a2", "a3"})) is None
