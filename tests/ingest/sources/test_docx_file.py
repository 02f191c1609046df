"""Word files: text with headings, lists and tables; nothing that could act is loaded."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document

from ingest.findings import Finding, Severity
from ingest.sources import docx_package
from ingest.sources.docx_file import read_docx_file
from ingest.sources.result import ReadResult
from ingest.sources.sections import Page

NAME = "blaetter/merkblatt.docx"
_OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "ha">'
    '<!ENTITY z "&y;&y;&y;">]><a>&x;&z;</a>'
)
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_OUTSIDE = (
    '<Relationship Id="{0}" TargetMode="External" Target="http://127.0.0.1:9/{0}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{0}"/>'
)


def leaflet() -> Document:
    document = docx.Document()
    document.core_properties.title = "Merkblatt"
    document.core_properties.language = "de-DE"
    return document


def save(document: Document, path: Path) -> Path:
    document.save(str(path))
    return path


def changed(path: Path, change: Callable[[str, bytes], bytes | None], added: dict[str, bytes] | None = None) -> Path:
    """The package with each part passed through `change` (None removes it), and with parts added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after:
        for info in before.infolist():
            data = change(info.filename, before.read(info))
            if data is not None:
                after.writestr(info.filename, data)
        for name, data in (added or {}).items():
            after.writestr(name, data)
    path.write_bytes(buffer.getvalue())
    return path


@pytest.fixture
def plain_leaflet(tmp_path: Path) -> Path:
    document = leaflet()
    document.add_heading("Osterfeuer", 0)
    document.add_heading("Kosten", 1)
    document.add_paragraph("Die Anzeige kostet 15,00 Euro.")
    return save(document, tmp_path / "merkblatt.docx")


def unchanged(name: str, data: bytes) -> bytes:
    return data


def read(path: Path) -> Page:
    outcome = read_docx_file(path, NAME)
    assert isinstance(outcome, Page)
    return outcome


def refused(path: Path) -> Finding:
    outcome = read_docx_file(path, NAME)
    assert isinstance(outcome, ReadResult)
    (finding,) = outcome.findings
    assert (finding.file, finding.severity) == (NAME, Severity.ERROR)
    assert finding.message
    assert finding.fix
    return finding


def noticed(path: Path) -> list[tuple[str, Severity]]:
    return [(finding.code, finding.severity) for finding in read(path).findings]


def test_headings_lists_tables_and_links_are_kept(tmp_path: Path) -> None:
    document = leaflet()
    document.add_heading("Osterfeuer anzeigen", 0)
    document.add_paragraph("Wer ein Feuer plant, zeigt es an.")
    document.add_heading("Was kostet das?", 1)
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), ("Art", "Gebühr", "Feuer", "15,00 €"),
                          strict=True):  # fmt: skip
        cell.text = text
    document.add_heading("Das müssen Sie mitbringen", 1)
    document.add_paragraph("Lageplan", style="List Bullet")
    document.add_paragraph("Maßstab 1:500", style="List Bullet 2")
    document.add_paragraph("Einwilligung", style="List Bullet")
    document.add_heading("Sonderfälle", 2)
    paragraph = document.add_paragraph("Für ")
    paragraph.add_run("Ver\u00adeine").bold = True
    paragraph.add_run(" frei.")
    page = read(save(document, tmp_path / "merkblatt.docx"))
    assert (page.title, page.fields, page.findings) == ("Osterfeuer anzeigen", {"language": "de"}, ())
    assert [(section.heading, section.level) for section in page.sections] == [
        ("Osterfeuer anzeigen", 1),
        ("Was kostet das?", 1),
        ("Das müssen Sie mitbringen", 1),
        ("Sonderfälle", 2),
    ]
    assert "| Art | Gebühr |" in page.sections[1].text
    assert "| Feuer | 15,00 € |" in page.sections[1].text
    assert "- Lageplan" in page.sections[2].text


def test_bold_paragraphs_are_headings_where_there_are_no_others(tmp_path: Path) -> None:
    document = leaflet()
    document.add_paragraph("Wer ein Feuer plant, zeigt es an.")
    document.add_paragraph().add_run("Kosten").bold = True
    document.add_paragraph("15,00 Euro")
    document.add_paragraph().add_run("Achtung, das ist wichtig.").bold = True
    page = read(save(document, tmp_path / "merkblatt.docx"))
    assert page.title == "Merkblatt"
    assert [(section.heading, section.text) for section in page.sections] == [
        ("", "Wer ein Feuer plant, zeigt es an."),
        ("Kosten", "15,00 Euro\n\nAchtung, das ist wichtig."),
    ]


def test_the_bold_line_above_everything_is_the_title_unless_it_names_a_module(tmp_path: Path) -> None:
    def of(first: str) -> str:
        document = leaflet()
        for heading in (first, "Unterlagen"):
            document.add_paragraph().add_run(heading).bold = True
            document.add_paragraph("Lageplan")
        return read(save(document, tmp_path / "merkblatt.docx")).title

    assert [of("Tische vor dem Laden"), of("Kosten")] == ["Tische vor dem Laden", "Merkblatt"]


def test_german_style_names_are_headings(plain_leaflet: Path) -> None:
    def rename(name: str, data: bytes) -> bytes:
        return (
            data.replace(b'w:val="heading 1"', 'w:val="Überschrift 1"'.encode()) if name == "word/styles.xml" else data
        )

    assert [section.heading for section in read(changed(plain_leaflet, rename)).sections] == ["Osterfeuer", "Kosten"]


def test_tracked_changes_are_read_as_accepted_and_reported(plain_leaflet: Path) -> None:
    def track(name: str, data: bytes) -> bytes:
        marks = b'w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"'
        new = (
            b"<w:p><w:r><w:t xml:space='preserve'>Es kostet </w:t></w:r><w:del " + marks
            + b"><w:r><w:delText>10 Euro</w:delText></w:r></w:del><w:ins " + marks
            + b"><w:r><w:t>12 Euro</w:t></w:r></w:ins></w:p><w:sectPr"
        )  # fmt: skip
        return data.replace(b"<w:sectPr", new, 1) if name == "word/document.xml" else data

    path = changed(plain_leaflet, track)
    assert read(path).sections[-1].text.endswith("Es kostet 12 Euro")
    assert noticed(path) == [("tracked-changes", Severity.WARNING)]


def test_comments_are_left_out_and_reported(tmp_path: Path) -> None:
    document = leaflet()
    run = document.add_paragraph("15,00 Euro").runs[0]
    document.add_comment(run, "stimmt das noch?", author="A")
    path = save(document, tmp_path / "merkblatt.docx")
    assert [section.text for section in read(path).sections] == ["15,00 Euro"]
    assert noticed(path) == [("comments", Severity.WARNING)]


def test_macros_objects_and_outside_contents_are_reported_and_not_loaded(plain_leaflet: Path) -> None:
    relations = _RELATIONS.format("".join(_OUTSIDE.format(kind) for kind in ("attachedTemplate", "image", "hyperlink")))
    path = changed(
        plain_leaflet,
        unchanged,
        {
            "word/vbaProject.bin": b"Sub AutoOpen()",
            "word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0",
            "word/_rels/settings.xml.rels": relations.encode(),
        },
    )
    (finding,) = read(path).findings
    assert (finding.code, finding.severity) == ("active-content", Severity.WARNING)
    assert finding.message == (
        "not loaded: macros, an embedded object, attachedTemplate from outside, image from outside"
    )


@pytest.mark.parametrize("part", ["word/document.xml", "word/footnotes.xml", "word/_rels/document.xml.rels"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(plain_leaflet: Path, part: str, encoding: str) -> None:
    hostile = _ENTITIES.encode(encoding)
    path = changed(plain_leaflet, lambda name, data: None if name == part else data, {part: hostile})
    finding = refused(path)
    assert finding.code == "unsafe-xml"
    assert part in finding.message


def test_entities_in_the_properties_are_not_read(plain_leaflet: Path) -> None:
    part = "docProps/core.xml"
    path = changed(plain_leaflet, lambda name, data: _ENTITIES.encode() if name == part else data)
    assert (read(path).fields, read(path).title) == ({}, "Osterfeuer")


def test_zip_bombs_are_refused_by_what_they_declare(plain_leaflet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = changed(plain_leaflet, unchanged, {"word/media/bild.bmp": bytes(30_000_000)})
    assert bomb.stat().st_size < 100_000
    assert refused(bomb).code == "zip-bomb"
    monkeypatch.setattr(docx_package, "MAX_RATIO", 10_000)
    assert noticed(bomb) == []
    monkeypatch.setattr(docx_package, "MAX_UNPACKED_BYTES", 20_000_000)
    assert "unpack to 31 MB" in refused(bomb).message
    monkeypatch.setattr(docx_package, "MAX_PARTS", 5)
    assert refused(bomb).code == "zip-bomb"


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (b"", "empty-file", "empty"),
        (_OLD_FORMAT + "WordDocument".encode("utf-16-le"), "wrong-format", "old Word format"),
        (_OLD_FORMAT + "EncryptedPackage".encode("utf-16-le"), "encrypted", "password"),
        (b"{\\rtf1\\ansi Kosten}", "wrong-format", "RTF"),
        (b"%PDF-1.7", "wrong-format", "PDF"),
        (b"<html>Kosten</html>", "wrong-format", "no Word file"),
        (b"PK\x03\x04 und Schluss", "damaged-file", "damaged"),
    ],
)
def test_what_is_no_word_file_is_named(tmp_path: Path, content: bytes, code: str, says: str) -> None:
    path = tmp_path / "merkblatt.docx"
    path.write_bytes(content)
    finding = refused(path)
    assert finding.code == code
    assert says in finding.message


def test_a_damaged_file_is_named(plain_leaflet: Path) -> None:
    whole = plain_leaflet.read_bytes()
    plain_leaflet.write_bytes(whole[: len(whole) // 2])
    assert refused(plain_leaflet).code == "damaged-file"
    broken = whole.replace(whole[100:140], bytes(40), 1)
    plain_leaflet.write_bytes(broken)
    assert refused(plain_leaflet).code == "damaged-file"


def test_xml_that_is_cut_off_is_named(plain_leaflet: Path) -> None:
    def cut(name: str, data: bytes) -> bytes:
        return data[:-20] if name == "word/document.xml" else data

    assert "word/document.xml" in refused(changed(plain_leaflet, cut)).message


def test_another_kind_of_package_is_named(plain_leaflet: Path) -> None:
    path = changed(plain_leaflet, lambda name, data: None if name == "word/document.xml" else data)
    assert refused(path).code == "wrong-format"


def test_a_file_with_a_password_inside_the_zip_is_named(plain_leaflet: Path) -> None:
    data = bytearray(plain_leaflet.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = data.find(mark)
        while position >= 0:
            data[position + offset] |= 1
            position = data.find(mark, position + 4)
    plain_leaflet.write_bytes(bytes(data))
    assert refused(plain_leaflet).code == "encrypted"


def test_a_file_without_text_has_no_sections(tmp_path: Path) -> None:
    page = read(save(leaflet(), tmp_path / "merkblatt.docx"))
    assert (page.sections, page.findings) == ((), ())


@pytest.mark.parametrize("name", ["../ausbruch.txt", "/etc/ausbruch", "word\\..\\..\\ausbruch"])
def test_parts_that_lead_out_of_the_package_are_refused(plain_leaflet: Path, name: str) -> None:
    assert refused(changed(plain_leaflet, unchanged, {name: b"x"})).code == "damaged-file"


def test_two_parts_of_one_name_are_refused(plain_leaflet: Path) -> None:
    path = changed(plain_leaflet, unchanged, {"word/zweite.xml": b"<a/>"})
    path.write_bytes(path.read_bytes().replace(b"word/zweite.xml", b"word/styles.xml"))
    assert "two parts" in refused(path).message


def test_a_text_in_an_unusual_part_is_not_read_unchecked(plain_leaflet: Path) -> None:
    def move(name: str, data: bytes) -> bytes:
        return data.replace(b"word/document.xml", b"daten/text.bin") if name == "_rels/.rels" else data

    assert "daten/text.bin" in refused(changed(plain_leaflet, move, {"daten/text.bin": _ENTITIES.encode()})).message


def test_tables_inside_tables_inside_tables_are_refused(plain_leaflet: Path) -> None:
    deep = b"<w:tbl><w:tr><w:tc>" * 2000 + b"<w:p/></w:tc></w:tr></w:tbl>" * 2000

    def nest(name: str, data: bytes) -> bytes:
        return data.replace(b"<w:body>", b"<w:body>" + deep) if name == "word/document.xml" else data

    assert refused(changed(plain_leaflet, nest)).code == "nested-too-deeply"
