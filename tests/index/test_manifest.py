"""Reading a generation's manifest."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.errors import GenerationError
from app.index.manifest import EmbeddingEntry, GenerationState, Reasons, read_manifest, write_manifest
from app.models.ports import EmbedderInfo

VALID: dict[str, Any] = {
    "id": "20260101T000000000000Z",
    "tenant": "musterstadt",
    "created_at": "2026-01-01T00:00:00Z",
    "created_by": "test",
    "parent": None,
    "embedding": {"name": "e5", "revision": "0", "dimension": 3, "query_prompt": "q", "passage_prompt": "p"},
    "chunker_version": "1",
    "code_version": "0.1.0+0",
    "chunk_count": 0,
    "sentence_count": 0,
    "documents": [],
    "files": {},
}


def write(folder: Path, content: bytes) -> Path:
    (folder / "manifest.json").write_bytes(content)
    return folder


def test_a_valid_manifest_is_read(tmp_path: Path) -> None:
    manifest = read_manifest(write(tmp_path, json.dumps(VALID).encode()))
    assert (manifest.id, manifest.parent, manifest.embedding.dimension) == (VALID["id"], None, 3)


def test_a_manifest_from_before_gate_and_approval_is_ready_and_has_no_reasons(tmp_path: Path) -> None:
    manifest = read_manifest(
        write(tmp_path, json.dumps(VALID | {"evaluation": None, "quality": {"expired": 1}}).encode())
    )
    assert (manifest.state, manifest.reasons) == (GenerationState.READY, Reasons())
    assert (manifest.evaluation, manifest.approval, manifest.overridden) == (None, None, ())


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    manifest = read_manifest(write(tmp_path, json.dumps(VALID).encode()))
    changed = manifest.model_copy(update={"state": GenerationState.REFUSED, "reasons": Reasons(shrink="Umzug")})
    write_manifest(tmp_path, changed)
    assert read_manifest(tmp_path) == changed


def test_a_reason_is_more_than_blanks() -> None:
    with pytest.raises(ValueError, match="at least 1 character"):
        Reasons(shrink="  ")


def test_a_folder_without_manifest_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(GenerationError, match=r"has no manifest\.json: run `amtslotse knowledge publish`"):
        read_manifest(tmp_path)


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(GenerationError, match=r"has no manifest\.json"):
        read_manifest(tmp_path / "file")


@pytest.mark.parametrize(
    "content", [b"", json.dumps(VALID).encode()[:-5], b"[]", b"\xff\xfe", json.dumps(VALID | {"x": 1}).encode()]
)
def test_a_damaged_manifest_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(GenerationError, match="is damaged: roll back to another generation or publish again"):
        read_manifest(write(tmp_path, content))


def test_a_manifest_of_another_format_says_to_publish_again(tmp_path: Path) -> None:
    with pytest.raises(GenerationError, match="has format 99, this version reads 1: publish the knowledge again"):
        read_manifest(write(tmp_path, json.dumps(VALID | {"format": 99}).encode()))


def test_the_entry_of_an_embedder_keeps_all_that_its_vectors_depend_on() -> None:
    info = EmbedderInfo("e5", "r", 3, "q", "p", max_tokens=512)
    assert EmbeddingEntry.of(info).model_dump() == {
        "name": "e5",
        "revision": "r",
        "dimension": 3,
        "query_prompt": "q",
        "passage_prompt": "p",
    }
