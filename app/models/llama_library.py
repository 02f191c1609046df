"""llama.cpp itself: the library, loaded late and silenced, and what can be told without loading a model."""

from functools import cache
from pathlib import Path
from typing import Any

from app.errors import ModelError


def library() -> Any:
    """The module `llama_cpp`. Raises ModelError when it is not installed."""
    return _silenced_library()[0]


def runtime_name() -> str:
    """Version of the runtime and the processor features it was built with, for the record."""
    lib = library()
    flags = lib.llama_print_system_info().decode().partition(":")[2]
    features = [name.strip() for name, _, value in (flag.partition("=") for flag in flags.split("|")) if "1" in value]
    return f"llama-cpp-python {lib.__version__} ({' '.join(features)})"


def check_is_gguf(path: Path, remedy: str) -> None:
    """Raises ModelError when there is no such file or it doesn't begin as a GGUF; `remedy` says what to do then."""
    try:
        with path.open("rb") as file:
            magic = file.read(4)
    except OSError as error:
        raise ModelError(f"The model file {path} cannot be read ({error.strerror}): {remedy}.") from error
    if magic != b"GGUF":
        raise ModelError(f"{path} is not a GGUF file: {remedy}.")


@cache
def _silenced_library() -> tuple[Any, Any]:
    """The module, imported late and silenced, and the callback that silences it (which must stay alive)."""
    try:
        import llama_cpp
    except (ImportError, OSError, RuntimeError) as error:
        raise ModelError("llama-cpp-python is not installed or does not fit this machine: run `make setup`.") from error
    silence = llama_cpp.llama_log_callback(lambda _level, _text, _data: None)
    llama_cpp.llama_log_set(silence, None)
    llama_cpp.llama_backend_init()
    return llama_cpp, silence
