"""Which fields, words and facts of a text change, told from the published passages and the new ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.index.chunk import Chunk
from app.index.modules import ModuleKind, heading_of
from ingest.facts import facts_of
from ingest.text_state import FIELDS, TextState
from ingest.word_diff import WordRun, word_diff


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of the front matter; None where it has no value."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ModuleChange:
    """One FIM module that comes, goes, or has other words."""

    heading: str
    words: tuple[WordRun, ...]
    facts_gone: tuple[str, ...]
    """Amounts, times and the like that only the old text states, in German notation."""
    facts_new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """What happens to one text."""

    id: str
    title: str
    kind: str
    """added, changed or removed."""
    chunks_added: int
    chunks_removed: int
    fields: tuple[FieldChange, ...] = ()
    """Without those that a generation doesn't keep (licence, reviewer, LeiKa key)."""
    modules: tuple[ModuleChange, ...] = ()


def document_change(before: TextState | None, after: TextState | None) -> DocumentChange:
    """The change between two states of a text, at least one of which is there."""
    known = after or before
    assert known is not None
    old, new = before.chunks if before else (), after.chunks if after else ()
    old_ids, new_ids = {chunk.id for chunk in old}, {chunk.id for chunk in new}
    return DocumentChange(
        id=known.id,
        title=known.title,
        kind="changed" if before and after else "added" if after else "removed",
        chunks_added=len(new_ids - old_ids),
        chunks_removed=len(old_ids - new_ids),
        fields=tuple(_field_changes(before, after)) if before and after else (),
        modules=tuple(_module_changes(old, new)),
    )


def _field_changes(before: TextState, after: TextState) -> Iterable[FieldChange]:
    for name in FIELDS:
        old, new = before.fields[name] or None, after.fields[name] or None
        if old != new:
            yield FieldChange(name, old, new)


def _module_changes(old: Sequence[Chunk], new: Sequence[Chunk]) -> Iterable[ModuleChange]:
    before, after = _modules(old), _modules(new)
    for kind in {**after, **before}:
        words = word_diff(before.get(kind, ""), after.get(kind, ""))
        if words:
            gone, come = _facts(kind, old), _facts(kind, new)
            yield ModuleChange(
                heading=heading_of(kind, "de"),
                words=words,
                facts_gone=tuple(fact for fact in gone if fact not in come),
                facts_new=tuple(fact for fact in come if fact not in gone),
            )


def _facts(kind: ModuleKind, chunks: Iterable[Chunk]) -> tuple[str, ...]:
    """What a module states, in German notation, each fact once."""
    facts = (fact for chunk in chunks if chunk.module is kind for fact in facts_of(chunk.text, chunk.language))
    return tuple(dict.fromkeys(str(fact) for fact in facts))


def _modules(chunks: Iterable[Chunk]) -> dict[ModuleKind, str]:
    texts: dict[ModuleKind, list[str]] = {}
    for chunk in chunks:
        texts.setdefault(chunk.module, []).append(chunk.text)
    return {kind: "\n\n".join(parts) for kind, parts in texts.items()}
