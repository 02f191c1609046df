"""The steps of the set-up, in order. Each is skipped when its stamp says that it was done with the same input."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from scripts.command import SetupError, run, say, succeeds
from scripts.llama_wheel import LlamaWheel, require_compilers
from scripts.stamps import Stamps

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
NEEDED_BYTES = 6 << 30
"""Room for the virtual environment with torch, the build of llama.cpp and the models."""


def main(arguments: Sequence[str]) -> int:
    """Runs the set-up; 0 when everything is in place, 1 after one sentence on stderr."""
    options = _parse(arguments)
    venv: Path = options.venv.absolute()
    try:
        if options.part in ("all", "install"):
            Installation(venv, options.cpu).install(dev=options.dev)
        if options.part in ("all", "content"):
            prepare_content(venv)
    except SetupError as error:
        sys.stderr.write(f"setup: {error}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"setup: {error}: free some space or correct the rights, and run the command again.\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("setup: interrupted; the next run continues.\n")
        return 130
    return 0


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 -m scripts.setup", description="Make a clone ready to run.")
    parser.add_argument("part", nargs="?", choices=["all", "install", "content"], default="all")
    parser.add_argument("--dev", action="store_true", help="also install what tests and checks need")
    parser.add_argument("--venv", type=Path, default=ROOT / ".venv", help="the virtual environment")
    parser.add_argument("--cpu", default="auto", help="features for llama.cpp as in /proc/cpuinfo, or 'auto'")
    return parser.parse_args(arguments)


def prepare_content(venv: Path) -> None:
    """Prepares the embedded models, and publishes every municipality that has nothing published yet.

    Raises:
        SetupError: one of it failed; the command has said why.
    """
    amtslotse = str(venv / "bin" / "amtslotse")
    commands = [[amtslotse, "models", "prepare"]]
    knowledge = Path(os.environ.get("AMTSLOTSE_KNOWLEDGE_DIR") or ROOT / "knowledge")
    for tenant in sorted(path.parent.name for path in knowledge.glob("*/tenant.yaml")):
        publish = [amtslotse, "knowledge", "publish", "--tenant", tenant, "--if-empty"]
        commands.append([*publish, "--skip-gold", "sample knowledge, published by setup"])
    for command in commands:
        if subprocess.run(command, check=False).returncode != 0:  # noqa: S603
            raise SetupError(f"`amtslotse {' '.join(command[1:])}` did not succeed; the reason stands above.")


class Installation:
    """One virtual environment and what is installed in it."""

    def __init__(self, venv: Path, features: str) -> None:
        self._venv = venv
        self._python = venv / "bin" / "python"
        self._stamps = Stamps(venv / ".setup")
        self._log = venv / "setup.log"
        self._runtime = _read("runtime.lock")
        self._wheel = LlamaWheel(self._pinned("llama-cpp-python"), features)

    def install(self, *, dev: bool) -> None:
        """Everything up to the command `amtslotse`.

        Raises:
            SetupError: something that a person must put right; the next run continues from there.
        """
        if not self._done("runtime", self._runtime):
            require_room(self._venv.parent)
        if not self._done("llama", self._wheel.key) and self._wheel.built() is None:
            require_compilers()
        self._make_venv()
        self._step("pip", _read("build.lock"), "pip and setuptools", self._install_build_tools)
        self._step("torch", self._pinned("torch"), "torch, the largest package", self._install_torch)
        self._step("llama", self._wheel.key, "llama.cpp", self._install_llama)
        self._step("runtime", self._runtime, "dependencies", lambda force: self._install_lock("runtime.lock", force))
        if dev:
            self._step("dev", _read("dev.lock"), "test tools", lambda force: self._install_lock("dev.lock", force))
        project = f"{ROOT} {(ROOT / 'pyproject.toml').read_text(encoding='utf-8')}"
        self._step("project", project, "the command amtslotse", self._install_project)

    def _make_venv(self) -> None:
        """Makes the environment, or makes it anew when it doesn't work or is of another Python."""
        same = f"import sys, pip; sys.exit(sys.version_info[:2] != {sys.version_info[:2]!r})"
        if not succeeds(self._python, same):
            if self._venv.exists():
                say("the virtual environment is broken or of another Python: making it anew")
                shutil.rmtree(self._venv)
            if not succeeds(Path(sys.executable), "import ensurepip, venv"):
                raise SetupError("This Python lacks venv: install it (Debian: `sudo apt-get install python3-venv`).")
            say(f"making {self._venv}")
            self._venv.mkdir(parents=True)
            run([sys.executable, "-m", "venv", self._venv], self._log)
        (self._venv / ".setup").mkdir(exist_ok=True)

    def _step(self, name: str, key: str, label: str, action: Callable[[bool], None]) -> None:
        if not self._done(name, key):
            say(f"installing {label}")
            self._stamps.run(name, key, action)

    def _done(self, name: str, key: str) -> bool:
        return self._python.exists() and self._stamps.done(name, key)

    def _install_build_tools(self, force: bool) -> None:
        self._pip(
            [line for line in _read("build.lock").splitlines() if line.startswith(("pip=", "setuptools="))], force
        )

    def _install_torch(self, force: bool) -> None:
        """An own index (for CPU builds) is asked for torch only; what torch needs comes with the lock then."""
        index = os.environ.get("TORCH_INDEX_URL")
        source = ["--no-deps", "--index-url", index] if index else ["--constraint", REQUIREMENTS / "runtime.lock"]
        self._pip([*source, self._pinned("torch")], force)

    def _install_llama(self, _force: bool) -> None:
        wheel = self._wheel.built() or self._wheel.build(self._python, REQUIREMENTS / "build.lock", self._log)
        self._pip(["--no-deps", "--no-index", wheel], force=True)

    def _install_lock(self, name: str, force: bool) -> None:
        self._pip(["--no-deps", "--requirement", REQUIREMENTS / name], force)

    def _install_project(self, force: bool) -> None:
        self._pip(["--no-deps", "--no-build-isolation", "--editable", ROOT], force)

    def _pip(self, arguments: Sequence[str | Path], force: bool) -> None:
        pip: list[str | Path] = [self._python, "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
        run([*pip, *(["--force-reinstall"] if force else []), *arguments], self._log)

    def _pinned(self, package: str) -> str:
        return next(line for line in self._runtime.splitlines() if line.startswith(f"{package}=="))


def require_room(folder: Path, needed_bytes: int = NEEDED_BYTES) -> None:
    """Refuses early what would fill the disk.

    Raises:
        SetupError: less than that is free.
    """
    free = shutil.disk_usage(folder).free
    if free < needed_bytes:
        needed = f"{needed_bytes / 1e9:.0f} GB are needed in {folder}, {free / 1e9:.1f} GB are free"
        raise SetupError(f"Not enough room: {needed}. Free some and run the command again.")


def _read(name: str) -> str:
    return (REQUIREMENTS / name).read_text(encoding="utf-8")
