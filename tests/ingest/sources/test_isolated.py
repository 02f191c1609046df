"""A reader that eats memory, hangs or dies costs one result; the next file is read as if nothing had been."""

import os
import resource
import signal
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

import pytest

from ingest.findings import Severity
from ingest.sources import isolated_child
from ingest.sources.isolated import IsolatedReader, Limits, Stopped, StopReason
from ingest.sources.result import ReadResult, failed


@pytest.fixture
def reader() -> Iterator[IsolatedReader]:
    with IsolatedReader() as reader:
        yield reader


def read_as_failed(name: str) -> ReadResult:
    return failed(name, 3, "code", "message", "fix")


def process_id() -> int:
    return os.getpid()


def eat_memory() -> int:
    return len(bytearray(2 << 30))


def raise_memory_limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def hang() -> NoReturn:
    threading.Event().wait()
    raise AssertionError


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def leave() -> NoReturn:
    sys.exit(3)


def raise_error() -> NoReturn:
    raise ValueError("what a library says")


def recurse() -> None:
    recurse()


def print_much() -> str:
    os.write(1, b"\0" * 100_000)
    sys.stdout.write("not part of the answer")
    sys.stdout.flush()
    return "answer"


def large_result(size: int) -> str:
    return "x" * size


def environment() -> dict[str, str]:
    return dict(os.environ)


@dataclass(frozen=True)
class Foreign:
    """Data of no package that results may come from."""

    value: int


def foreign_result() -> Foreign:
    return Foreign(1)


class Deaf:
    """In the place of `isolated_child.LENGTH`: the child answers, but never reads the next request."""

    size = isolated_child.LENGTH.size
    pack = isolated_child.LENGTH.pack

    def unpack(self, _header: bytes) -> NoReturn:
        hang()


def stop_listening() -> None:
    isolated_child.LENGTH = Deaf()  # type: ignore[assignment]


def close_pipes() -> NoReturn:
    os.closerange(0, 100)
    hang()


def die_of_a_signal_without_a_name() -> None:
    os.kill(os.getpid(), signal.SIGRTMIN + 1)


def still_works(reader: IsolatedReader) -> bool:
    return reader.read(read_as_failed, "a") == failed("a", 3, "code", "message", "fix")


def test_the_result_comes_back_from_another_process(reader: IsolatedReader) -> None:
    assert still_works(reader)
    assert reader.read(process_id) != os.getpid()


def test_one_process_reads_many_files(reader: IsolatedReader) -> None:
    assert reader.read(process_id) == reader.read(process_id)


@pytest.mark.parametrize(
    ("function", "reason", "detail"),
    [
        (eat_memory, StopReason.TOO_MUCH_MEMORY, "1024 MiB"),
        (crash, StopReason.CRASHED, "SIGSEGV"),
        (die_of_a_signal_without_a_name, StopReason.CRASHED, f"signal {signal.SIGRTMIN + 1}"),
        (leave, StopReason.CRASHED, "exit code 3"),
        (raise_error, StopReason.CRASHED, "ValueError: what a library says"),
        (recurse, StopReason.CRASHED, "RecursionError"),
        (raise_memory_limit, StopReason.CRASHED, "ValueError"),
        (foreign_result, StopReason.CRASHED, "cannot be used"),
    ],
)
def test_what_goes_wrong_is_told_and_the_next_file_is_read(
    reader: IsolatedReader, function: object, reason: StopReason, detail: str
) -> None:
    stopped = reader.read(function)  # type: ignore[arg-type]
    assert isinstance(stopped, Stopped)
    assert stopped.reason is reason
    assert detail in stopped.detail
    assert still_works(reader)


def test_a_reader_that_hangs_is_stopped() -> None:
    with IsolatedReader(Limits(seconds=0.5)) as reader:
        stopped = reader.read(hang)
        assert isinstance(stopped, Stopped)
        assert stopped.reason is StopReason.TIMEOUT
        assert "0.5 s" in stopped.detail


def test_a_process_that_reads_no_more_requests_is_stopped(
    reader: IsolatedReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reader.read(stop_listening) is None
    with monkeypatch.context() as patch:
        patch.setattr(reader, "_limits", Limits(seconds=0.5))
        stopped = reader.read(len, "more than fits into a pipe" * 100_000)
    assert isinstance(stopped, Stopped)
    assert stopped.reason is StopReason.TIMEOUT
    assert still_works(reader)


def test_a_process_that_closes_its_pipes_and_stays_is_ended(
    reader: IsolatedReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.sources.isolated._DYING_SECONDS", 0.1)
    stopped = reader.read(close_pipes)
    assert isinstance(stopped, Stopped)
    assert "closed its pipes" in stopped.detail
    assert still_works(reader)


def test_a_result_that_is_too_large_is_not_taken() -> None:
    with IsolatedReader(Limits(result_bytes=10_000)) as reader:
        stopped = reader.read(large_result, 20_000)
        assert isinstance(stopped, Stopped)
        assert stopped.reason is StopReason.TOO_MUCH_MEMORY
        assert reader.read(large_result, 5_000) == "x" * 5_000


def test_what_a_library_prints_is_no_part_of_the_answer(reader: IsolatedReader) -> None:
    assert reader.read(print_much) == "answer"


def test_the_child_sees_no_secrets(reader: IsolatedReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMTSLOTSE_KEY", "secret")
    seen = reader.read(environment)
    assert isinstance(seen, dict)
    assert "AMTSLOTSE_KEY" not in seen


def test_no_process_is_left_behind() -> None:
    with IsolatedReader() as reader:
        child = reader.read(process_id)
        assert isinstance(child, int)
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_a_stopped_reader_becomes_a_finding() -> None:
    (finding,) = Stopped(StopReason.TIMEOUT, "too long").as_result("a.pdf").findings
    assert (finding.code, finding.severity, finding.file, finding.message) == (
        "timeout",
        Severity.ERROR,
        "a.pdf",
        "too long",
    )
