"""What publishing would change."""

from datetime import date
from pathlib import Path

import pytest

from app.errors import GenerationError
from app.index.generation import generations_folder
from app.models.ports import Embedder
from app.tenants.tenant import load_tenant
from ingest.diff import KnowledgeDiff, knowledge_diff
from ingest.diff_documents import DocumentChange
from ingest.generation import publish
from ingest.quality import check_knowledge
from tests.knowledge import DOCUMENTS, TENANT, copy_knowledge, silent

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


def only_document(found: KnowledgeDiff) -> DocumentChange:
    (document,) = found.documents
    return document


def test_a_changed_text_shows_the_words_and_the_facts(town: Path, published: Path) -> None:
    edit(town / "services" / "hund-anmelden.md", "ein Hund: 96,00 Euro", "ein Hund: 98,00 Euro")
    document = only_document(diff(town, published))
    assert (document.kind, document.chunks_added, document.chunks_removed, document.fields) == ("changed", 1, 1, ())
    (module,) = document.modules
    assert module.heading == "Kosten"
    assert [(run.kind, run.text) for run in module.words if run.kind != "same"] == [("gone", "96,00"), ("new", "98,00")]
    assert (module.facts_gone, module.facts_new) == (("96,00 €",), ("98,00 €",))


@pytest.mark.parametrize(
    ("before", "after", "field", "old", "new"),
    [
        ("office: steueramt", "office: ordnungsamt", "office", "steueramt", "ordnungsamt"),
        ("valid_from: 2026-01-01", "valid_until: 2027-01-01", "valid_from", "2026-01-01", None),
        ("Hundemarke, Steuermarke,", "Steuermarke,", "synonyms", "Hundemarke", "Steuermarke"),
        ("title: Hund anmelden", "title: Hunde anmelden", "title", "Hund anmelden", "Hunde anmelden"),
    ],
)
def test_a_changed_field_is_shown_before_and_after(
    town: Path, published: Path, before: str, after: str, field: str, old: str, new: str | None
) -> None:
    edit(town / "services" / "hund-anmelden.md", before, after)
    fields = {change.field: change for change in only_document(diff(town, published)).fields}
    assert old in (fields[field].before or "")
    assert (new in (fields[field].after or "")) if new else fields[field].after is None


def test_a_field_that_is_not_published_leaves_a_change_without_details(town: Path, published: Path) -> None:
    edit(town / "services" / "hund-anmelden.md", "reviewed_by: Fachaufsicht Finanzen", "reviewed_by: Rat")
    document = only_document(diff(town, published))
    assert (document.kind, document.fields, document.modules) == ("changed", (), ())


def test_texts_that_come_or_go_are_shown_with_all_their_words(town: Path, published: Path) -> None:
    (town / "services" / "kita-platz.md").unlink()
    document = only_document(diff(town, published))
    assert (document.id, document.kind, document.chunks_added) == ("kita-platz", "removed", 0)
    assert {run.kind for module in document.modules for run in module.words} == {"gone"}
    assert document.chunks_removed > 1


def test_the_words_of_a_changed_tenant_file_are_shown(town: Path, published: Path) -> None:
    edit(town / "tenant.yaml", "Rathausplatz 3", "Rathausplatz 4")
    words = diff(town, published).tenant_words
    assert [(run.kind, run.text) for run in words if run.kind != "same"] == [("gone", "3,"), ("new", "4,")]


def test_an_unchanged_text_in_another_variant_shows_no_borrowed_names(tmp_path: Path, embedder: Embedder) -> None:
    knowledge = copy_knowledge(tmp_path / "knowledge", ("hund-anmelden", "hund-anmelden.einfach"))
    publish(knowledge, tmp_path / "data", TENANT, embedder, "test", silent)
    assert diff(knowledge / TENANT, tmp_path / "data").documents == ()
    edit(knowledge / TENANT / "services" / "hund-anmelden.md", "Hundemarke, Steuermarke,", "Steuermarke,")
    documents = diff(knowledge / TENANT, tmp_path / "data").documents
    assert [(document.id, [change.field for change in document.fields]) for document in documents] == [
        ("hund-anmelden", ["synonyms"])
    ]
