"""One chunk a FIM module, split only when a module is too long to embed as one."""

from collections.abc import Iterator

from app.index.chunk import Chunk, chunk_id
from app.index.modules import heading_of
from app.text.units import quotable_units
from ingest.document import Module, ServiceDocument

CHUNKER_VERSION = "1"
MAX_CHARS = 1600
"""About 400 tokens of German; the embedder reads at most 512."""


def chunk_document(document: ServiceDocument) -> tuple[Chunk, ...]:
    """All chunks of a document, in the order of its text."""
    chunks: list[Chunk] = []
    for module in document.modules:
        for text in _parts(module.text):
            chunks.append(_chunk(document, module, text, position=len(chunks)))
    return tuple(chunks)


def _chunk(document: ServiceDocument, module: Module, text: str, position: int) -> Chunk:
    heading = heading_of(module.kind, document.language)
    also = f" ({', '.join(document.synonyms)})" if document.synonyms else ""
    return Chunk(
        id=chunk_id(document.id, module.kind, position, text, document.language),
        document_id=document.id,
        service=document.service,
        title=document.title,
        module=module.kind,
        heading=heading,
        position=position,
        text=text,
        context=f"{document.title}{also}: {heading}",
        language=document.language,
        variant=document.variant,
        office=document.office,
        url=document.source_url,
        online_service_url=document.online_service_url,
        valid_from=document.valid_from,
        valid_until=document.valid_until,
        sentences=quotable_units(text),
    )


def _parts(text: str) -> Iterator[str]:
    """Splits at blank lines, then at line ends, then hard, so that each part has at most MAX_CHARS characters."""
    if len(text) <= MAX_CHARS:
        if text.strip():
            yield text
        return
    for separator in ("\n\n", "\n", " "):
        pieces = text.split(separator)
        if len(pieces) == 1:
            continue
        part = ""
        for piece in pieces:
            joined = f"{part}{separator}{piece}" if part else piece
            if len(joined) > MAX_CHARS and part:
                yield from _parts(part)
                part = piece
            else:
                part = joined
        if len(part) < len(text):
            yield from _parts(part)
            return
    for start in range(0, len(text), MAX_CHARS):
        yield text[start : start + MAX_CHARS]
