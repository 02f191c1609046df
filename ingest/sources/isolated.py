"""Runs a reader on an untrusted file in a child process, with limits on memory and time.

A parser that hangs, eats memory or crashes costs one finding instead of the publisher. The child is started once and
reads many files; after it was stopped or died, the next file gets a fresh one. What comes back is unpickled with an
allow-list, so that a child that a hostile file took over can hand over wrong texts but no code.
"""

import pickle
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import NoReturn, Self, TypeVar

from ingest.findings import Finding, Severity
from ingest.sources.child_process import end, read_some, signal_name, start, write_all
from ingest.sources.isolated_child import LENGTH, Raised, Returned
from ingest.sources.plain_pickle import PlainUnpickler
from ingest.sources.result import ReadResult

T = TypeVar("T")

MEMORY_BYTES = 1 << 30
"""Address space of the child. A PDF of 300 pages takes 150 MB; a machine with 4 GB keeps room for the rest."""
SECONDS = 120.0
"""Wall clock for one file: about 800 pages of PDF on an idle processor, a third of that on a busy one."""
RESULT_BYTES = 64 << 20
"""Largest pickled result: 5,000 services of 8 kB, more than any town has, are 40 MB."""
FILES_PER_CHILD = 500
"""A child is replaced after so many files, so that leaks of native libraries don't add up."""
_DYING_SECONDS = 5.0
"""For a child that closed its pipes to end; one that a hostile file took over may not."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may use."""

    memory_bytes: int = MEMORY_BYTES
    seconds: float = SECONDS
    result_bytes: int = RESULT_BYTES


class StopReason(StrEnum):
    """Why a file gave no result; the values are finding codes."""

    TOO_MUCH_MEMORY = "too-much-memory"
    TIMEOUT = "timeout"
    CRASHED = "crashed"


_FIXES = {
    StopReason.TOO_MUCH_MEMORY: "split the file, or save it again with the program that made it",
    StopReason.TIMEOUT: "split the file, or save it again with the program that made it",
    StopReason.CRASHED: "the file is probably damaged: save it again with the program that made it",
}


@dataclass(frozen=True, slots=True)
class Stopped:
    """A reader that was stopped or failed."""

    reason: StopReason
    detail: str

    def finding(self, name: str) -> Finding:
        return Finding(self.reason.value, Severity.ERROR, name, 0, self.detail, _FIXES[self.reason])

    def as_result(self, name: str) -> ReadResult:
        return ReadResult(name, None, (self.finding(name),))


class IsolatedReader:
    """One child process for the files of a source. Use as a context manager; not safe for use by several threads."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._child: subprocess.Popen[bytes] | None = None
        self._files = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def read(self, reader: Callable[..., T], *arguments: object) -> T | Stopped:
        """What `reader(*arguments)` returns, or why it returned nothing. Never raises for what a file contains.

        `reader` is a function of a module; arguments are picklable; results are built from str, bytes, numbers,
        lists, tuples, dicts, sets, dates, and dataclasses, enums and pydantic models of this repository.
        Raises KnowledgeError when no child process can be started.
        """
        child = self._running_child()
        try:
            outcome = self._ask(child, pickle.dumps((reader, arguments, self._limits.seconds)))
        except _StoppedError as stopped:
            self.close()
            return stopped.stopped
        except BaseException:
            self.close()
            raise
        if isinstance(outcome, Returned):
            return outcome.value  # type: ignore[no-any-return]
        self.close()
        if outcome.out_of_memory:
            return self._too_much_memory()
        return Stopped(StopReason.CRASHED, f"reading failed ({outcome.detail})")

    def close(self) -> None:
        """Ends the child process, at once; a later `read` starts another."""
        child, self._child = self._child, None
        if child is not None:
            end(child)

    def _running_child(self) -> subprocess.Popen[bytes]:
        if self._child is not None and (self._files >= FILES_PER_CHILD or self._child.poll() is not None):
            self.close()
        if self._child is None:
            self._child, self._files = start(self._limits.memory_bytes), 0
        self._files += 1
        return self._child

    def _ask(self, child: subprocess.Popen[bytes], request: bytes) -> Returned | Raised:
        deadline = time.monotonic() + self._limits.seconds
        try:
            if not write_all(child, LENGTH.pack(len(request)) + request, deadline):
                raise _StoppedError(self._too_slow())
        except BrokenPipeError:
            self._died(child)
        (size,) = LENGTH.unpack(self._receive(child, LENGTH.size, deadline))
        if size > self._limits.result_bytes:
            raise _StoppedError(self._too_much_memory())
        answer = self._receive(child, size, deadline)
        try:
            outcome = PlainUnpickler.loads(answer)
        except Exception as error:
            raise _StoppedError(Stopped(StopReason.CRASHED, f"the result cannot be used ({error})")) from error
        if not isinstance(outcome, Returned | Raised):
            raise _StoppedError(Stopped(StopReason.CRASHED, "the result cannot be used"))
        return outcome

    def _receive(self, child: subprocess.Popen[bytes], size: int, deadline: float) -> bytes:
        received = bytearray()
        while len(received) < size:
            part = read_some(child, size - len(received), deadline)
            if part is None:
                raise _StoppedError(self._too_slow())
            if not part:
                self._died(child)
            received += part
        return bytes(received)

    def _died(self, child: subprocess.Popen[bytes]) -> NoReturn:
        try:
            code = child.wait(_DYING_SECONDS)
        except subprocess.TimeoutExpired:
            how = "it closed its pipes"
        else:
            how = signal_name(-code) if code < 0 else f"exit code {code}"
        raise _StoppedError(Stopped(StopReason.CRASHED, f"the reading process died ({how})"))

    def _too_slow(self) -> Stopped:
        return Stopped(StopReason.TIMEOUT, f"reading took longer than {self._limits.seconds:g} s and was stopped")

    def _too_much_memory(self) -> Stopped:
        allowed = f"{self._limits.memory_bytes >> 20} MiB"
        return Stopped(StopReason.TOO_MUCH_MEMORY, f"reading needs more than {allowed} of memory and was stopped")


class _StoppedError(Exception):
    def __init__(self, stopped: Stopped) -> None:
        super().__init__(stopped.detail)
        self.stopped = stopped
