"""The child process of `isolated`: limits itself, then runs one reader after the other until its input ends.

Requests and answers are pickles, each after its length. The child trusts its requests; nobody trusts its answers.
"""

import math
import os
import pickle
import resource
import signal
import struct
from dataclasses import dataclass
from typing import Any, BinaryIO

LENGTH = struct.Struct(">Q")
READY = b"ready"
_GRACE_SECONDS = 5
"""The child ends itself so long after the parent should have ended it, for the case that the parent is gone."""


@dataclass(frozen=True, slots=True)
class Returned:
    """What the reader returned."""

    value: Any


@dataclass(frozen=True, slots=True)
class Raised:
    """The reader's exception in one line."""

    detail: str
    out_of_memory: bool


def serve(memory_bytes: int) -> None:
    """Answers requests. `memory_bytes` bounds the whole address space, for good."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    requests, answers = _take_over_pipes()
    answers.write(READY)
    answers.flush()
    while header := requests.read(LENGTH.size):
        reader, arguments, seconds = pickle.loads(requests.read(LENGTH.unpack(header)[0]))  # noqa: S301 - from parent
        signal.alarm(math.ceil(seconds) + _GRACE_SECONDS)
        answer = _answer(reader, arguments)
        signal.alarm(0)
        answers.write(LENGTH.pack(len(answer)) + answer)
        answers.flush()


def _answer(reader: Any, arguments: tuple[Any, ...]) -> bytes:
    try:
        return pickle.dumps(Returned(reader(*arguments)))
    except MemoryError:
        outcome = Raised("out of memory", out_of_memory=True)
    except Exception as error:  # noqa: BLE001 - whatever a hostile file provokes becomes one finding
        outcome = Raised(f"{type(error).__name__}: {error}"[:300], out_of_memory=False)
    return pickle.dumps(outcome)


def _take_over_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output; libraries that print or read find an empty device in their place."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return requests, answers
