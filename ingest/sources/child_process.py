"""A child process and the pipes to it. Nothing here waits for the child longer than until a deadline."""

import contextlib
import os
import select
import signal
import subprocess
import sys
import time

from app.errors import KnowledgeError
from ingest.sources.isolated_child import READY

_START_SECONDS = 60.0
_KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "TZ", "SYSTEMROOT", "LD_LIBRARY_PATH")
"""The child gets no other variable: a key or password in the environment is none of a hostile file's business."""


def start(memory_bytes: int) -> subprocess.Popen[bytes]:
    """A child that waits for requests, with so much address space. Raises KnowledgeError."""
    environment = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    code = f"from ingest.sources.isolated_child import serve; serve({memory_bytes})"
    child = subprocess.Popen(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    if read_some(child, len(READY), time.monotonic() + _START_SECONDS) != READY:
        end(child)
        raise KnowledgeError(
            f"The process that reads PDF, Word, HTML and XZuFi files does not start with {memory_bytes >> 20} MiB "
            "of memory: check the installation and the machine's limits."
        )
    return child


def end(child: subprocess.Popen[bytes]) -> None:
    """Kills a child and all that it started; what still lies in its pipes is of no use."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    for pipe in (child.stdin, child.stdout):
        assert pipe is not None
        with contextlib.suppress(BrokenPipeError):
            pipe.close()
    child.wait()


def read_some(child: subprocess.Popen[bytes], size: int, deadline: float) -> bytes | None:
    """At most `size` bytes, empty when the child closed its end, None when the deadline (monotonic, s) passed."""
    assert child.stdout is not None
    ready, _, _ = select.select([child.stdout], [], [], max(0.0, deadline - time.monotonic()))
    return os.read(child.stdout.fileno(), min(size, 1 << 20)) if ready else None


def write_all(child: subprocess.Popen[bytes], data: bytes, deadline: float) -> bool:
    """False when the deadline passed before the child had read everything. Raises BrokenPipeError."""
    assert child.stdin is not None
    left = memoryview(data)
    while left:
        _, ready, _ = select.select([], [child.stdin], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            return False
        left = left[os.write(child.stdin.fileno(), left[: select.PIPE_BUF]) :]
    return True


def signal_name(number: int) -> str:
    """Like SIGSEGV."""
    try:
        return signal.Signals(number).name
    except ValueError:  # a real-time signal
        return f"signal {number}"
