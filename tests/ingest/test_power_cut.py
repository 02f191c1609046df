"""A power cut keeps only what was synced: at every moment that must be a generation that is whole, or none."""

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.generation import publish
from ingest.rollback import rollback
from tests.ingest.cheap_embedder import CheapEmbedder
from tests.knowledge import TENANT, copy_knowledge, silent


class Disk:
    """What would be left of a folder: contents of files and names in folders as they were when last synced."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[int, bytes] = {}
        self._names: dict[int, dict[str, int]] = {}
        self.active: list[str] = []
        """What the pointer named after each sync, when that changed."""

    def sync(self, descriptor: int) -> None:
        """Notes what the descriptor's file or folder holds now, then looks at what a power cut would leave."""
        path = Path(f"/proc/self/fd/{descriptor}").resolve()
        number = os.fstat(descriptor).st_ino
        if path.is_dir():
            self._names[number] = {entry.name: entry.inode() for entry in os.scandir(path)}
        else:
            self._files[number] = path.read_bytes()
        pointer = self._read("active")
        if pointer is not None and (not self.active or self.active[-1] != pointer.decode().strip()):
            self.active.append(pointer.decode().strip())
            self.check(self.active[-1])

    def check(self, generation: str) -> None:
        """Every file of the generation is there as its manifest says; Chroma's are there with all they hold."""
        folder = f"generations/{generation}"
        manifest = self._read(f"{folder}/manifest.json")
        assert manifest is not None
        for name, digest in json.loads(manifest)["files"].items():
            content = self._read(f"{folder}/{name}")
            assert content is not None, name
            assert hashlib.sha256(content).hexdigest() == digest, name
        here = self._folder / folder
        for path in (path for path in here.rglob("*") if path.is_file()):
            assert self._read(f"{folder}/{path.relative_to(here).as_posix()}") == path.read_bytes(), path

    def _read(self, name: str) -> bytes | None:
        """A file's content, by the names that folders had when they were synced."""
        number = self._folder.stat().st_ino
        for part in name.split("/"):
            if part not in self._names.get(number, {}):
                return None
            number = self._names[number][part]
        return self._files.get(number)


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Disk]:
    """A disk that notes every sync from now on."""

    def watch() -> Disk:
        disk = Disk(tmp_path / "data" / TENANT)
        really = os.fsync

        def fsync(descriptor: int) -> None:
            really(descriptor)
            disk.sync(descriptor)

        monkeypatch.setattr("os.fsync", fsync)
        return disk

    return watch


def test_the_pointer_only_ever_names_what_is_on_the_disk(tmp_path: Path, watched: Callable[[], Disk]) -> None:
    knowledge = copy_knowledge(tmp_path / "knowledge", ("sperrmuell",))
    (tmp_path / "data" / TENANT).mkdir(parents=True)
    disk = watched()
    ids = [publish(knowledge, tmp_path / "data", TENANT, CheapEmbedder(), "test", silent).id for _ in range(2)]
    rollback(tmp_path / "data", TENANT)
    assert disk.active == [*ids, ids[0]]


def test_everything_is_on_the_disk_before_the_pointer_is_replaced(
    tmp_path: Path, watched: Callable[[], Disk], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file system may write the new name of the pointer at once, whatever else still waits."""
    knowledge = copy_knowledge(tmp_path / "knowledge", ("sperrmuell",))
    (tmp_path / "data" / TENANT).mkdir(parents=True)
    disk = watched()
    checked: list[str] = []
    really = os.replace

    def replace(source: str | Path, target: str | Path) -> None:
        if Path(target).name == "active":
            checked.append(Path(source).read_text("utf-8").strip())
            disk.check(checked[-1])
        really(source, target)

    monkeypatch.setattr("os.replace", replace)
    published = publish(knowledge, tmp_path / "data", TENANT, CheapEmbedder(), "test", silent)
    assert checked == [published.id]


def test_the_folders_above_a_first_generation_are_on_the_disk_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    knowledge = copy_knowledge(tmp_path / "knowledge", ("sperrmuell",))
    synced: set[int] = set()
    really = os.fsync

    def fsync(descriptor: int) -> None:
        really(descriptor)
        synced.add(os.fstat(descriptor).st_ino)

    monkeypatch.setattr("os.fsync", fsync)
    publish(knowledge, tmp_path / "deep" / "data", TENANT, CheapEmbedder(), "test", silent)
    above = (tmp_path, tmp_path / "deep", tmp_path / "deep" / "data", tmp_path / "deep" / "data" / TENANT)
    assert {path.stat().st_ino for path in above} <= synced
