"""Publishes again and again in processes that are killed on the way: once a line read from its input.

Arguments: knowledge folder, data folder, tenant. A line is `calls N` (killed at the Nth call of a Python function),
`seconds S` (killed after that time), `bytes N` (no file may grow beyond that), or `whole`. The answer is a line: what
became of the process, and how many calls it had made.

Each publisher is a fork of this process, which has everything imported and no thread running yet.
"""

import os
import resource
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

import chromadb  # noqa: F401 - the index imports it when it is needed, which would be in every fork

from app.errors import AmtslotseError
from ingest.generation import publish_prepared
from ingest.prepared import Prepared, prepare
from tests.ingest.cheap_embedder import CheapEmbedder
from tests.knowledge import silent


def main(knowledge_dir: Path, data_dir: Path, tenant: str) -> None:
    """Answers until the input ends."""
    prepare(knowledge_dir, data_dir, tenant)  # what is read once a process is read before it forks
    for line in sys.stdin:
        kind, _, value = line.strip().partition(" ")
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            _publish(prepare(knowledge_dir, data_dir, tenant), kind, value, writing)
        os.close(writing)
        _, status = os.waitpid(child, 0)
        with os.fdopen(reading) as pipe:
            said = pipe.read().strip()
        end = "killed" if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL else "ended"
        sys.stdout.write(f"{end} {said}\n")
        sys.stdout.flush()


def _publish(prepared: Prepared, kind: str, value: str, pipe: int) -> None:
    """Never returns: the process ends here, one way or another."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        if event in ("call", "c_call"):
            calls += 1
            if kind == "calls" and calls == int(value):
                os.kill(os.getpid(), signal.SIGKILL)

    if kind == "bytes":
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(value), int(value)))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    if kind == "seconds":
        timer = threading.Timer(float(value), os.kill, (os.getpid(), signal.SIGKILL))
        timer.daemon = True
        timer.start()
    sys.setprofile(count)
    try:
        publish_prepared(prepared, CheapEmbedder(), "killed", silent)
        outcome = "published"
    except AmtslotseError as error:
        outcome = type(error).__name__
    except Exception as error:  # noqa: BLE001 - said to the test, which judges it
        outcome = repr(error)
    finally:
        sys.setprofile(None)
    os.write(pipe, f"{calls} {outcome}".encode())
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
