"""Which instructions llama.cpp may use: those that the processor reports, and never AMX.

With its own detection (GGML_NATIVE) llama.cpp switches AMX on where it exists, and the first decode then crashes.
"""

import platform
from pathlib import Path

_CPUINFO = Path("/proc/cpuinfo")
_NEEDS = {
    "GGML_SSE42": {"sse4_2"},
    "GGML_AVX": {"avx"},
    "GGML_AVX2": {"avx2"},
    "GGML_BMI2": {"bmi2"},
    "GGML_FMA": {"fma"},
    "GGML_F16C": {"f16c"},
    "GGML_AVX512": {"avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd"},
    "GGML_AVX512_VNNI": {"avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd", "avx512_vnni"},
}
"""CMake options of ggml, and what /proc/cpuinfo must report for each."""
_NEVER = ("GGML_NATIVE", "GGML_AMX_TILE", "GGML_AMX_INT8", "GGML_AMX_BF16")


def cmake_arguments(features: str) -> tuple[str, ...]:
    """Options for the build. `features` is `auto`, or names as in /proc/cpuinfo ("avx avx2 fma f16c") for a
    build that runs elsewhere. Processors other than x86-64 leave the choice to llama.cpp."""
    if platform.machine().lower() not in ("x86_64", "amd64"):
        return ("-DGGML_NATIVE=ON",)
    known = reported_features(_CPUINFO) if features == "auto" else set(features.split())
    return tuple(
        [f"-D{option}=OFF" for option in _NEVER]
        + [f"-D{option}={'ON' if needed <= known else 'OFF'}" for option, needed in _NEEDS.items()]
    )


def reported_features(cpuinfo: Path) -> set[str]:
    """Features that all cores have; none when the file doesn't exist (then the build is slow, but runs)."""
    try:
        lines = cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return set()
    cores = [set(line.partition(":")[2].split()) for line in lines if line.startswith("flags")]
    return set.intersection(*cores) if cores else set()
