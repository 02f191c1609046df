"""What the runtimes compute with: processor, its arithmetic, threads. Other ones may round the last bits otherwise."""

import platform
import re
import sys
from functools import lru_cache
from pathlib import Path

from pydantic import JsonValue

_CPU_INFO = Path("/proc/cpuinfo")
_ARITHMETIC = re.compile(r"s?sse|avx|fma|f16c|amx|bmi|asimd|neon|sve|sme|bf16|i8mm|fphp|fcma")
"""Beginnings of the feature names that decide which code the runtimes choose; x86 and ARM."""


def processor_of() -> dict[str, JsonValue]:
    """The processor as every record keeps it."""
    return {
        "processor": _name(),
        "processor_features": list[JsonValue](_features()),
        "arithmetic": _arithmetic(),
    }


def arithmetic_features(cpu_info: str) -> tuple[str, ...]:
    """The features that matter among those that Linux lists, sorted; empty where it lists none."""
    listed = re.search(r"^(?:flags|Features)\s*:(.*)$", cpu_info, re.MULTILINE)
    return tuple(sorted(name for name in listed[1].split() if _ARITHMETIC.match(name))) if listed else ()


@lru_cache(maxsize=1)
def _name() -> str:
    named = re.search(r"^model name\s*:(.*)$", _cpu_info(), re.MULTILINE)
    return named[1].strip() if named else platform.processor() or platform.machine()


@lru_cache(maxsize=1)
def _features() -> tuple[str, ...]:
    return arithmetic_features(_cpu_info())


def _arithmetic() -> dict[str, JsonValue]:
    """What torch chose of it, once the embedder has loaded it; sums are split among its threads."""
    torch = sys.modules.get("torch")
    if torch is None:
        return {}
    return {"torch": torch.backends.cpu.get_cpu_capability(), "torch_threads": torch.get_num_threads()}


def _cpu_info() -> str:
    try:
        return _CPU_INFO.read_text("utf-8")
    except OSError:
        return ""
