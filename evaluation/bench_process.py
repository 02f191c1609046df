"""Start-up and memory of the real programs, in processes of their own with a copy of the published knowledge."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from time import perf_counter

import httpx
import psutil

from app.errors import NotReadyError
from app.index.generation import activate, active_id, generations_folder
from app.settings import PROJECT_ROOT, Settings
from evaluation.bench_figures import Figure

START_GOAL_S = 25.0
MEMORY_GOAL_GB = 3.0
_GIVE_UP_S = 180.0
_READY = "is ready"
"""Part of the line that `amtslotse serve` prints once it answers."""


@dataclass(frozen=True, slots=True)
class Served:
    """A running server."""

    process: psutil.Process
    url: str


def bench_processes(settings: Settings, questions: list[str]) -> list[Figure]:
    """Times `amtslotse ask` and a server's first answer; measures the server's memory after all questions."""
    with TemporaryDirectory() as name:
        data = Path(name)
        copy_active(settings, data)
        started = perf_counter()
        _ask_once(settings, data, questions[0])
        ask_s = perf_counter() - started
        started = perf_counter()
        with serving(settings, data) as served:
            ready_s = perf_counter() - started
            _post(served, settings.default_tenant, questions[0])
            answered_s = perf_counter() - started
            for question in questions:
                _post(served, settings.default_tenant, question)
            memory = served.process.memory_full_info()
    figures = [
        Figure("`amtslotse ask`, whole command", ask_s, "s", goal=START_GOAL_S),
        Figure("`amtslotse serve`, start to ready", ready_s, "s"),
        Figure("`amtslotse serve`, start to first answer", answered_s, "s", goal=START_GOAL_S),
        Figure("resident memory of the server (RSS)", memory.rss / 1e9, "GB", goal=MEMORY_GOAL_GB),
    ]
    if hasattr(memory, "pss"):  # Linux only
        figures.append(Figure("its proportional share of it (PSS)", memory.pss / 1e9, "GB"))
    return figures


def copy_active(settings: Settings, data: Path) -> None:
    """A data folder with the active generation alone: the town's answer log and its server stay untouched."""
    tenant = settings.default_tenant
    active = active_id(settings.data_dir, tenant)
    if active is None:
        raise NotReadyError(f"For '{tenant}' nothing is published yet: run `make setup`.")
    target = generations_folder(data, tenant) / active
    shutil.copytree(generations_folder(settings.data_dir, tenant) / active, target)
    activate(data, tenant, active)


def _environment(data: Path, port: int) -> dict[str, str]:
    return {
        **os.environ,
        "AMTSLOTSE_DATA_DIR": str(data),
        "AMTSLOTSE_HOST": "127.0.0.1",
        "AMTSLOTSE_PORT": str(port),
        "AMTSLOTSE_RATE_QUESTIONS_PER_ADDRESS": "0",
        "PYTHONUNBUFFERED": "1",
    }


def _ask_once(settings: Settings, data: Path, question: str) -> None:
    command = [sys.executable, "-m", "cli.main", "ask", question, "--tenant", settings.default_tenant, "--json"]
    result = subprocess.run(  # noqa: S603
        command, cwd=PROJECT_ROOT, env=_environment(data, settings.port), capture_output=True, text=True, check=False
    )
    if result.returncode != 0:
        raise NotReadyError(f"`amtslotse ask` failed: {result.stderr.strip().splitlines()[-1:]}")


@contextmanager
def serving(settings: Settings, data: Path, **overridden: str) -> Iterator[Served]:
    """The real server on a free port, for as long as the block lasts; `overridden` are further variables for it."""
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "cli.main", "serve"],
        cwd=PROJECT_ROOT,
        env={**_environment(data, port), **overridden},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    giving_up = Timer(_GIVE_UP_S, process.kill)
    giving_up.start()
    try:
        said = []
        for line in process.stdout:
            said.append(line.strip())
            if _READY in line:
                break
        else:
            raise NotReadyError(f"`amtslotse serve` did not start: {' '.join(said[-3:])}")
        yield Served(psutil.Process(process.pid), f"http://127.0.0.1:{port}")
    finally:
        giving_up.cancel()
        process.terminate()
        process.communicate()


def _post(served: Served, tenant: str, question: str) -> None:
    address = f"{served.url}/api/v1/{tenant}/chat"
    reply = httpx.post(
        address, json={"question": question}, headers={"Accept": "application/json"}, timeout=60, trust_env=False
    )
    reply.raise_for_status()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
