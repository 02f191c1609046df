"""`amtslotse serve`: one line when it cannot start, and the real thing when it can."""

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.answering.samples import PRICE_QUESTION
from tests.api.chat_client import asked
from tests.cli.runner import Run, in_this_process
from tests.servers import amtslotse, environment, free_port, serving_process


def _only_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line != "Loading models …"]
    assert len(lines) == 1, text
    return lines[0]


@pytest.fixture
def serve(
    tmp_path: Path, small_knowledge: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Runs the command in this process, where it must not come as far as loading anything."""
    monkeypatch.setenv("AMTSLOTSE_KNOWLEDGE_DIR", str(small_knowledge))
    monkeypatch.setenv("AMTSLOTSE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delattr("app.main.create_app")
    with in_this_process(monkeypatch, capsys, "serve") as run:
        yield run


def test_a_port_in_use_is_named_at_once(serve: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv("AMTSLOTSE_PORT", str(port))
        failed = serve()
    assert failed.code == 1
    line = _only_line(failed.out + failed.err)
    assert line.startswith("amtslotse: ")
    assert f"127.0.0.1:{port}" in line
    assert "AMTSLOTSE_PORT" in line


def test_an_address_of_another_machine_is_refused(serve: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMTSLOTSE_HOST", "192.0.2.1")
    failed = serve()
    assert failed.code == 1
    assert "192.0.2.1" in _only_line(failed.out + failed.err)


@pytest.mark.models
def test_a_second_server_on_one_data_folder_says_so_and_the_first_serves_on(
    live_server: str, live_data: Path, small_knowledge: Path
) -> None:
    failed = amtslotse("serve", env=environment(live_data, small_knowledge, port=free_port()))
    assert failed.returncode == 1
    line = _only_line(failed.stdout + failed.stderr)
    assert "Another server" in line
    assert str(live_data) in line
    assert httpx.get(f"{live_server}/readyz", timeout=30).status_code == 200


def test_a_missing_model_is_one_line_that_names_the_command(
    published_copy: Path, small_knowledge: Path, tmp_path: Path
) -> None:
    env = environment(published_copy, small_knowledge, port=free_port(), models_dir=tmp_path / "none")
    failed = amtslotse("serve", env=env)
    assert failed.returncode == 1
    assert "amtslotse models prepare" in _only_line(failed.stdout + failed.stderr)


@pytest.mark.models
def test_it_serves_before_anything_is_published_and_leaves_its_folder_to_the_next(
    tmp_path: Path, published: Path, small_knowledge: Path
) -> None:
    data_dir = tmp_path / "data"
    env = environment(data_dir, small_knowledge, llm_backend="none")
    with serving_process(env) as url, httpx.Client(base_url=url, timeout=60) as client:
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 503
        assert client.post("/api/v1/musterstadt/chat", json={"question": PRICE_QUESTION}).status_code == 503
    shutil.copytree(published, data_dir, dirs_exist_ok=True)
    with serving_process(env) as url, httpx.Client(base_url=url, timeout=60) as client:
        assert asked(client, PRICE_QUESTION)["model"] == "none"
