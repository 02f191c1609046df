"""Limits by address, conversation and town: counted by hash, forgotten soon, told in a friendly sentence."""

import logging
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from app.answering.service import AnsweringService
from app.api.rate_limits import PerMinute, RateLimits
from app.errors import TooManyRequestsError
from app.settings import Settings
from tests.answering.samples import PRICE_QUESTION
from tests.api.chat_client import CHAT, STREAM, assert_problem
from tests.servers import running_app

NONE = PerMinute(calls_per_address=0, questions_per_address=0, questions_per_conversation=0, questions_per_tenant=0)
TOWN = "musterstadt"
ADDRESS = "198.51.100.7"
CONVERSATION = "rate-limits-conversation"
TOO_LONG = "x" * 2000
"""Costs nothing to refuse, but counts as a question."""


class Clock:
    """Stands still until it is told to move; what the library and the limits read as the time."""

    def __init__(self) -> None:
        self.seconds = 1_000_000.0

    def time(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("limits.storage.memory.time", clock)
    return clock


def allowed(limits: RateLimits, times: int, address: str = ADDRESS, conversation: str | None = None) -> int:
    """How many of so many questions get through."""
    through = 0
    for _ in range(times):
        try:
            limits.question(address, TOWN, conversation)
            through += 1
        except TooManyRequestsError:
            pass
    return through


def test_an_address_may_ask_so_often_a_minute_and_another_one_too(clock: Clock) -> None:
    limits = RateLimits(replace(NONE, questions_per_address=5), clock.time)
    assert allowed(limits, 20) == 5
    assert allowed(limits, 20, "198.51.100.8") == 5


def test_after_the_time_that_it_was_told_a_question_gets_through(clock: Clock) -> None:
    limits = RateLimits(replace(NONE, questions_per_address=5), clock.time)
    for pause in (0.0, 0.3, 7.0, 30.0, 59.9):
        allowed(limits, 2)
        clock.seconds += pause
        allowed(limits, 20)
        with pytest.raises(TooManyRequestsError) as refused:
            limits.question(ADDRESS, TOWN, None)
        assert 1 <= refused.value.retry_after_s <= 61
        clock.seconds += refused.value.retry_after_s
        assert allowed(limits, 1) == 1


def test_no_minute_sees_more_than_the_limit(clock: Clock) -> None:
    limits = RateLimits(replace(NONE, questions_per_address=30), clock.time)
    through = []
    for _ in range(600):
        through += [clock.seconds] * allowed(limits, 1)
        clock.seconds += 0.5
    busiest = max(sum(start <= moment < start + 60 for moment in through) for start in through)
    assert busiest == 30


def test_a_conversation_has_its_own_limit(clock: Clock) -> None:
    limits = RateLimits(replace(NONE, questions_per_conversation=3), clock.time)
    assert allowed(limits, 9, conversation="a" * 16) == 3
    assert allowed(limits, 9, "203.0.113.9", conversation="a" * 16) == 0
    assert allowed(limits, 9, conversation="b" * 16) == 3
    assert allowed(limits, 9) == 9


def test_a_town_has_one_for_everybody_if_wanted(clock: Clock) -> None:
    limits = RateLimits(replace(NONE, questions_per_tenant=4), clock.time)
    assert sum(allowed(limits, 1, f"198.51.100.{number}") for number in range(9)) == 4
    limits.question(ADDRESS, "nachbarstadt", None)


def test_who_is_over_the_limit_uses_up_nobody_elses(clock: Clock) -> None:
    limits = RateLimits(replace(NONE, questions_per_address=2, questions_per_tenant=4), clock.time)
    assert allowed(limits, 100) == 2
    assert allowed(limits, 100, "198.51.100.8") == 2


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:198.51.100.7", "198.51.100.7", True),
        ("198.51.100.7", "198.51.100.8", False),
        ("unix socket", "", False),
    ],
)
def test_an_address_counts_for_whom_it_belongs_to(clock: Clock, one: str, other: str, same: bool) -> None:
    limits = RateLimits(replace(NONE, questions_per_address=1), clock.time)
    assert allowed(limits, 1, one) == 1
    assert allowed(limits, 1, other) == (0 if same else 1)


def test_zero_switches_off(clock: Clock) -> None:
    limits = RateLimits(NONE, clock.time)
    assert allowed(limits, 500, conversation=CONVERSATION) == 500
    limits.call(ADDRESS)


def test_no_address_and_no_conversation_is_kept_and_the_hash_changes_daily(clock: Clock) -> None:
    limits = RateLimits(replace(NONE, questions_per_address=5, questions_per_conversation=5), clock.time)
    allowed(limits, 1, conversation=CONVERSATION)
    first = set(limits._storage.events)
    assert not any(ADDRESS in key or CONVERSATION in key for key in first)
    clock.seconds += 86_400
    allowed(limits, 1, conversation=CONVERSATION)
    hashes = [{key.split("/")[2] for key in keys} for keys in (first, set(limits._storage.events) - first)]
    assert hashes[0] and hashes[1]
    assert not hashes[0] & hashes[1]


def test_what_was_counted_is_forgotten(clock: Clock) -> None:
    limits = RateLimits(replace(NONE, questions_per_address=5, questions_per_conversation=5), clock.time)
    for number in range(1000):
        limits.question(f"10.0.{number // 256}.{number % 256}", TOWN, f"conversation-{number:06}")
    assert len(limits._storage.events) == 2000
    for _ in range(3):
        clock.seconds += 61
        limits.question(ADDRESS, TOWN, None)
        limits._storage.timer.join()
    assert len(limits._storage.events) == 1
    assert len(limits._storage.locks) <= 1


@pytest.mark.parametrize("headers", [{}, STREAM])
def test_the_refusal_is_a_problem_that_says_when_to_come_back(
    service: AnsweringService, settings: Settings, headers: dict[str, str]
) -> None:
    mine = settings.model_copy(update={"rate_questions_per_address": 1})
    with running_app(service, mine) as app:
        client = TestClient(app)
        origin = {"Origin": "https://www.musterstadt.example"}
        assert client.post(CHAT, json={"question": TOO_LONG}, headers=headers).status_code == 422
        response = client.post(CHAT, json={"question": PRICE_QUESTION}, headers={**headers, **origin})
        detail = assert_problem(response, 429, "too_many_requests")
        assert response.headers["retry-after"] in detail
        assert "noch einmal" in detail
        assert response.headers["access-control-allow-origin"] == origin["Origin"]
        assert "Retry-After" in response.headers["access-control-expose-headers"]
        english = client.post(CHAT, json={"question": PRICE_QUESTION, "language": "en"}, headers=headers)
        assert "Please try again" in assert_problem(english, 429, "too_many_requests")
    assert service.records.count(TOWN) == 0


def test_a_conversation_is_refused_where_others_go_on(service: AnsweringService, settings: Settings) -> None:
    mine = settings.model_copy(update={"rate_questions_per_conversation": 1})
    with running_app(service, mine) as app:
        client = TestClient(app)
        mine_, other = ({"question": TOO_LONG, "conversation_id": f"{CONVERSATION}-{end}"} for end in "ab")
        assert [client.post(CHAT, json=body).status_code for body in (mine_, mine_, other)] == [422, 429, 422]


def test_other_calls_have_their_own_limit_and_pages_have_none(service: AnsweringService, settings: Settings) -> None:
    mine = settings.model_copy(update={"rate_calls_per_address": 2})
    with running_app(service, mine) as app:
        client = TestClient(app)
        path = f"/api/v1/{TOWN}/answers/unknown"
        assert [client.get(path).status_code for _ in range(4)] == [404, 404, 429, 429]
        assert_problem(client.get(path), 429, "too_many_requests")
        assert client.get("/healthz").status_code == 200
        assert client.get("/static/demo.css").status_code == 200


def _statuses(app_settings: Settings, service: AnsweringService, forwarded: list[str]) -> list[int]:
    with running_app(service, app_settings) as app:
        client = TestClient(app, client=("10.0.0.1", 50_000))
        path = f"/api/v1/{TOWN}/answers/unknown"
        return [client.get(path, headers={"X-Forwarded-For": value}).status_code for value in forwarded]


def test_behind_a_trusted_proxy_each_citizen_has_a_limit_that_no_header_gets_around(
    service: AnsweringService, settings: Settings
) -> None:
    mine = settings.model_copy(update={"rate_calls_per_address": 1, "trusted_proxies": ("10.0.0.0/24",)})
    forwarded = ["198.51.100.1", "198.51.100.2", "198.51.100.1", "1.2.3.4, 198.51.100.1", "198.51.100.3, 10.0.0.9"]
    assert _statuses(mine, service, forwarded) == [404, 404, 429, 429, 404]


def test_without_a_trusted_proxy_the_header_counts_for_nothing_and_the_log_says_so_once(
    service: AnsweringService, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    mine = settings.model_copy(update={"rate_calls_per_address": 1})
    with caplog.at_level(logging.WARNING, "app.api.proxies"):
        assert _statuses(mine, service, ["198.51.100.1", "198.51.100.2"]) == [404, 429]
    (warning,) = [record.getMessage() for record in caplog.records if record.name == "app.api.proxies"]
    assert "AMTSLOTSE_TRUSTED_PROXIES" in warning
    assert "198.51.100" not in warning
