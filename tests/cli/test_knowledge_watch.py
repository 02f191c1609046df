"""`amtslotse knowledge watch` as a real process: it publishes changes, survives broken texts, and stops when told."""

import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.index.generation import active_id
from tests.knowledge import TENANT, copy_knowledge
from tests.servers import START_TIMEOUT_S, environment

pytestmark = pytest.mark.models

SERVICES = ("hund-anmelden", "sperrmuell")


class Watcher:
    """The running command and what it says."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def wait_for(self, words: str) -> None:
        said = []
        while True:
            try:
                said.append(self._lines.get(timeout=START_TIMEOUT_S))
            except queue.Empty:
                raise AssertionError(f"'{words}' was never said, but: {''.join(said)}") from None
            if words in said[-1]:
                return

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)


@pytest.fixture
def knowledge_dir(tmp_path: Path) -> Path:
    return copy_knowledge(tmp_path / "knowledge", SERVICES)


@pytest.fixture
def watcher(tmp_path: Path, knowledge_dir: Path) -> Iterator[Watcher]:
    command = [sys.executable, "-m", "cli.main", "knowledge", "watch", "--skip-gold", "Ein Test", "--settle", "0.2"]
    with subprocess.Popen(
        [*command, "--poll", "0.1", "--author", "Redaktion"],
        env=environment(tmp_path / "data", knowledge_dir),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    ) as process:
        yield Watcher(process)
        process.kill()


def test_changes_are_published_and_broken_texts_only_reported(
    watcher: Watcher, tmp_path: Path, knowledge_dir: Path
) -> None:
    data_dir, text = tmp_path / "data", knowledge_dir / TENANT / "services" / "hund-anmelden.md"
    watcher.wait_for("published 2 texts")
    first, good = active_id(data_dir, TENANT), text.read_text(encoding="utf-8")

    text.write_text(good.replace("language: de", "language: deutsch"), encoding="utf-8")
    watcher.wait_for("error invalid-field: 'language'")
    watcher.wait_for("serves on")
    assert active_id(data_dir, TENANT) == first

    text.write_text(good.replace("96,00 Euro", "98,00 Euro"), encoding="utf-8")
    watcher.wait_for("published 2 texts")
    assert active_id(data_dir, TENANT) not in (first, None)

    watcher.process.send_signal(signal.SIGTERM)
    watcher.wait_for("stopped")
    assert watcher.process.wait(timeout=START_TIMEOUT_S) == 0


def test_stopping_in_the_middle_leaves_nothing_half_done(watcher: Watcher, tmp_path: Path) -> None:
    watcher.wait_for("loading the models")
    watcher.process.send_signal(signal.SIGINT)
    watcher.wait_for("stopped")
    assert watcher.process.wait(timeout=START_TIMEOUT_S) == 0
    assert active_id(tmp_path / "data", TENANT) is None
    assert list((tmp_path / "data").glob("*/generations/*")) == []
