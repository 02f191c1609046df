"""A town's texts on the editors' desk: what there is, in which state, and by which address a page finds it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from app.console.access import Signed
from app.console.texts.reading import town_state
from app.errors import NotFoundError

if TYPE_CHECKING:
    from ingest.document import ServiceDocument
    from ingest.findings import Finding
    from ingest.text_drafts import Draft
    from ingest.town_texts import TownState

LIVE, CHANGED, NEW, REMOVED, BROKEN = "live", "changed", "new", "removed", "broken"
"""Of the saved text beside the published one; `broken`: the file gives no text as it stands."""
REPLACEABLE = (".docx", ".pdf", ".html", ".htm", ".xhtml")


@dataclass(frozen=True)
class Row:
    """One text of the list."""

    key: str
    """In addresses: the id, or the path of a file that gives no text with `~` for `/`, or a new draft's own key."""
    title: str
    file: str | None
    """Path below the town's folder; None for a draft without a file and for removed texts."""
    state: str
    document: "ServiceDocument | None" = None
    errors: int = 0
    warnings: int = 0
    is_checked: bool = True
    """Whether the findings of the text by itself are in."""
    draft: "Draft | None" = None
    owner: str = ""
    reviewed_on: str = ""
    """ISO day; empty when nobody says."""
    language: str = ""
    variant: str = ""

    @property
    def draft_state(self) -> str:
        return self.draft.state.value if self.draft else ""

    @property
    def is_markdown(self) -> bool:
        return self.file is None or self.file.endswith(".md")

    @property
    def is_replaceable(self) -> bool:
        """Whether the text has a file of its own that is not edited here, but replaced by another one."""
        return self.file is not None and self.file.lower().endswith(REPLACEABLE)


class TextsDesk:
    """The texts of the page's town, as they are during one request."""

    def __init__(self, signed: Signed, *, patient: bool = True) -> None:
        """`patient` and errors as those of `town_state`."""
        from ingest.text_drafts import Drafts
        from ingest.text_store import TextStore

        settings, tenant_id = signed.running.settings, signed.town.id
        self.store: TextStore = TextStore(settings.knowledge_dir, settings.data_dir, tenant_id)
        self.drafts: Drafts = Drafts(self.store)
        self.town: TownState = town_state(signed, patient=patient)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every text, draft and removed text, by title."""
        drafts = {draft.key: draft for draft in self.drafts.all()}
        rows = self._saved(drafts)
        rows += self._removed({row.key for row in rows})
        known = {row.key for row in rows}
        rows += [_new(draft) for key, draft in drafts.items() if key not in known]
        return tuple(sorted(rows, key=lambda row: (row.title.casefold(), row.key)))

    def row(self, key: str) -> Row:
        """One of them. Raises NotFoundError."""
        found = next((row for row in self.rows if row.key == key), None)
        if found is None:
            raise NotFoundError("Diesen Text gibt es nicht oder nicht mehr. Die Liste der Texte zeigt alle.")
        return found

    def findings(self, row: Row) -> "tuple[Finding, ...]":
        """Of the saved text, errors first."""
        found = self.town.findings.get(row.file or "", ())
        return tuple(sorted(found, key=lambda finding: finding.severity.value != "error"))

    def saved_text(self, row: Row) -> str | None:
        """The Markdown of the saved file; None when it is no Markdown file, or not UTF-8."""
        content = self.store.read(row.file) if row.file and row.is_markdown else None
        try:
            return content.decode("utf-8-sig") if content is not None else None
        except UnicodeDecodeError:
            return None

    def file_for(self, values: Mapping[str, str]) -> str:
        """Path of a new text: beside its original by the usual name, else by its id. Never one that is taken.

        Raises NotFoundError when sources.yaml names no folder for Markdown files.
        """
        from ingest.sources.config import MarkdownSource

        source = next((s for s in self.town.sources.sources if isinstance(s, MarkdownSource)), None)
        if source is None:
            raise NotFoundError(
                "In sources.yaml steht kein Ordner für Texte im Format Markdown. "
                "Bitte lassen Sie ihn von der technischen Betreuung eintragen."
            )
        path = PurePosixPath(source.path)
        folder = path.parent if path.suffix == ".md" else path
        text_id, original = values.get("id", ""), values.get("translation_of", "")
        variant, language = values.get("variant", ""), values.get("language", "")
        names = [f"{text_id}.md"]
        if original and text_id.startswith(original):
            names.insert(0, f"{original}.{variant if variant not in ('', 'standard') else language}.md")
        taken = {result.name for result in self.town.results}
        return next((str(folder / name) for name in names if str(folder / name) not in taken), str(folder / names[-1]))

    def _saved(self, drafts: "Mapping[str, Draft]") -> list[Row]:
        live = {entry.id: entry.content_hash for entry in self.town.active.documents} if self.town.active else {}
        rows: list[Row] = []
        keys: set[str] = set()
        for result in self.town.results:
            document, found = result.document, self.town.findings.get(result.name, ())
            errors = sum(finding.severity.value == "error" for finding in found)
            if document is None and not result.findings:
                continue  # a page that is meant to be left out
            key = document.id if document and document.id not in keys else file_key(result.name)
            keys.add(key)
            state = BROKEN if document is None else _state(live.get(document.id), document.content_hash)
            row = Row(key, PurePosixPath(result.name).name, result.name, state, document, errors, len(found) - errors,
                      result.name not in self.town.unchecked)  # fmt: skip
            rows.append(_described(replace(row, draft=drafts.get(key))))
        return rows

    def _removed(self, known: set[str]) -> list[Row]:
        """What citizens still get although the file is gone; pages of a crawled website are not gone."""
        from ingest.sources.config import CrawlSource

        if self.town.active is None or any(isinstance(s, CrawlSource) for s in self.town.sources.sources):
            return []
        return [
            Row(e.id, e.title, None, REMOVED, owner=e.owner, reviewed_on=e.reviewed_on, language=e.language)
            for e in self.town.active.documents
            if e.id not in known
        ]


def file_key(name: str) -> str:
    """The key of a file that gives no text with an id of its own. Ids have neither `~` nor dots."""
    return name.replace("/", "~")


def _state(published: str | None, now: str) -> str:
    return NEW if published is None else LIVE if published == now else CHANGED


def _described(row: Row) -> Row:
    """With what its document says about it."""
    if (document := row.document) is None:
        return row
    return replace(
        row,
        title=document.title,
        owner=document.owner,
        reviewed_on=document.reviewed_on.isoformat(),
        language=document.language,
        variant=document.variant,
    )


def _new(draft: "Draft") -> Row:
    return Row(draft.key, draft.title, draft.file, NEW, draft=draft)
