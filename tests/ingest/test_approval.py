"""Four eyes: one publishes, another approves."""

from pathlib import Path

import pytest

from app.errors import GenerationError, KnowledgeError
from app.index.generation import active_id, generations_folder
from app.index.manifest import GenerationState, Manifest, read_manifest
from app.models.ports import Embedder
from app.tenants.tenant import load_tenant
from ingest.approval import approve, needs_approval
from ingest.generation import publish
from ingest.publishing_log import Action, read_log
from ingest.rollback import rollback
from tests.knowledge import TENANT, copy_knowledge, set_publishing, silent

pytestmark = pytest.mark.models

AUTHOR = "Anna  Beispiel"


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    folder = copy_knowledge(tmp_path / "knowledge")
    set_publishing(folder, four_eyes=True)
    return folder


@pytest.fixture
def pending(knowledge: Path, published_copy: Path, embedder: Embedder) -> Manifest:
    """A generation in `published_copy` that waits."""
    return publish(knowledge, published_copy, TENANT, embedder, AUTHOR, silent)


def test_another_person_activates_it_and_is_kept_with_it(pending: Manifest, published_copy: Path) -> None:
    before = active_id(published_copy, TENANT)
    approve(published_copy, TENANT, pending.id, " B. Muster ")
    manifest = read_manifest(generations_folder(published_copy, TENANT) / pending.id)
    assert active_id(published_copy, TENANT) == pending.id
    assert manifest.state is GenerationState.READY
    assert manifest.approval is not None and manifest.approval.by == "B. Muster"
    *_, approved, activated = read_log(published_copy, TENANT)
    assert (approved.action, approved.by, approved.replaces) == (Action.APPROVED, "B. Muster", before)
    assert (activated.action, activated.by) == (Action.ACTIVATED, "B. Muster")


@pytest.mark.parametrize("name", [AUTHOR, "anna beispiel", " ANNA BEISPIEL ", "AnnaBeispiel", "Anna\u00a0Beispiel"])
def test_the_same_person_is_refused_however_the_name_is_written(
    pending: Manifest, published_copy: Path, name: str
) -> None:
    before = active_id(published_copy, TENANT)
    with pytest.raises(KnowledgeError, match="cannot approve it as well: ask somebody else"):
        approve(published_copy, TENANT, pending.id, name)
    assert active_id(published_copy, TENANT) == before
    assert read_log(published_copy, TENANT)[-1].action is Action.PENDING


def test_an_approval_needs_a_name(pending: Manifest, published_copy: Path) -> None:
    with pytest.raises(KnowledgeError, match="needs a name"):
        approve(published_copy, TENANT, pending.id, "  ")


def test_what_does_not_wait_is_not_approved(pending: Manifest, published_copy: Path) -> None:
    approve(published_copy, TENANT, pending.id, "B")
    with pytest.raises(KnowledgeError, match="does not wait for approval, it is active already"):
        approve(published_copy, TENANT, pending.id, "C")


@pytest.mark.parametrize("name", ["20000101T000000000000Z", "..", "../../etc", ""])
def test_a_generation_that_is_not_there_is_told_so(published_copy: Path, name: str) -> None:
    with pytest.raises(GenerationError, match=r"There is no generation"):
        approve(published_copy, TENANT, name, "B")


def test_what_was_compared_with_another_generation_than_the_active_one_is_published_anew(
    pending: Manifest, knowledge: Path, published_copy: Path, embedder: Embedder
) -> None:
    later = publish(knowledge, published_copy, TENANT, embedder, AUTHOR, silent)
    approve(published_copy, TENANT, later.id, "B")
    with pytest.raises(KnowledgeError, match=f"{later.id} became active: publish again"):
        approve(published_copy, TENANT, pending.id, "B")
    assert active_id(published_copy, TENANT) == later.id


def test_an_approval_that_was_cut_off_before_the_switch_can_be_repeated(
    pending: Manifest, published_copy: Path
) -> None:
    before = active_id(published_copy, TENANT) or ""
    approve(published_copy, TENANT, pending.id, "B")
    (published_copy / TENANT / "active").write_text(before + "\n", encoding="utf-8")
    approve(published_copy, TENANT, pending.id, "B")
    assert active_id(published_copy, TENANT) == pending.id


def test_rolling_back_needs_no_second_person_and_is_recorded(pending: Manifest, published_copy: Path) -> None:
    before = active_id(published_copy, TENANT)
    approve(published_copy, TENANT, pending.id, "B")
    assert rollback(published_copy, TENANT, by=AUTHOR, reason="Falsche Gebühr") == before
    last = read_log(published_copy, TENANT)[-1]
    assert (last.action, last.generation, last.replaces) == (Action.ROLLED_BACK, before, pending.id)
    assert (last.by, last.reasons) == (AUTHOR, ("Falsche Gebühr",))


def test_nobody_switches_four_eyes_off_alone(
    pending: Manifest, published_copy: Path, small_knowledge: Path, embedder: Embedder
) -> None:
    approve(published_copy, TENANT, pending.id, "B")
    without = load_tenant(small_knowledge / TENANT)
    assert not without.publishing.four_eyes
    assert needs_approval(without, generations_folder(published_copy, TENANT) / pending.id)
    assert publish(small_knowledge, published_copy, TENANT, embedder, AUTHOR, silent).state is GenerationState.PENDING
    assert active_id(published_copy, TENANT) == pending.id
