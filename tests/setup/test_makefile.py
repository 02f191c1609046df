"""The commands that people and CI type."""

import os
import re
import subprocess
from importlib.util import find_spec

import pytest

from scripts.installation import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("target", ["run", "setup", "test", "check", "bench", "lock", "audit", "sbom", "clean"])
def test_every_documented_target_is_one_that_make_knows(target: str) -> None:
    dry_run = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert dry_run.returncode == 0, dry_run.stderr
    assert f"make {target}" in (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def test_every_module_that_make_runs_exists() -> None:
    modules = set(re.findall(r"-m ([\w.]+)", MAKEFILE))
    assert {module for module in modules if find_spec(module) is None} == set()


def test_ci_runs_make_check_test_and_stops_at_the_first_failure() -> None:
    gate = ROOT / ".ci" / "run"
    assert os.access(gate, os.X_OK)
    lines = [line for line in gate.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert lines[0] == "set -euo pipefail"
    assert lines[-1] == "make check test"


def test_a_missing_python_is_named(tmp_path: object) -> None:
    result = subprocess.run(
        ["make", "setup", "PYTHON=no-such-python"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode != 0
    assert "'no-such-python' is not there: install it or name one" in result.stderr
