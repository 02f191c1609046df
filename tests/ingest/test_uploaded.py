"""Uploaded files become editable texts, or say in German why not."""

from pathlib import Path

import pytest

from app.errors import InvalidInputError
from app.settings import PROJECT_ROOT
from app.tenants.tenant import Tenant, load_tenant
from ingest.edited_text import text_parts
from ingest.uploaded import MOST_BYTES, UnreadableUploadError, UploadedText, read_upload

TOWN = PROJECT_ROOT / "knowledge" / "musterstadt"


@pytest.fixture(scope="module")
def tenant() -> Tenant:
    return load_tenant(TOWN)


def _read(name: str, content: bytes, tenant: Tenant) -> tuple[UploadedText, ...]:
    return read_upload(name, content, TOWN, tenant)


@pytest.mark.parametrize(
    ("path", "texts"),
    [("leaflets/hitzeschutz.docx", 1), ("pages/stadtarchiv.html", 1), ("xzufi/lieferung.xml", 4)],
)
def test_every_format_becomes_texts_that_a_form_can_show(path: str, texts: int, tenant: Tenant) -> None:
    found = _read(Path(path).name, (TOWN / path).read_bytes(), tenant)
    assert len(found) == texts
    for text in found:
        parts = text_parts(text.content)
        assert parts is not None
        assert parts.values["id"] == text.id
        assert parts.values["license"] == ""  # nobody said, so somebody has to
        assert parts.modules


def test_markdown_without_fields_gets_an_id_and_a_title(tenant: Tenant) -> None:
    (text,) = _read("Hund anmelden.md", b"## Kosten\n\nNichts.\n", tenant)
    assert (text.id, text.title) == ("hund-anmelden", "Hund anmelden")
    assert text.content.endswith("## Kosten\n\nNichts.\n")


@pytest.mark.parametrize(
    ("name", "content"),
    [("kaputt.docx", b"PK\x03\x04"), ("leer.md", b" \n"), ("latin.md", "Gebühr".encode("latin-1")), ("x.pdf", b"%PDF")],
)
def test_a_file_that_gives_no_text_says_so_in_german(name: str, content: bytes, tenant: Tenant) -> None:
    with pytest.raises(UnreadableUploadError, match=f"„{name}“ konnte nicht gelesen werden") as error:
        _read(name, content, tenant)
    assert error.value.findings


def test_unknown_formats_and_large_files_are_refused_unopened(tenant: Tenant) -> None:
    with pytest.raises(InvalidInputError, match="Format"):
        _read("bild.png", b"x", tenant)
    with pytest.raises(InvalidInputError, match="zu groß"):
        _read("gross.md", b"x" * (MOST_BYTES + 1), tenant)


@pytest.mark.parametrize("name", ["../../x.md", "C:\\Texte\\x.md", "/etc/x.md"])
def test_only_the_last_part_of_a_name_counts(name: str, tenant: Tenant) -> None:
    (text,) = _read(name, b"## Kosten\n\nNichts.\n", tenant)
    assert text.id == "x"
