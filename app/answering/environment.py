"""What besides question and knowledge decides an answer: model files, prompts, code, processor."""

import platform
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import JsonValue

from app.answering.pipeline import Pipeline
from app.version import code_version

_RUNTIME_PACKAGES = ("llama-cpp-python", "torch", "sentence-transformers", "chromadb", "bm25s", "zen-engine")


def environment_of(pipeline: Pipeline) -> dict[str, JsonValue]:
    """The environment as every record keeps it; `replay` compares it when two answers differ."""
    model = pipeline.language_model.info if pipeline.language_model else None
    embedder = pipeline.embedder.info
    packages: dict[str, JsonValue] = {name: _version(name) for name in _RUNTIME_PACKAGES}
    return {
        "code": code_version(),
        "weights": pipeline.weights.version,
        "evidence_model": pipeline.weights.evidence.version,
        "screen_model": pipeline.weights.screening.version,
        "model": pipeline.model_name,
        "model_file": model.file if model else None,
        "model_sha256": model.sha256 if model else None,
        "model_adapter": model.adapter if model else None,
        "model_adapter_sha256": model.adapter_sha256 if model else None,
        "model_runtime": model.runtime if model else None,
        "sampling": {"temperature": 0.0, "seed": pipeline.seed, "max_tokens": pipeline.max_tokens},
        "embedder": embedder.name,
        "embedder_revision": embedder.revision,
        "python": platform.python_version(),
        "processor": _processor(),
        "packages": packages,
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


@lru_cache(maxsize=1)
def _processor() -> str:
    """Model name of the processor; its features decide which arithmetic the runtimes choose."""
    try:
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()
