"""The service as tests need it: in this process with a language model of their own, or as the real command."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from app.answering.service import AnsweringService
from app.api.dependencies import Running
from app.main import create_app
from app.settings import Settings, get_settings

START_TIMEOUT_S = 240
"""Loading the models on a busy machine."""


@contextmanager
def running_app(service: AnsweringService, settings: Settings) -> Iterator[FastAPI]:
    """The application around a service that the test made; its lifespan, which loads models, does not run."""
    app = create_app(settings)
    with ThreadPoolExecutor(max_workers=settings.queue_size) as workers:
        running = Running(settings, service, workers)
        app.state.running = running
        try:
            yield app
        finally:
            running.insight.close()


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serves such an application on a real socket; gives its base URL."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()  # so that nobody is refused before the server has begun
        server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, args=([listener],), name="test-server")
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def free_port() -> int:
    """A port on loopback that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def environment(data_dir: Path, knowledge_dir: Path, **settings: object) -> dict[str, str]:
    """Environment variables for a command that shall use these folders and the prepared models."""
    values = {
        "data_dir": data_dir,
        "knowledge_dir": knowledge_dir,
        "models_dir": get_settings().models_dir,
        "prompts_dir": get_settings().prompts_dir,
        "rate_questions_per_address": 0,  # all tests ask from one address
        "llm_threads": 1,  # see tests/__init__.py
        **settings,
    }
    mine = {f"AMTSLOTSE_{name.upper()}": str(value) for name, value in values.items()}
    others = {name: value for name, value in os.environ.items() if not name.startswith("AMTSLOTSE_")}
    return {**others, **mine}


def amtslotse(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Runs the command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "cli.main", *arguments],
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=START_TIMEOUT_S,
        check=False,
    )


@contextmanager
def serving_process(env: dict[str, str]) -> Iterator[str]:
    """`amtslotse serve` on a free port of its own; gives its base URL as soon as it answers."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "cli.main", "serve"],
        env={**env, "AMTSLOTSE_PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    try:
        yield _wait_until_ready(process)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_until_ready(process: subprocess.Popen[str]) -> str:
    """Reads what the server says until it names its address; goes on reading, so that the pipe never fills."""
    assert process.stdout is not None
    said: list[str] = []
    for line in process.stdout:
        said.append(line)
        if "http://" in line:
            threading.Thread(target=process.stdout.read, daemon=True).start()
            return "http://" + line.partition("http://")[2].partition("/")[0]
    raise AssertionError("The server did not start: " + "".join(said))
