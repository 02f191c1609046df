"""Which instructions llama.cpp is built with."""

import platform
from pathlib import Path

import pytest

from scripts.processor import cmake_arguments, reported_features

AVX512 = "sse4_2 avx avx2 bmi2 fma f16c avx512f avx512dq avx512bw avx512vl avx512cd avx512_vnni"
AMX = f"{AVX512} avx512_bf16 amx_bf16 amx_tile amx_int8"

x86_only = pytest.mark.skipif(platform.machine().lower() not in ("x86_64", "amd64"), reason="for x86-64")


@x86_only
@pytest.mark.parametrize("features", ["auto", AMX, AVX512, "avx2", ""])
def test_amx_and_llama_cpps_own_detection_are_always_off(features: str) -> None:
    arguments = cmake_arguments(features)
    assert "-DGGML_NATIVE=OFF" in arguments
    assert [argument for argument in arguments if "AMX" in argument and not argument.endswith("=OFF")] == []


@x86_only
def test_what_the_processor_lacks_is_switched_off_explicitly() -> None:
    arguments = cmake_arguments("sse4_2 avx")
    assert "-DGGML_AVX=ON" in arguments
    assert "-DGGML_AVX2=OFF" in arguments
    assert "-DGGML_FMA=OFF" in arguments


@x86_only
def test_avx512_needs_all_of_its_parts() -> None:
    assert "-DGGML_AVX512=ON" in cmake_arguments(AVX512)
    assert "-DGGML_AVX512_VNNI=ON" in cmake_arguments(AVX512)
    assert "-DGGML_AVX512=OFF" in cmake_arguments(AVX512.replace("avx512vl", ""))


def test_other_processors_leave_the_choice_to_llama_cpp(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "aarch64")
    assert cmake_arguments("auto") == ("-DGGML_NATIVE=ON",)


def test_only_features_of_all_cores_count(tmp_path: Path) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text(
        "processor : 0\nflags\t\t: fpu avx2 fma\n\nprocessor : 1\nflags\t\t: fpu avx2\n", encoding="utf-8"
    )
    assert reported_features(cpuinfo) == {"fpu", "avx2"}


def test_without_cpuinfo_nothing_is_assumed(tmp_path: Path) -> None:
    assert reported_features(tmp_path / "missing") == set()
