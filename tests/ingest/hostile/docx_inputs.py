"""Word files that are broken, or made to hurt whoever opens them."""

import io
import zipfile
from collections.abc import Mapping
from functools import cache

import docx

from tests.ingest.hostile.inputs import Hostile, noticed

BODY = "word/document.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
_DOCTYPE = (
    '<?xml version="1.0"?><!DOCTYPE d [{0}]><w:document {1}><w:body><w:p><w:r><w:t>{2}</w:t></w:r></w:p></w:body>'
)


def docx_inputs(trap: str) -> list[Hostile]:
    """`trap` is a web address that nobody may ask."""
    whole = good_docx("Osterfeuer")
    fetches = f'<!ENTITY x SYSTEM "{trap}docx">'
    return [
        Hostile("docx/abgeschnitten.docx", whole[: len(whole) // 2], "damaged-file"),
        Hostile("docx/leer.docx", b"", "empty-file"),
        Hostile("docx/ohne-text.docx", changed({BODY: None}), "wrong-format"),
        Hostile("docx/falsche-stelle.docx", _text_elsewhere(), "damaged-file"),
        noticed("docx/makros.docx", changed({"word/vbaProject.bin": b"Sub AutoOpen()"}), "active-content"),
        noticed("docx/vorlage-von-aussen.docx", _outside("attachedTemplate", f"{trap}vorlage.dotm"), "active-content"),
        noticed("docx/unc-pfad.docx", _outside("image", "file://///127.0.0.1/freigabe/bild.png"), "active-content"),
        Hostile("docx/entitaet-von-aussen.docx", _with_doctype(fetches, "&x;"), "unsafe-xml"),
        Hostile("docx/lachen.docx", _with_doctype(f'<!ENTITY l0 "ha">{_LAUGHS}', "&l9;"), "unsafe-xml"),
        Hostile(
            "docx/parameter-entitaet.docx", _with_doctype(f'<!ENTITY % p SYSTEM "{trap}dtd"> %p;', ""), "unsafe-xml"
        ),
        Hostile("docx/zip-bombe.docx", changed({"word/media/bild.bmp": bytes(400_000_000 // 8)}), "zip-bomb"),
        Hostile("docx/viele-teile.docx", changed({f"word/media/{n}.png": b"" for n in range(5100)}), "zip-bomb"),
        noticed("docx/bombe-in-bombe.docx", changed({"word/embeddings/a.docx": _nested_bomb()}), "active-content"),
        Hostile("docx/ausbruch.docx", changed({"../../../ausbruch.txt": b"x"}), "damaged-file"),
        Hostile("docx/zwei-texte.docx", _twice(), "damaged-file"),
        Hostile("docx/falscher-typ.docx", changed({"[Content_Types].xml": b"<Types><Default"}), "damaged-file"),
        Hostile("docx/tief.docx", changed({BODY: _deep()}), "nested-too-deeply"),
        Hostile("docx/passwort.docx", _OLD_FORMAT + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        Hostile("docx/alt.doc", _OLD_FORMAT + "WordDocument".encode("utf-16-le"), "wrong-format"),
        Hostile("docx/umbenannt.docx", b"{\\rtf1\\ansi Kosten}", "wrong-format"),
    ]


@cache
def good_docx(title: str) -> bytes:
    """A Word file with a title and a paragraph about costs."""
    document = docx.Document()
    document.add_heading(title, 0)
    document.add_heading("Kosten", 1)
    document.add_paragraph("Die Anzeige kostet 15,00 Euro.")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def changed(parts: Mapping[str, bytes | None]) -> bytes:
    """A good file with parts replaced, added, or (None) removed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good_docx("Osterfeuer"))) as before:
        kept = {name: before.read(name) for name in before.namelist()}
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after:
        for name, data in {**kept, **parts}.items():
            if data is not None:
                after.writestr(name, data)
    return buffer.getvalue()


def _part(name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(good_docx("Osterfeuer"))) as package:
        return package.read(name).decode()


def _outside(kind: str, target: str) -> bytes:
    relation = f'<Relationship Id="r99" Type="{_KIND}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    return changed({_RELATIONS: _part(_RELATIONS).replace("</Relationships>", relation).encode()})


def _with_doctype(entities: str, text: str) -> bytes:
    return changed({BODY: (_DOCTYPE.format(entities, _WORD, text) + "</w:document>").encode()})


def _text_elsewhere() -> bytes:
    """A package whose text is in a part that is called like none of Word's, with an entity in it."""
    relations = _part("_rels/.rels").replace(BODY, "daten/text.bin")
    hostile = _DOCTYPE.format('<!ENTITY x "ha">', _WORD, "&x;") + "</w:document>"
    return changed({"_rels/.rels": relations.encode(), "daten/text.bin": hostile.encode()})


def _nested_bomb() -> bytes:
    """Zip files in zip files in a zip file, a gigabyte in the end."""
    data = bytes(10_000_000)
    for count in (10, 10):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            for number in range(count):
                package.writestr(f"{number}.zip", data)
        data = buffer.getvalue()
    return data


def _twice() -> bytes:
    """Two parts of one name: which of them is the text depends on who reads it."""
    buffer = io.BytesIO(good_docx("Osterfeuer"))
    name = "word/zweite.xml"
    with zipfile.ZipFile(buffer, "a") as package:
        package.writestr(name, _part(BODY))
    return buffer.getvalue().replace(name.encode().ljust(len(name)), b"word/styles.xml")


def _deep() -> bytes:
    """Tables in tables in tables."""
    start, end = "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"
    return f"<w:document {_WORD}><w:body>{start * 2000}{end * 2000}</w:body></w:document>".encode()
