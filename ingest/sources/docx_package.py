"""A Word file as a package: what it is, and whether it is safe to unpack."""

import posixpath
import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException
from defusedxml.sax import parse

from ingest.sources.result import NotReadableError

MAX_PARTS = 5000
MAX_UNPACKED_BYTES = 300_000_000
"""Of the whole file. A leaflet with pictures has a few megabytes."""
MAX_RATIO = 200
"""Unpacked to packed bytes of one part above `_SMALL_BYTES`; Word's own XML packs about 20:1, at most 60:1."""
_SMALL_BYTES = 1_000_000
_TEXT_PART = "word/document.xml"
_CHECKED_PARTS = re.compile(r"^(?:word/[^/]+\.xml|.*\.rels|\[Content_Types\]\.xml)$")
_OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDS_OF_TEXT = frozenset("officeDocument styles numbering footnotes endnotes comments".split())
_CHANGES = ("ins", "del", "moveFrom", "moveTo")


@dataclass(frozen=True, slots=True)
class PackageNotes:
    """What a package holds beside its text."""

    changes: int
    """Tracked insertions, deletions and moves."""
    comments: int
    not_loaded: tuple[str, ...]
    """Macros, embedded objects and outside contents, in words."""


def inspect_package(path: Path) -> PackageNotes:
    """Checks a file before anything else unpacks it. Raises NotReadableError when it is no Word file or not safe."""
    with path.open("rb") as file:
        beginning = file.read(64)
    if not beginning:
        raise NotReadableError("empty-file", "the file is empty", "save it again, or remove it")
    if not beginning.startswith(b"PK"):
        raise _not_a_package(path, beginning)
    try:
        with zipfile.ZipFile(path) as package:
            _refuse_bombs(package.infolist())
            return _notes(package)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise NotReadableError("damaged-file", f"the file is damaged: {error}", "save it again with Word") from error
    except RuntimeError as error:
        raise _protected() from error


def _refuse_bombs(parts: list[zipfile.ZipInfo]) -> None:
    """By what the package declares; what a part holds beyond that is never unpacked."""
    total = sum(part.file_size for part in parts)
    dense = any(
        part.file_size > _SMALL_BYTES and part.file_size > MAX_RATIO * max(part.compress_size, 1) for part in parts
    )
    if len(parts) > MAX_PARTS or total > MAX_UNPACKED_BYTES or dense:
        raise NotReadableError(
            "zip-bomb", f"the file would unpack to {total / 1_000_000:,.0f} MB in {len(parts)} parts",
            "remove it, or save the text to a new file with Word",
        )  # fmt: skip


def _notes(package: zipfile.ZipFile) -> PackageNotes:
    names = package.namelist()
    _refuse_odd_names(names)
    if _TEXT_PART not in names:
        raise _wrong("a ZIP file, but not one of Word", "open it with its program and save it as .docx")
    counts: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    hidden_parts: set[str] = set()
    for name in names:
        if not _CHECKED_PARTS.match(name):
            continue
        handler = _Counting()
        try:
            with package.open(name) as part:
                parse(part, handler, forbid_dtd=True)
        except DefusedXmlException as error:
            raise NotReadableError(
                "unsafe-xml", f"{name} declares entities or a document type, which Word never does",
                "remove it, or save the text to a new file with Word",
            ) from error  # fmt: skip
        except SAXException as error:
            raise NotReadableError("damaged-file", f"{name} is damaged: {error}", "save it again with Word") from error
        if name != "word/comments.xml":
            handler.seen.pop("comment", None)
        counts += handler.seen
        outside += handler.outside
        hidden_parts |= {target for target in handler.read if not _CHECKED_PARTS.match(_part(name, target))}
    if hidden_parts:
        raise NotReadableError(
            "damaged-file", f"its text is said to be in '{min(hidden_parts)[:100]}', which is odd",
            "save the text to a new file with Word",
        )  # fmt: skip
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    objects = sum(name.startswith(("word/embeddings/", "word/activeX/")) and not name.endswith("/") for name in names)
    not_loaded = [
        *(["macros"] if macros else []),
        *([f"{objects} embedded objects" if objects > 1 else "an embedded object"] if objects else []),
        *(f"{kind} from outside" for kind in sorted(outside)),
    ]
    return PackageNotes(sum(counts[change] for change in _CHANGES), counts["comment"], tuple(not_loaded))


def _refuse_odd_names(names: list[str]) -> None:
    """Two parts of one name, or names that lead out of a folder: programs differ in which part they take."""
    odd = next((name for name in names if name.startswith("/") or ".." in name.replace("\\", "/").split("/")), None)
    twice = next((name for name, count in Counter(names).items() if count > 1), None)
    if odd is not None or twice is not None:
        what = f"a part is called '{odd[:100]}'" if odd is not None else f"two parts are called '{(twice or '')[:100]}'"
        raise NotReadableError(
            "damaged-file", f"{what}, which Word never does", "save the text to a new file with Word"
        )


class _Counting(ContentHandler):
    """Counts elements by local name, and outside contents that Word would load by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: Counter[str] = Counter()
        self.outside: Counter[str] = Counter()
        self.read: set[str] = set()
        """Parts that hold text, as relationships name them."""

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - named by the library
        local = name.rpartition(":")[2]
        if local in _CHANGES or local == "comment":
            self.seen[local] += 1
        if local == "Relationship" and attrs.get("TargetMode") == "External":
            kind = attrs.get("Type", "").rpartition("/")[2]
            if kind != "hyperlink":
                self.outside[kind or "something"] += 1
        elif local == "Relationship" and attrs.get("Type", "").rpartition("/")[2] in _KINDS_OF_TEXT:
            self.read.add(attrs.get("Target", ""))


def _part(relations: str, target: str) -> str:
    """The part that a relationship of `word/_rels/document.xml.rels` means by `styles.xml`."""
    folder = posixpath.dirname(posixpath.dirname(relations))
    return posixpath.normpath(posixpath.join(folder, target) if not target.startswith("/") else target[1:])


def _not_a_package(path: Path, beginning: bytes) -> NotReadableError:
    if beginning.startswith(_OLD_FORMAT):
        # Names inside this format are UTF-16. Word puts a protected file into one called so.
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            return _protected()
        return _wrong("in the old Word format (.doc)", "open it with Word or LibreOffice and save it as .docx")
    if beginning.startswith(b"{\\rtf"):
        return _wrong("RTF", "open it with Word or LibreOffice and save it as .docx")
    if beginning.startswith(b"%PDF"):
        return _wrong("PDF", "give it its right ending, and read it with a source of the kind pdf")
    return _wrong("no Word file", "check what it really is")


def _protected() -> NotReadableError:
    return NotReadableError("encrypted", "the file is protected by a password", "save it without a password")


def _wrong(what: str, fix: str) -> NotReadableError:
    return NotReadableError("wrong-format", f"the file is {what}", fix)
