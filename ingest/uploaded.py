"""Files that editors upload: read as publishing would read them, in a child process, and turned into editable texts."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from app.errors import InvalidInputError
from app.tenants.tenant import Tenant
from ingest.codes import info
from ingest.document import ServiceDocument
from ingest.edited_text import text_parts
from ingest.findings import Finding, Severity
from ingest.sources.assemble import slug_of
from ingest.sources.config import (
    Defaults,
    DocxSource,
    FileSource,
    HtmlSource,
    MarkdownSource,
    PdfSource,
    SourcesConfig,
    XzufiSource,
)
from ingest.sources.markdown_writer import markdown_of, portable, written_field
from ingest.sources.read import read_sources

_KINDS: Mapping[str, Callable[..., FileSource]] = {
    ".md": MarkdownSource, ".markdown": MarkdownSource, ".html": HtmlSource, ".htm": HtmlSource, ".xhtml": HtmlSource,
    ".pdf": PdfSource, ".docx": DocxSource, ".docm": DocxSource, ".doc": DocxSource, ".rtf": DocxSource,
    ".xml": XzufiSource,
}  # fmt: skip
SUFFIXES = tuple(_KINDS)
MOST_BYTES = 20_000_000
_ASKED_FOR = ("license", "owner", "reviewed_by")
_UNSAID_FIELDS = Defaults(language="de", **dict.fromkeys(_ASKED_FOR, "…"), reviewed_on=date(1900, 1, 1))
"""Stand in for required fields that a file does not state, until it is read; then they are left blank."""


class UnreadableUploadError(InvalidInputError):
    """The file gives no text; `findings` say why. Nothing was changed."""

    code = "unreadable_upload"

    def __init__(self, name: str, findings: Sequence[Finding]) -> None:
        first = next((finding for finding in findings if finding.severity is Severity.ERROR), None)
        known = info(first.code) if first else None
        why = f"{known.title}. {known.meaning} {known.fix}" if known else "Es war kein Text darin zu finden."
        super().__init__(
            f"„{name}“ konnte nicht gelesen werden. {why} An den vorhandenen Texten wurde nichts geändert."
        )
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True)
class UploadedText:
    """One text of an uploaded file."""

    id: str
    title: str
    content: str
    """Markdown with front matter; fields that the file does not state are there without a value."""
    findings: tuple[Finding, ...]
    """What the reader noticed and could live with."""


def read_upload(name: str, content: bytes, town: Path, tenant: Tenant) -> tuple[UploadedText, ...]:
    """The texts in a file that somebody's browser calls `name`: one, or all of an XZuFi delivery.

    `town` is the town's knowledge folder, whose offices a delivery names.

    Raises:
        UnreadableUploadError: it is broken, empty, or protected.
        InvalidInputError: it is too large, or of a format that nobody reads.
        KnowledgeError: no child process can be started.
    """
    plain = PurePosixPath(name.replace("\\", "/")).name or "Datei"
    suffix = PurePosixPath(plain).suffix.lower()
    if suffix not in _KINDS:
        raise InvalidInputError(
            f"„{plain}“ hat ein Format, das nicht gelesen wird. Möglich sind Markdown (.md), Internetseiten (.html), "
            "Word (.docx), PDF (.pdf) und XZuFi (.xml)."
        )
    if len(content) > MOST_BYTES:
        raise InvalidInputError(f"„{plain}“ ist zu groß: Möglich sind bis zu {MOST_BYTES // 1_000_000} MB.")
    if _KINDS[suffix] is MarkdownSource:
        return (_markdown(plain, content),)
    with TemporaryDirectory(prefix="amtslotse-upload-") as outer:
        folder = Path(outer) / tenant.id
        folder.mkdir()
        shutil.copyfile(town / "tenant.yaml", folder / "tenant.yaml")
        path = folder / f"{slug_of(plain) or 'text'}{suffix}"
        path.write_bytes(content)
        source = _KINDS[suffix](
            path=path.name, defaults=_UNSAID_FIELDS.model_copy(update={"office": tenant.default_office})
        )
        results = read_sources(folder, SourcesConfig.model_construct(sources=(source,)))
    texts = tuple(_text(result.document, result.findings) for result in results if result.document is not None)
    if not texts:
        raise UnreadableUploadError(plain, [finding for result in results for finding in result.findings])
    return texts


def _markdown(name: str, content: bytes) -> UploadedText:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        finding = Finding("encoding", Severity.ERROR, name, 0, "not UTF-8", "save the file as UTF-8")
        raise UnreadableUploadError(name, (finding,)) from error
    if not text.strip():
        raise UnreadableUploadError(name, (Finding("empty-file", Severity.ERROR, name, 0, "empty", "write a text"),))
    slug, title = slug_of(name) or "text", PurePosixPath(name).stem
    if not text.startswith("---"):
        head = "\n".join((written_field("id", slug), written_field("title", title), "language: de"))
        text = f"---\n{head}\n---\n\n{text}"
    parts = text_parts(text)
    values = parts.values if parts else {}
    return UploadedText(values.get("id") or slug, values.get("title") or title, text, ())


def _text(document: ServiceDocument, findings: tuple[Finding, ...]) -> UploadedText:
    blank = [name for name in (*_ASKED_FOR, "reviewed_on") if getattr(document, name) == getattr(_UNSAID_FIELDS, name)]
    return UploadedText(document.id, document.title, markdown_of(portable(document), blank=blank), findings)
