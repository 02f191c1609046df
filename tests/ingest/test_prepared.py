"""What was read before the lock was there must not undo what somebody else has published meanwhile."""

from pathlib import Path

import pytest

from app.errors import KnowledgeError
from app.index.generation import active_id, generations_folder
from app.index.manifest import Manifest
from app.index.store import read_chunks
from ingest.generation import publish, publish_prepared
from ingest.prepared import prepare
from tests.ingest.cheap_embedder import CheapEmbedder
from tests.knowledge import TENANT, copy_knowledge, silent


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    return copy_knowledge(tmp_path / "knowledge", ("sperrmuell",))


def add_to_text(knowledge: Path, words: str) -> None:
    path = knowledge / TENANT / "services" / "sperrmuell.md"
    path.write_text(path.read_text("utf-8").rstrip() + f"\n{words}\n", "utf-8")


def says(data_dir: Path, manifest: Manifest, words: str) -> bool:
    chunks = read_chunks(generations_folder(data_dir, TENANT) / manifest.id)
    return any(words in chunk.text for chunk in chunks)


def test_texts_are_read_anew_when_somebody_else_has_published_them_later(tmp_path: Path, knowledge: Path) -> None:
    early = prepare(knowledge, tmp_path, TENANT)
    add_to_text(knowledge, "Neu ist die Abholung am Samstag.")
    theirs = publish(knowledge, tmp_path, TENANT, CheapEmbedder(), "other", silent)
    mine = publish_prepared(early, CheapEmbedder(), "test", silent)
    assert mine.parent == theirs.id
    assert says(tmp_path, mine, "Abholung am Samstag")


def test_what_was_read_is_published_when_nobody_else_did(tmp_path: Path, knowledge: Path) -> None:
    early = prepare(knowledge, tmp_path, TENANT)
    add_to_text(knowledge, "Dieser Satz kam nach dem Lesen.")
    assert not says(tmp_path, publish_prepared(early, CheapEmbedder(), "test", silent), "nach dem Lesen")


def test_texts_that_have_become_wrong_meanwhile_are_not_published(tmp_path: Path, knowledge: Path) -> None:
    early = prepare(knowledge, tmp_path, TENANT)
    theirs = publish(knowledge, tmp_path, TENANT, CheapEmbedder(), "other", silent)
    add_to_text(knowledge, "## Gibt es nicht\n\nText.")
    with pytest.raises(KnowledgeError, match="unknown-heading"):
        publish_prepared(early, CheapEmbedder(), "test", silent)
    assert active_id(tmp_path, TENANT) == theirs.id
