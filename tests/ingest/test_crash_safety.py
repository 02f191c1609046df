"""Whatever ends a publisher: what was active serves on, nothing half-published is listed, the next one cleans up."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from app.index.generation import active_id, generations_folder, open_active
from ingest.lock import LOCK_FILE
from ingest.publishing_log import LOG_FILE
from ingest.quality import kept_findings_file
from ingest.rollback import damaged_generations, generations
from tests.ingest.cheap_embedder import CheapEmbedder
from tests.knowledge import TENANT, copy_knowledge

EMBEDDER = CheapEmbedder()
TEXTS = ("sperrmuell", "hund-anmelden")


@dataclass(frozen=True)
class Ended:
    """What became of a publisher."""

    killed: bool
    calls: int
    """Calls of Python functions until then; 0 for a killed one."""
    outcome: str


@dataclass(frozen=True)
class Town:
    """A small town and a process that publishes it on request, see `killed_publisher`."""

    knowledge: Path
    data_dir: Path
    process: subprocess.Popen[str]

    def publish(self, order: str) -> Ended:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{order}\n")
        self.process.stdin.flush()
        end, _, said = self.process.stdout.readline().strip().partition(" ")
        calls, _, outcome = said.partition(" ")
        return Ended(end == "killed", int(calls or 0), outcome)

    def listed(self) -> list[str]:
        return [manifest.id for manifest in generations(self.data_dir, TENANT)]

    def assert_sound(self, before: str | None) -> str | None:
        """The pointer names what it named, or a whole new one; gives back which."""
        now = active_id(self.data_dir, TENANT)
        assert now == before or now == self.listed()[-1]
        assert damaged_generations(self.data_dir, TENANT) == []
        if now is not None:
            generation = open_active(self.data_dir, TENANT, EMBEDDER.info)
            assert {chunk.document_id for chunk in generation.chunks} == set(TEXTS)
        return now

    def assert_clean(self) -> None:
        """Nothing lies there but generations, the pointer, the log, the lock, and what checks keep for the next run."""
        folder = self.data_dir / TENANT
        names = {path.name for path in folder.iterdir()}
        assert names - {kept_findings_file(self.data_dir, TENANT).parent.name} == {
            "active",
            "generations",
            LOG_FILE,
            LOCK_FILE,
        }
        assert sorted(path.name for path in generations_folder(self.data_dir, TENANT).iterdir()) == self.listed()
        assert not list(folder.rglob("*.part"))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    knowledge, data_dir = copy_knowledge(folder / "knowledge", TEXTS), folder / "data"
    command = [sys.executable, "-m", "tests.ingest.killed_publisher", str(knowledge), str(data_dir), TENANT]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Town(knowledge, data_dir, process)
        process.kill()


def test_a_publisher_may_be_killed_at_any_moment(town: Town) -> None:
    random = Random(4)
    first = town.publish("calls 20000")
    assert first.killed
    assert town.assert_sound(None) is None
    whole = town.publish("whole")
    assert whole.outcome == "published"
    active = town.assert_sound(None)
    calls = town.publish("whole").calls
    active = town.assert_sound(active)
    in_python = [f"calls {random.randrange(1, calls)}" for _ in range(34)]
    at_the_end = [f"calls {calls - random.randrange(1, 4000)}" for _ in range(8)]
    anywhere = [f"seconds {random.uniform(0.05, 0.6):.3f}" for _ in range(7)]
    killed = 0
    for order in (*in_python, *at_the_end, *anywhere):
        killed += town.publish(order).killed
        active = town.assert_sound(active)
    assert killed >= 42  # a timer may come too late
    assert town.publish("whole").outcome == "published"
    assert town.assert_sound(active) == town.listed()[-1]
    town.assert_clean()


@pytest.mark.parametrize("size", [0, 100, 3_000, 20_000, 60_000, 150_000])
def test_a_disk_that_takes_no_more_at_any_size_changes_nothing(town: Town, size: int) -> None:
    if active_id(town.data_dir, TENANT) is None:
        town.publish("whole")
    active, before = active_id(town.data_dir, TENANT), town.listed()
    ended = town.publish(f"bytes {size}")
    assert not ended.killed
    assert ended.outcome != "published"
    assert town.assert_sound(active) == active
    assert town.listed() == before
    assert town.publish("whole").outcome == "published"
    town.assert_clean()
