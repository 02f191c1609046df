"""The set-up on machines that lack something: one sentence that says what to do, and nothing half-done."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from scripts import chromium, setup
from scripts.command import SetupError, run
from scripts.installation import ROOT, require_room
from scripts.llama_wheel import LlamaWheel

ENOUGH_ROOM = shutil.disk_usage(Path(__file__).anchor).free > 7 << 30


def set_up(venv: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scripts.setup", "install", "--venv", str(venv)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_entry_is_readable_by_python_3_6() -> None:
    ast.parse((ROOT / "scripts" / "setup.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_an_old_python_is_told_which_one_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert setup.main() == 1
    assert "Python 3.11 or newer is needed, this is 3.9" in capsys.readouterr().err


@pytest.mark.skipif(not ENOUGH_ROOM, reason="needs 7 GB of free disk")
def test_without_a_compiler_nothing_is_made(tmp_path: Path) -> None:
    result = set_up(tmp_path / "venv", CC="no-such-cc", AMTSLOTSE_BUILD_CACHE=str(tmp_path / "cache"))
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert "No C/C++ compiler found (no-such-cc): install one" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not ENOUGH_ROOM, reason="needs 7 GB of free disk")
def test_a_broken_environment_is_made_anew_and_a_missing_network_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "venv"
    (broken / "bin").mkdir(parents=True)
    (broken / "bin" / "python").write_text("half", encoding="utf-8")
    result = set_up(
        broken,
        PIP_CONFIG_FILE=os.devnull,
        PIP_INDEX_URL="http://127.0.0.1:9/simple",
        PIP_EXTRA_INDEX_URL="",
        PIP_FIND_LINKS="",
        PIP_RETRIES="0",
    )
    assert "broken or of another Python: making it anew" in result.stdout
    assert result.returncode == 1
    assert "The package index cannot be reached" in result.stderr
    assert subprocess.run([broken / "bin" / "python", "-c", ""], check=False).returncode == 0


def test_too_little_room_is_refused_before_anything_is_installed(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="Not enough room"):
        require_room(tmp_path, needed_bytes=1 << 60)


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("Temporary failure in name resolution", "cannot be reached"),
        ("error: something else", "the reason stands at the end of"),
    ],
)
def test_a_failing_command_is_explained_by_its_output(tmp_path: Path, output: str, sentence: str) -> None:
    with pytest.raises(SetupError, match=sentence):
        run([sys.executable, "-c", f"print({output!r}); raise SystemExit(1)"], tmp_path / "log")


def test_a_built_wheel_is_reused_for_the_same_processor_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMTSLOTSE_BUILD_CACHE", str(tmp_path))
    wheel = LlamaWheel("llama-cpp-python==0.3.36", "avx2")
    assert wheel.built() is None
    path = tmp_path / "wheels" / wheel.key / "llama.whl"
    path.parent.mkdir(parents=True)
    with ZipFile(path, "w") as archive:
        archive.writestr("llama_cpp/__init__.py", "")
    assert wheel.built() == path
    assert LlamaWheel("llama-cpp-python==0.3.37", "avx2").built() is None
    path.write_bytes(path.read_bytes()[:20])
    assert wheel.built() is None


def test_a_missing_browser_fails_in_ci_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CI", raising=False)
    assert chromium.main() == 0
    assert "all end-to-end tests are SKIPPED" in capsys.readouterr().out
    monkeypatch.setenv("CI", "true")
    assert chromium.main() == 1
