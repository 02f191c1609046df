"""How long failed sign-ins make the next one wait."""

from datetime import timedelta

import pytest

from app.accounts.attempts import NAME, PAIR, PLACE, Attempts, Patience
from app.errors import TooManyRequestsError
from tests.accounts.conftest import NOW

HERE, ELSEWHERE = "here", "elsewhere"


def _wait(attempts: Attempts, name: str | None, place: str, at_s: float = 0) -> int:
    """Seconds that an attempt must wait; 0 when it may go ahead, and then it counts."""
    try:
        attempts.begin(name, place, NOW + timedelta(seconds=at_s))
    except TooManyRequestsError as error:
        return error.retry_after_s
    return 0


def _fail(attempts: Attempts, name: str, place: str, times: int, at_s: float = 0) -> float:
    """So many failures in a row, each as soon as it may be; gives the second of the last."""
    for _ in range(times):
        at_s += _wait_and_fail(attempts, name, place, at_s)
    return at_s


def _wait_and_fail(attempts: Attempts, name: str, place: str, at_s: float) -> float:
    wait = _wait(attempts, name, place, at_s)
    if wait:
        assert _wait(attempts, name, place, at_s + wait) == 0
    return wait


def test_a_few_typing_errors_cost_nothing() -> None:
    attempts = Attempts()
    assert [_wait(attempts, "anna", HERE) for _ in range(PAIR.free)] == [0] * PAIR.free
    assert _wait(attempts, "anna", HERE) == 1


def test_waits_double_up_to_an_end() -> None:
    patience = Patience(free=3, longest_s=10)
    assert [patience.wait_s(failures) for failures in range(9)] == [0, 0, 0, 1, 2, 4, 8, 10, 10]
    assert patience.wait_s(10_000) == 10


def test_attempts_during_a_wait_neither_count_nor_prolong_it() -> None:
    attempts = Attempts()
    at_s = _fail(attempts, "anna", HERE, PAIR.free + 3)
    waits = [_wait(attempts, "anna", HERE, at_s + second) for second in range(9)]
    assert waits == [8, 7, 6, 5, 4, 3, 2, 1, 0]


def test_attempts_at_the_same_moment_count_before_any_of_them_has_failed() -> None:
    attempts = Attempts()
    at_once = [_wait(attempts, "anna", HERE) for _ in range(100)]
    assert at_once.count(0) == PAIR.free


def test_signing_in_forgives_the_name_from_that_place() -> None:
    attempts = Attempts()
    _fail(attempts, "anna", HERE, PAIR.free)
    attempts.succeeded("anna", HERE)
    assert [_wait(attempts, "anna", HERE) for _ in range(PAIR.free)] == [0] * PAIR.free


def test_a_stranger_who_guesses_keeps_nobody_out_for_long() -> None:
    attempts = Attempts()
    at_s = _fail(attempts, "anna", ELSEWHERE, 12)
    assert 0 < _wait(attempts, "anna", HERE, at_s) <= NAME.longest_s
    assert _wait(attempts, "anna", HERE, at_s + NAME.longest_s) == 0


def test_where_somebody_has_signed_in_today_strangers_do_not_matter_at_all() -> None:
    attempts = Attempts()
    assert _wait(attempts, "anna", HERE) == 0
    attempts.succeeded("anna", HERE)
    at_s = _fail(attempts, "anna", ELSEWHERE, NAME.free + 5)
    assert _wait(attempts, "anna", HERE, at_s) == 0
    assert _wait(attempts, "anna", "a third place", at_s) > 0


def test_many_places_that_guess_together_wait_for_each_other() -> None:
    attempts = Attempts()
    refused = [_wait(attempts, "anna", f"place {number}") > 0 for number in range(100)]
    assert refused.count(False) == NAME.free


def test_many_names_from_one_place_wait_a_minute_at_most() -> None:
    attempts = Attempts()
    refused = [_wait(attempts, f"name {number}", HERE) > 0 for number in range(100)]
    assert refused.count(False) == PLACE.free
    attempts = Attempts()
    at_s = 0.0
    for number in range(60):
        at_s += (wait := _wait(attempts, f"name {number}", HERE, at_s))
        assert wait <= PLACE.longest_s
        if wait:
            assert _wait(attempts, f"name {number}", HERE, at_s) == 0


def test_an_hour_later_all_is_forgotten() -> None:
    attempts = Attempts()
    at_s = _fail(attempts, "anna", HERE, PAIR.free + 4)
    assert _wait(attempts, "anna", HERE, at_s + 3601) == 0
    assert _wait(attempts, "anna", HERE, at_s + 3601) == 0


def test_the_sentence_is_the_same_for_every_cause_and_names_the_time() -> None:
    attempts = Attempts()
    at_s = _fail(attempts, "anna", HERE, PAIR.free + 7)
    with pytest.raises(TooManyRequestsError, match="in 3 Minuten noch einmal"):
        attempts.begin("anna", HERE, NOW + timedelta(seconds=at_s))
