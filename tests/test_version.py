"""The version that answer records and manifests keep."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import app.version
from app.settings import PROJECT_ROOT
from app.version import code_version


@pytest.fixture
def copied_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the code that the version is computed from."""
    for folder in ("app", "ingest"):
        shutil.copytree(PROJECT_ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(app.version, "__file__", str(tmp_path / "app" / "version.py"))
    code_version.cache_clear()
    yield tmp_path
    code_version.cache_clear()


def fresh_version() -> str:
    code_version.cache_clear()
    return code_version()


def test_it_is_a_release_and_a_digest_and_stays_the_same() -> None:
    assert re.fullmatch(r"[\w.]+\+[0-9a-f]{8}", code_version())
    assert fresh_version() == code_version()


def test_it_is_the_same_wherever_the_code_lies(copied_code: Path) -> None:
    before = fresh_version()
    (copied_code / "app" / "__pycache__").mkdir()
    (copied_code / "app" / "notes.txt").write_text("no code", encoding="utf-8")
    assert fresh_version() == before


@pytest.mark.parametrize("name", ["app/main.py", "app/wording/de.yaml", "ingest/chunking.py"])
def test_it_changes_with_the_code(copied_code: Path, name: str) -> None:
    before = fresh_version()
    with (copied_code / name).open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    assert fresh_version() != before


def test_it_changes_when_a_file_is_renamed(copied_code: Path) -> None:
    before = fresh_version()
    (copied_code / "ingest" / "diff.py").rename(copied_code / "ingest" / "difference.py")
    assert fresh_version() != before
