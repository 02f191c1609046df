"""Whoever imports anything of the product is offline, whatever the shell held before."""

import os
import subprocess
import sys

import pytest

from app.offline import stay_offline
from app.settings import PROJECT_ROOT

_ASKED = "import os, {module}; print(os.environ['HF_HUB_OFFLINE'], os.environ['ANONYMIZED_TELEMETRY'])"


@pytest.mark.parametrize("module", ["app", "cli.options", "ingest.document", "evaluation.gold_file"])
def test_every_part_of_the_product_switches_telemetry_off_as_it_is_imported(module: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", _ASKED.format(module=module)],
        cwd=PROJECT_ROOT,
        env={**os.environ, "HF_HUB_OFFLINE": "0", "ANONYMIZED_TELEMETRY": "True"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split() == ["1", "False"]


def test_what_a_library_switched_on_again_is_off_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_DISABLE_TELEMETRY", "0")
    stay_offline()
    assert os.environ["HF_HUB_DISABLE_TELEMETRY"] == "1"
