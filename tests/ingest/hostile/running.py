"""Starts a run over a town and notes what it did to the machine."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.settings import PROJECT_ROOT
from tests.ingest.hostile.report import Report

_WATCH = Path(__file__).parent / "watch" / "sitecustomize.py"
_TRIED_BY_LIBRARIES = ["::1", 0]
"""When it is imported, urllib3 looks whether the machine has IPv6 by binding a socket, which it closes at once."""
LONGEST_S = 600
"""After that the run counts as hanging, however busy the machine is."""


@dataclass(frozen=True)
class Noted:
    """One thing that a process did."""

    event: str
    arguments: tuple[object, ...]


@dataclass(frozen=True)
class Run:
    """A report, and what the process and its children did meanwhile."""

    report: Report
    noted: tuple[Noted, ...]
    folder: Path
    """Everything may be written below it."""

    def written_outside(self) -> list[Noted]:
        """Files that were made, changed or removed elsewhere."""
        return [
            noted
            for noted in self.noted
            if noted.event == "open" or (noted.event.startswith("os.") and noted.event not in _STARTS)
            if not any(_is_below(argument, self.folder) for argument in noted.arguments)
            and not (
                noted.event in _IN_OPEN_FOLDER and isinstance(noted.arguments[-1], int) and noted.arguments[-1] > 0
            )
        ]

    def connections(self) -> Iterator[object]:
        """Addresses that were connected to, bound or resolved."""
        asked = (noted for noted in self.noted if noted.event.startswith(("socket.", "urllib.")))
        return (noted.arguments[-1] for noted in asked if noted.arguments[-1] != _TRIED_BY_LIBRARIES)

    def started(self) -> Iterator[object]:
        """Programs that were started."""
        return (noted.arguments[0] for noted in self.noted if noted.event in _STARTS)


_IN_OPEN_FOLDER = ("os.remove", "os.rmdir")
"""A temporary folder is emptied by names that are relative to it."""
_STARTS = ("os.system", "os.exec", "os.posix_spawn", "subprocess.Popen")


def run_over(town: Path, folder: Path, *options: str) -> Run:
    """Checks a town. `folder` holds it, and is where anything may be written."""
    watch = folder / "watch"
    temporary = folder / "tmp"
    watch.mkdir()
    temporary.mkdir()
    shutil.copy(_WATCH, watch)
    report = folder / "report.json"
    environment = {
        **os.environ, "PYTHONPATH": f"{watch}{os.pathsep}{PROJECT_ROOT}", "TMPDIR": str(temporary),
        "AMTSLOTSE_DATA_DIR": str(folder / "data"),
    }  # fmt: skip
    subprocess.run(
        [sys.executable, "-m", "tests.ingest.hostile.run", town, report, *options],
        check=True, env=environment, cwd=PROJECT_ROOT, timeout=LONGEST_S, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    noted = (json.loads(line) for line in (watch / "noted.log").read_text(encoding="utf-8").splitlines())
    return Run(
        Report.model_validate_json(report.read_bytes()),
        tuple(Noted(event, tuple(arguments)) for event, *arguments in noted),
        folder,
    )


def _is_below(argument: object, folder: Path) -> bool:
    if not isinstance(argument, str):
        return False
    path = Path(argument)
    return path == Path(os.devnull) or (path.is_absolute() and path.resolve().is_relative_to(folder.resolve()))
