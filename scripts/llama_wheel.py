"""Builds llama-cpp-python for one processor, and keeps the wheel for the next clone.

PyPI has no wheel. pip's own cache would give one back that was built with other options, so we keep our own, in a
folder named after everything that the result depends on.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path
from zipfile import is_zipfile

from scripts.command import SetupError, run, say
from scripts.processor import cmake_arguments
from scripts.stamps import digest


class LlamaWheel:
    """The wheel of one version for one set of processor features."""

    def __init__(self, requirement: str, features: str) -> None:
        self._requirement = requirement
        self._cmake = " ".join(cmake_arguments(features))
        tag = f"cp{sys.version_info[0]}{sys.version_info[1]}"
        self.key = digest(f"{requirement} {tag} {self._cmake}")[:16]
        self._folder = _cache() / "wheels" / self.key

    def built(self) -> Path | None:
        """The wheel, if it was built before and is whole."""
        return next((path for path in self._folder.glob("*.whl") if is_zipfile(path)), None)

    def build(self, python: Path, constraints: Path, log: Path) -> Path:
        """Compiles it with `python`'s pip, and puts it into the cache in one step.

        Raises:
            SetupError: the build failed.
        """
        say("building llama.cpp for this processor: about 5 minutes on 2 cores, and the next clone reuses it")
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".building-", dir=self._folder.parent) as scratch:
            target = Path(scratch) / "wheel"
            pip: list[str | Path] = [python, "-m", "pip", "--disable-pip-version-check", "wheel"]
            pip += ["--no-cache-dir", "--no-deps", "--no-binary", "llama-cpp-python"]
            pip += ["--build-constraint", constraints, "--wheel-dir", target, self._requirement]
            run(pip, log, environment={"CMAKE_ARGS": self._cmake})
            shutil.rmtree(self._folder, ignore_errors=True)
            target.rename(self._folder)
        return next(self._folder.glob("*.whl"))


def require_compilers() -> None:
    """CMake and Ninja come with the build, compilers don't.

    Raises:
        SetupError: there is none.
    """
    wanted = (os.environ.get("CC") or "cc", os.environ.get("CXX") or "c++")
    missing = [name for name in wanted if shutil.which(name.split()[0]) is None]
    if missing:
        raise SetupError(
            f"No C/C++ compiler found ({', '.join(missing)}): install one "
            "(Debian: `sudo apt-get install build-essential`) and run the command again."
        )


def _cache() -> Path:
    if own := os.environ.get("AMTSLOTSE_BUILD_CACHE"):
        return Path(own).absolute()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache").absolute() / "amtslotse"
