"""What publishing would change."""

from datetime import date
from pathlib import Path

import pytest

from app.errors import GenerationError
from app.index.generation import generations_folder
from app.tenants.tenant import load_tenant
from ingest.diff import KnowledgeDiff, knowledge_diff
from ingest.quality import check_knowledge
from tests.knowledge import DOCUMENTS, TENANT, copy_knowledge

pytestmark = pytest.mark.models


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A copy of the folder that was published."""
    return copy_knowledge(tmp_path / "knowledge") / TENANT


def diff(town: Path, data_dir: Path) -> KnowledgeDiff:
    checked = check_knowledge(town, load_tenant(town), date(2026, 11, 21))
    assert checked.errors == ()
    return knowledge_diff(checked, town, data_dir, TENANT)


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_the_published_texts_have_no_changes(town: Path, published: Path) -> None:
    found = diff(town, published)
    assert found.empty
    assert (found.chunks_added, found.chunks_removed) == (0, 0)
    assert found.chunks_kept > 0


def test_with_nothing_published_everything_is_new(town: Path, tmp_path: Path) -> None:
    found = diff(town, tmp_path / "empty")
    assert found.added == DOCUMENTS
    assert (found.removed, found.changed, found.tenant_changed, found.chunks_kept) == ((), (), True, 0)


def test_added_changed_and_removed_texts_are_named(town: Path, published: Path) -> None:
    services = town / "services"
    (services / "kita-platz.md").unlink()
    edit(services / "hund-anmelden.md", "ein Hund: 96,00 Euro", "ein Hund: 98,00 Euro")
    (services / "neu.md").write_text((services / "wohngeld.md").read_text("utf-8").replace("id: wohngeld", "id: neu"))
    found = diff(town, published)
    assert (found.added, found.changed, found.removed) == (("neu",), ("hund-anmelden",), ("kita-platz",))
    assert found.chunks_added > 1
    assert found.chunks_removed > 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("valid_from: 2026-01-01", "valid_from: 2026-01-02"),
        ("office: steueramt", "office: ordnungsamt"),
        ("reviewed_on: 2026-10-05", "reviewed_on: 2026-10-06"),
        ("https://online.musterstadt.example/hundesteuer", "https://online.musterstadt.example/hund"),
    ],
)
def test_a_change_that_leaves_the_passages_as_they_are_is_a_change_too(
    town: Path, published: Path, before: str, after: str
) -> None:
    edit(town / "services" / "hund-anmelden.md", before, after)
    found = diff(town, published)
    assert (found.changed, found.chunks_added, found.chunks_removed) == (("hund-anmelden",), 0, 0)


def test_a_changed_tenant_file_is_a_change(town: Path, published: Path) -> None:
    edit(town / "tenant.yaml", "08:00", "08:15")
    found = diff(town, published)
    assert found.tenant_changed
    assert not found.empty
    assert (found.added, found.changed, found.removed) == ((), (), ())


@pytest.mark.parametrize("name", ["chunks.jsonl", "manifest.json"])
def test_a_damaged_active_generation_is_told_so(town: Path, published_copy: Path, name: str) -> None:
    next(generations_folder(published_copy, TENANT).glob(f"*/{name}")).write_text("{", encoding="utf-8")
    with pytest.raises(GenerationError, match="roll back"):
        diff(town, published_copy)
