"""What is expensive to make is made once a run, whichever process of pytest-xdist needs it first."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder of this process with what `make` wrote into the folder that it was given.

    The other processes wait for the first one and copy what it made: a database that two of them open would be locked.
    """
    mine = factory.mktemp(name, numbered=False)
    if "PYTEST_XDIST_WORKER" not in os.environ:
        make(mine)
        return mine
    original = factory.getbasetemp().parent / f"{name}-of-all"  # above it are the folders of this run's processes
    with FileLock(f"{original}.lock"):
        if not original.exists():
            unfinished = original.with_suffix(".part")
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(original)
    return Path(shutil.copytree(original, mine, dirs_exist_ok=True))
