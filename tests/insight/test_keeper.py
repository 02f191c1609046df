"""What is kept in memory follows the log."""

from datetime import timedelta

import pytest

from app.answering.service import AnsweringService
from app.insight.keeper import FRESH, InsightKeeper
from app.insight.meaning import MeaningCache
from app.insight.unanswered import find_unanswered
from tests.insight.samples import NOW, TOWN, log

WAIT_S = 60


def test_an_old_state_is_shown_while_a_fresh_one_is_found(service: AnsweringService) -> None:
    moments = [NOW]
    keeper = InsightKeeper(lambda: moments[-1])
    log(service.records, "a", "Was kostet die Hundesteuer?")
    first = keeper.latest(service, TOWN, WAIT_S)
    assert first is not None
    assert len(first.unanswered.clusters) == 1
    assert keeper.latest(service, TOWN) is first
    moments.append(NOW + FRESH + timedelta(minutes=1))
    assert keeper.latest(service, TOWN) is not None
    keeper.close()
    assert set(keeper.upkeep.last()) == {"insight"}


def test_a_failure_is_noted_and_nothing_old_is_shown(
    service: AnsweringService, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = InsightKeeper(lambda: NOW)
    service.records.close()
    monkeypatch.setattr("app.insight.keeper.find_unanswered", _fails)
    assert keeper.latest(service, TOWN, WAIT_S) is None
    keeper.close()
    assert keeper.upkeep.last()["insight"].error == "The disk failed."


def test_the_meaning_of_an_erased_question_goes_with_the_next_look(service: AnsweringService) -> None:
    generation, cache = service.generations.active(TOWN), MeaningCache()
    log(service.records, "a", "Was kostet die Hundesteuer?")
    log(service.records, "b", "Was kostet die Hundesteuer?")
    log(service.records, "c", "Wo ist die Kita?")
    database = service.records.database
    found = find_unanswered(database, generation, service.pipeline, cache, NOW)
    assert [len(cluster.questions) for cluster in found.clusters] == [2, 1]
    assert found.clusters[0].nearest is not None
    assert found.clusters[0].nearest.id == "hund-anmelden"
    assert len(cache) == 2
    service.records.erase(TOWN, "a")
    find_unanswered(database, generation, service.pipeline, cache, NOW)
    assert len(cache) == 2  # the other one asked the same
    service.records.erase(TOWN, "b")
    find_unanswered(database, generation, service.pipeline, cache, NOW)
    assert len(cache) == 1


def test_it_stops_when_it_is_told_to(service: AnsweringService) -> None:
    log(service.records, "a", "Was kostet die Hundesteuer?")
    cache = MeaningCache()
    found = find_unanswered(
        service.records.database, service.generations.active(TOWN), service.pipeline, cache, NOW, lambda: True
    )
    assert (found.clusters, found.left_out, len(cache)) == ((), 1, 0)


def _fails(*_: object) -> None:
    from app.errors import RecordsError

    raise RecordsError("The disk failed.")
