"""What pages show of a text: as citizens see it, what is wrong with it, and what changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from app.console.access import Signed
from app.console.page import render
from app.console.texts.form import field_of
from app.index.generation import generations_folder
from app.index.modules import heading_of
from app.tenants.tenant import Tenant
from app.web.quoted import source_html
from app.wording.console import console_catalog
from app.wording.direction import direction

if TYPE_CHECKING:
    from ingest.diff_documents import DocumentChange
    from ingest.document import ServiceDocument
    from ingest.findings import Finding
    from ingest.text_state import TextState
    from ingest.town_texts import TownState


@dataclass(frozen=True, slots=True)
class ShownModule:
    """A module as citizens see it."""

    kind: str
    heading: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Preview:
    """A text as citizens see it."""

    title: str
    language: str
    direction: str
    office: str
    online_service_url: str | None
    modules: tuple[ShownModule, ...]


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding in German, for people who write texts."""

    code: str
    error: bool
    title: str
    where: str
    """"Zeile 12", "Seite 3", or empty."""
    detail: str
    quote: str
    meaning: str
    fix: str
    field: str
    """Id of the form's field that it is about; empty for none."""


def texts_page(request: Request, signed: Signed, template: str, **shown: Any) -> HTMLResponse:
    """A page of the area, with what its templates need to show changes."""
    from ingest.word_diff import shortened

    return render(
        request,
        signed,
        "texts",
        template,
        shortened=lambda runs, n: list(shortened(tuple(runs), n)),
        checks_say=console_catalog("checks").text,
        **shown,
    )


def preview(document: "ServiceDocument", tenant: Tenant, findings: "Iterable[Finding]" = ()) -> Preview:
    """The text with the words that findings quote marked."""
    quotes = [finding.quote for finding in findings if finding.quote]
    office = next((office for office in tenant.offices if office.id == document.office), None)
    return Preview(
        document.title,
        document.language,
        direction(document.language),
        office.name_in(document.language) if office else document.office,
        document.online_service_url,
        tuple(
            ShownModule(module.kind, heading_of(module.kind, document.language), source_html(module.text, quotes))
            for module in document.modules
        ),
    )


_FIELD_OF_CODE = {
    "expired": "valid_until",
    "expiring": "valid_until",
    "not-reviewed": "reviewed_on",
    "review-in-future": "reviewed_on",
    "unknown-office": "office",
    "unknown-original": "translation_of",
    "missing-original": "translation_of",
}
"""Findings about a field, which name no line."""


def shown_findings(findings: "Sequence[Finding]", markdown: str = "") -> tuple[ShownFinding, ...]:
    """With `markdown`, the text being edited, each leads to its field of the form."""
    return tuple(_shown(finding, markdown) for finding in findings)


def _shown(finding: "Finding", markdown: str) -> ShownFinding:
    from ingest.codes import info

    known = info(finding.code)
    place = "Seite" if finding.file.endswith(".pdf") else "Zeile"
    return ShownFinding(
        finding.code,
        finding.severity.value == "error",
        known.title,
        f"{place} {finding.line}" if finding.line else "",
        finding.german,
        finding.quote,
        known.meaning,
        known.fix,
        (field_of(markdown, finding.line, finding.message) or _FIELD_OF_CODE.get(finding.code, "")) if markdown else "",
    )


def change_from_live(
    state: "TownState", data_dir: Path, text_id: str, document: "ServiceDocument | None"
) -> "DocumentChange | None":
    """What publishing this document would change for citizens; None when nothing does.

    Raises GenerationError when the live generation is damaged.
    """
    from ingest.diff_documents import document_change

    before = None
    if state.active is not None:
        folder = generations_folder(data_dir, state.tenant.id) / state.active.id
        before = live_states(folder).get(text_id)
    after = _state_of(state, document) if document else None
    if before is None and after is None:
        return None
    change = document_change(before, after)
    return change if change.kind != "changed" or change.fields or change.modules or change.chunks_added else None


def change_between(
    state: "TownState", before: "ServiceDocument | None", after: "ServiceDocument | None"
) -> "DocumentChange | None":
    """The difference between two versions of a text; None when there is none, or nothing to compare."""
    from ingest.diff_documents import document_change

    old, new = (_state_of(state, document) if document else None for document in (before, after))
    if old is None and new is None:
        return None
    change = document_change(old, new)
    return change if change.kind != "changed" or change.fields or change.modules else None


@lru_cache(maxsize=4)
def live_states(folder: Path) -> "dict[str, TextState]":
    """The texts of a generation, which never changes. Raises GenerationError."""
    from app.index.manifest import read_manifest
    from ingest.text_state import states_of_generation

    return states_of_generation(folder, read_manifest(folder))


def _state_of(state: "TownState", document: "ServiceDocument") -> "TextState":
    from ingest.text_state import states_of_source

    originals = [text.document for text in state.texts if text.document.id == document.service]
    others = [original for original in originals if original.id != document.id]
    return states_of_source([*others, document])[document.id]
