"""What only the worker can get wrong; the rest is in the conformance suite."""

import logging
from collections.abc import Iterator
from threading import Event

import pytest

from app.errors import BusyError, InvalidInputError, ModelError
from app.models.ports import Prompt, Sampling
from app.models.worker import GenerationWorker

SAMPLING = Sampling(max_tokens=8)


def prompt(text: str) -> Prompt:
    return Prompt("", text)


def echo(asked: Prompt, sampling: Sampling) -> Iterator[str]:
    if asked.body == "broken":
        raise ValueError("secret detail")
    if asked.body == "refused":
        raise InvalidInputError("too long")
    yield from asked.body


@pytest.fixture
def worker() -> Iterator[GenerationWorker[Sampling]]:
    opened = GenerationWorker(echo, capacity=2)
    yield opened
    opened.close()


def test_a_failure_becomes_a_model_error_and_the_next_call_works(
    worker: GenerationWorker[Sampling], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.CRITICAL), pytest.raises(ModelError) as failed:
        list(worker.submit(prompt("broken"), SAMPLING, None))
    assert "secret" not in failed.value.message
    assert list(worker.submit(prompt("ja"), SAMPLING, None)) == ["j", "a"]


def test_errors_with_a_meaning_reach_the_caller_as_they_are(worker: GenerationWorker[Sampling]) -> None:
    with pytest.raises(InvalidInputError, match="too long"):
        list(worker.submit(prompt("refused"), SAMPLING, None))


def test_a_caller_that_read_to_the_end_finds_a_free_place() -> None:
    worker = GenerationWorker(echo, capacity=1)
    for _ in range(200):
        assert list(worker.submit(prompt("ja"), SAMPLING, None)) == ["j", "a"]
    worker.close()


def test_calls_run_in_the_order_in_which_they_came_and_cancelled_ones_not_at_all() -> None:
    ran: list[str] = []
    gate, started = Event(), Event()

    def record(asked: Prompt, sampling: Sampling) -> Iterator[str]:
        ran.append(asked.body)
        started.set()
        gate.wait()
        yield asked.body

    worker = GenerationWorker(record, capacity=4)
    cancel = Event()
    first = worker.submit(prompt("a"), SAMPLING, None)
    started.wait()
    cancelled = worker.submit(prompt("b"), SAMPLING, cancel)
    dropped = worker.submit(prompt("c"), SAMPLING, None)
    last = worker.submit(prompt("d"), SAMPLING, None)
    with pytest.raises(BusyError):
        worker.submit(prompt("e"), SAMPLING, None)
    cancel.set()
    dropped.close()
    gate.set()
    assert list(last) == ["d"]
    assert list(first) == ["a"]
    assert ran == ["a", "d"]
    del cancelled
    worker.close()


def test_a_reader_that_stops_early_stops_the_computation() -> None:
    closed = Event()

    def endless(asked: Prompt, sampling: Sampling) -> Iterator[str]:
        try:
            while True:
                yield asked.body
        finally:
            closed.set()

    worker = GenerationWorker(endless, capacity=1)
    for piece in worker.submit(prompt("a"), SAMPLING, None):
        assert piece == "a"
        break
    assert closed.wait(timeout=10)
    worker.close()
