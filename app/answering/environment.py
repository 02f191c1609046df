"""What besides question and knowledge decides an answer: model files, prompts, code, libraries, processor."""

import platform
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version

from pydantic import JsonValue

from app.answering.pipeline import Pipeline
from app.answering.processor import processor_of
from app.answering.prompts import prompt_references
from app.version import code_version

_RUNTIME_PACKAGES = (
    "llama-cpp-python", "torch", "sentence-transformers", "transformers", "tokenizers", "numpy", "scipy", "chromadb",
    "bm25s", "PyStemmer", "lingua-language-detector", "rapidfuzz", "pyspellchecker", "holidays", "zen-engine",
)  # fmt: skip
"""Libraries whose results reach an answer."""


def environment_of(pipeline: Pipeline) -> dict[str, JsonValue]:
    """The environment as every record keeps it; `replay` compares it when two answers differ."""
    model = pipeline.language_model.info if pipeline.language_model else None
    embedder = pipeline.embedder.info
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
        "model_context_tokens": model.context_tokens if model else None,
        "prompts": dict[str, JsonValue](prompt_references(pipeline.prompts_dir)),
        "sampling": {"temperature": 0.0, "seed": pipeline.seed, "max_tokens": pipeline.max_tokens},
        "embedder": embedder.name,
        "embedder_revision": embedder.revision,
        "python": platform.python_version(),
        "c_library": " ".join(platform.libc_ver()),
        **processor_of(),
        "packages": dict[str, JsonValue](_packages()),
    }


def changes(then: Mapping[str, JsonValue], now: Mapping[str, JsonValue]) -> tuple[str, ...]:
    """One line a part of a recorded environment that is another one now.

    What only stands in `now` was not there then, or not noted by the code of then; the same code notes the same.
    """
    return tuple(_changes(then, now, "", whole=then.get("code") == now.get("code")))


def _changes(then: Mapping[str, JsonValue], now: Mapping[str, JsonValue], path: str, *, whole: bool) -> Iterator[str]:
    new = [key for key in now if key not in then] if whole else []
    for key in [*then, *new]:
        before, after = then.get(key), now.get(key)
        if isinstance(before, dict) and isinstance(after, dict):
            yield from _changes(before, after, f"{path}{key}.", whole=whole)
        elif isinstance(before, list) and isinstance(after, list) and before != after:
            lost = [f"without {item}" for item in before if item not in after]
            won = [f"with {item}" for item in after if item not in before]
            yield f"{path}{key}: {', '.join([*lost, *won]) or 'in another order'}"
        elif before != after:
            yield f"{path}{key}: {before!r} -> {after!r}"


@lru_cache(maxsize=1)
def _packages() -> dict[str, str]:
    return {name: _version(name) for name in _RUNTIME_PACKAGES}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
