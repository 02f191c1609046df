"""The files of an evidence model: their version is their content, and damage is told with what to do."""

import shutil
from pathlib import Path

import pytest

from app.errors import ModelError
from app.models.evidence.model import EVIDENCE_FILE, load_evidence_model


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The shipped files in a folder of their own; gives the JSON."""
    for file in (EVIDENCE_FILE, EVIDENCE_FILE.with_suffix(".safetensors")):
        shutil.copyfile(file, tmp_path / file.name)
    load_evidence_model.cache_clear()
    return tmp_path / EVIDENCE_FILE.name


def test_the_version_changes_with_either_file(copied: Path) -> None:
    versions = [load_evidence_model().version, load_evidence_model(copied).version]
    assert versions[0] == versions[1]
    copied.write_bytes(copied.read_bytes() + b"\n")
    load_evidence_model.cache_clear()
    versions.append(load_evidence_model(copied).version)
    readers = copied.with_suffix(".safetensors")
    weights = bytearray(readers.read_bytes())
    weights[-1] ^= 1
    readers.write_bytes(weights)
    load_evidence_model.cache_clear()
    versions.append(load_evidence_model(copied).version)
    assert len(set(versions)) == 3


@pytest.mark.parametrize("suffix", [".json", ".safetensors"])
@pytest.mark.parametrize("damage", ["missing", "empty", "cut off", "something else"])
def test_a_damaged_file_says_what_to_do(copied: Path, suffix: str, damage: str) -> None:
    path = copied.with_suffix(suffix)
    content = path.read_bytes()
    path.unlink()
    if damage != "missing":
        path.write_bytes({"empty": b"", "cut off": content[:-200], "something else": b'{"alone": 1}'}[damage])
    with pytest.raises(ModelError, match=r"(?s)incomplete or damaged .* install Amtslotse again"):
        load_evidence_model(copied)


def test_regressions_of_other_features_than_the_readers_are_refused(copied: Path) -> None:
    copied.write_text(copied.read_text("utf-8").replace('"cosine": ', '"another": 0.0, "cosine": ', 1), "utf-8")
    with pytest.raises(ModelError, match="incomplete or damaged"):
        load_evidence_model(copied)
