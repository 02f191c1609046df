"""Files are written whole or not at all."""

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.files import (
    make_folder,
    remove_folder,
    remove_leftovers,
    sync_folder,
    sync_tree,
    write_atomically,
    writing_atomically,
)


@pytest.mark.parametrize(
    ("content", "expected"), [("Größe\n", "Größe\n".encode()), (b"\x00\xff", b"\x00\xff"), ("", b"")]
)
def test_content_is_written_as_it_is(tmp_path: Path, content: str | bytes, expected: bytes) -> None:
    write_atomically(tmp_path / "file", content)
    assert (tmp_path / "file").read_bytes() == expected
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_an_existing_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a longer text before", encoding="utf-8")
    write_atomically(tmp_path / "file", "after")
    assert (tmp_path / "file").read_text("utf-8") == "after"


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
def test_a_failure_keeps_the_old_content_and_leaves_nothing_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "file").write_text("before", encoding="utf-8")
    monkeypatch.setattr(step, fail)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(tmp_path / "file", "after")
    assert (tmp_path / "file").read_text("utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_reader_never_sees_half_a_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    contents = [str(digit) * 200_000 for digit in range(4)]
    write_atomically(path, contents[0])

    def write_all() -> None:
        for content in contents * 10:
            write_atomically(path, content)

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write_all)
        while not writing.done():
            assert path.read_text("utf-8") in contents
        writing.result()


def test_two_threads_may_write_the_same_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    contents = [str(digit) * 50_000 for digit in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda content: write_atomically(path, content), contents * 5))
    assert path.read_text("utf-8") in contents
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_of_several_exclusive_writers_one_wins_and_the_others_are_told(tmp_path: Path) -> None:
    path = tmp_path / "file"

    def write(content: str) -> str | None:
        try:
            write_atomically(path, content, exclusive=True)
        except FileExistsError:
            return None
        return content

    with ThreadPoolExecutor(8) as pool:
        won = [content for content in pool.map(write, [str(digit) * 50_000 for digit in range(40)]) if content]
    assert won == [path.read_text("utf-8")]
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_a_missing_folder_is_an_error_and_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "none" / "file", "x")
    assert list(tmp_path.iterdir()) == []


def test_syncing_a_tree_reaches_every_file_and_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    for name in ("one", "a/two", "a/b/three"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    synced: list[int] = []
    really_sync = os.fsync

    def note(descriptor: int) -> None:
        synced.append(os.fstat(descriptor).st_ino)
        really_sync(descriptor)

    monkeypatch.setattr("os.fsync", note)
    sync_tree(tmp_path)
    assert sorted(synced) == sorted(path.stat().st_ino for path in (tmp_path, *tmp_path.rglob("*")))
    sync_folder(tmp_path / "a")
    assert synced[-1] == (tmp_path / "a").stat().st_ino


def test_whoever_raises_while_writing_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("before", encoding="utf-8")
    with pytest.raises(ValueError, match="no more"), writing_atomically(tmp_path / "file") as file:
        file.write(b"half")
        raise ValueError("no more")
    assert (tmp_path / "file").read_text("utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_folders_are_made_and_every_one_above_a_new_one_is_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr("app.files.sync_folder", synced.append)
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
    assert sorted(synced) == [tmp_path, tmp_path / "a"]


def test_a_folder_goes_at_once_and_what_a_killed_deleter_left_goes_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name, encoding="utf-8")
    remove_folder(tmp_path / "one")
    with monkeypatch.context() as patch:
        patch.setattr("shutil.rmtree", lambda _: None)
        remove_folder(tmp_path / "two")
    (tmp_path / ".active.1-2.part").touch()
    assert [path.name for path in tmp_path.glob("[!.]*")] == []
    assert len(list(tmp_path.iterdir())) == 2
    remove_leftovers(tmp_path)
    assert list(tmp_path.iterdir()) == []
