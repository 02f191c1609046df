"""Two generations side by side: texts, findings, gold figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.console.access import Signed
from app.console.texts.shown import live_states
from app.index.generation import generations_folder
from app.index.manifest import Manifest

if TYPE_CHECKING:
    from ingest.diff_documents import DocumentChange


@dataclass(frozen=True, slots=True)
class FindingRow:
    """How often a kind of finding there is in both."""

    title: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs from one generation to the other."""

    before: Manifest
    after: Manifest
    changes: "tuple[DocumentChange, ...]"
    """Every text that was added, changed or removed, by id."""
    findings: tuple[FindingRow, ...]
    lost: tuple[str, ...]
    """Gold questions that `after` lost when it was published."""

    def count(self, kind: str) -> int:
        """How many texts were added, changed or removed."""
        return sum(change.kind == kind for change in self.changes)


def compared(signed: Signed, before: Manifest, after: Manifest) -> Comparison:
    """Raises GenerationError when a generation cannot be read."""
    from ingest.diff_documents import document_change

    root = generations_folder(signed.running.settings.data_dir, signed.town.id)
    old, new = live_states(root / before.id), live_states(root / after.id)
    hashes = [{entry.id: entry.content_hash for entry in manifest.documents} for manifest in (before, after)]
    different = sorted(name for name in {**old, **new} if hashes[0].get(name) != hashes[1].get(name))
    changes = tuple(document_change(old.get(name), new.get(name)) for name in different)
    lost = after.evaluation.regressions if after.evaluation else ()
    return Comparison(before, after, changes, tuple(_findings(before, after)), lost)


def _findings(before: Manifest, after: Manifest) -> Iterable[FindingRow]:
    from ingest.codes import info

    for code in sorted({*before.quality, *after.quality}):
        yield FindingRow(info(code).title, before.quality.get(code, 0), after.quality.get(code, 0))
