"""Runs the long commands of the set-up: quietly, with a sign of life, and with failures put into one sentence."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_SIGN_OF_LIFE_S = 20
_TAIL_BYTES = 20_000

_DISK_FULL = ("No space left on device", "Errno 28")
_NO_NETWORK = (
    "Temporary failure in name resolution",
    "Name or service not known",
    "NewConnectionError",
    "Failed to establish a new connection",
    "Network is unreachable",
    "Connection refused",
    "ReadTimeoutError",
    "ProxyError",
    "Max retries exceeded",
    "No matching distribution found",
)


class SetupError(Exception):
    """Something that a person must put right; the message is the sentence that says how."""


def say(line: str) -> None:
    """One line of progress."""
    sys.stdout.write(f"setup: {line}\n")
    sys.stdout.flush()


def run(argv: Sequence[str | Path], log: Path, *, environment: Mapping[str, str] | None = None) -> None:
    """Runs a command with its output in `log`, and says every 20 seconds that it is still at work.

    Raises:
        SetupError: it failed, with the reason as far as the output tells it.
    """
    started = time.monotonic()
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603
            [str(part) for part in argv],
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
        )
        try:
            while True:
                try:
                    status = process.wait(timeout=_SIGN_OF_LIFE_S)
                    break
                except subprocess.TimeoutExpired:
                    say(f"  … {time.monotonic() - started:.0f} s")
        except BaseException:
            process.terminate()
            process.wait()
            raise
    if status != 0:
        raise SetupError(_explain(_tail(log), log))


def succeeds(python: Path, code: str) -> bool:
    """Whether that interpreter runs this code without an error."""
    try:
        return subprocess.run([str(python), "-c", code], check=False, capture_output=True).returncode == 0  # noqa: S603
    except OSError:
        return False


def _tail(log: Path) -> str:
    with log.open("rb") as stream:
        stream.seek(max(0, log.stat().st_size - _TAIL_BYTES))
        return stream.read().decode(errors="replace")


def _explain(output: str, log: Path) -> str:
    if any(sign in output for sign in _DISK_FULL):
        return "The disk is full: free at least 6 GB and run the command again."
    if any(sign in output for sign in _NO_NETWORK):
        return (
            "The package index cannot be reached: check the network (behind a proxy set HTTPS_PROXY, for an own "
            "index PIP_INDEX_URL) and run the command again."
        )
    return f"A step failed; the reason stands at the end of {log}. Put it right and run the command again."
