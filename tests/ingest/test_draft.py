"""Draft generations: built to be tried out, never activated."""

from pathlib import Path

import pytest

from app.errors import KnowledgeError
from app.index.generation import active_id
from app.index.manifest import GenerationState, Manifest
from ingest.approval import approve
from ingest.draft import build_draft
from ingest.generation import publish
from ingest.prepared import prepare
from ingest.rollback import generations, rollback
from tests.ingest.cheap_embedder import CheapEmbedder
from tests.knowledge import TENANT, copy_knowledge, silent


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    return copy_knowledge(tmp_path / "knowledge", ("hund-anmelden", "wohngeld"))


def _draft(knowledge: Path, tmp_path: Path) -> Manifest:
    return build_draft(prepare(knowledge, tmp_path / "data", TENANT), CheapEmbedder(), "Ada", silent)


def _edit(knowledge: Path, words: str) -> None:
    path = knowledge / TENANT / "services" / "wohngeld.md"
    path.write_text(f"{path.read_text('utf-8')}\n{words}\n", "utf-8")


def test_a_draft_stands_beside_the_live_generation_and_never_becomes_it(knowledge: Path, tmp_path: Path) -> None:
    live = publish(knowledge, tmp_path / "data", TENANT, CheapEmbedder(), "Ada", silent)
    _edit(knowledge, "Ein neuer Satz.")
    draft = _draft(knowledge, tmp_path)
    assert draft.state is GenerationState.DRAFT
    assert active_id(tmp_path / "data", TENANT) == live.id
    with pytest.raises(KnowledgeError, match="never activated"):
        rollback(tmp_path / "data", TENANT, draft.id)
    with pytest.raises(KnowledgeError, match="does not wait"):
        approve(tmp_path / "data", TENANT, draft.id, "Grace")


def test_the_same_texts_give_the_same_draft(knowledge: Path, tmp_path: Path) -> None:
    assert _draft(knowledge, tmp_path).id == _draft(knowledge, tmp_path).id


def test_only_the_newest_drafts_stay(knowledge: Path, tmp_path: Path) -> None:
    made = []
    for number in range(6):
        _edit(knowledge, f"Satz {number}.")
        made.append(_draft(knowledge, tmp_path).id)
    assert [manifest.id for manifest in generations(tmp_path / "data", TENANT)] == made[1:]


def test_texts_with_errors_build_no_draft(knowledge: Path, tmp_path: Path) -> None:
    path = knowledge / TENANT / "services" / "wohngeld.md"
    path.write_text(path.read_text("utf-8").replace("owner:", "ownr:"), "utf-8")
    with pytest.raises(KnowledgeError, match="errors"):
        _draft(knowledge, tmp_path)
