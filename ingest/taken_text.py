"""The file that a text of another town becomes here: to be read, corrected and signed before it can be published."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ingest.document import ServiceDocument
from ingest.facts import facts_of
from ingest.sources.markdown import parse_markdown
from ingest.sources.markdown_writer import markdown_of, portable
from ingest.sources.plain import one_line

NOT_TAKEN_OVER = ("owner", "reviewed_by", "reviewed_on")
"""Fields that stay empty, so that the quality gate refuses the text until somebody of this town has read it."""
_NAMES_LEFT_OUT = ("owner", "reviewed_by")
_STAMP = re.compile(r"---\n# Kennung der Übernahme: ([0-9a-f]{16})-([0-9a-f]{16})\n")
_MOST_FACTS = 80
"""That a person is asked to check by the list; a text with more is better read as a whole."""
_LONGEST_FACT = 80
_MOST_BYTES = 1_900_000
"""With its comments less than the reader of Markdown files takes, unless the town says otherwise."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where texts come from, and who took them over when."""

    tenant: str
    generation: str
    by: str
    on: date


class Fate(StrEnum):
    """What becomes of one text."""

    WRITTEN = "written"
    RENEWED = "renewed"
    """Nobody had edited the file, and there is a newer text."""
    UNCHANGED = "unchanged"
    KEPT = "kept"
    """The file was edited here, and there is nothing new in the other town."""
    DIFFERS = "differs"
    """The file was edited here, and the other town has another text than the one that it was made from."""
    REPLACED = "replaced"
    """One of the two before, but the person wanted it replaced."""
    OWN = "skipped"
    """The town has a text of its own with this id."""
    UNFIT = "unfit"
    """No Markdown file can hold the text."""


class UnfitTextError(Exception):
    """No Markdown file can hold the text; says why."""


def taken_text(document: ServiceDocument, origin: Origin, office: str | None) -> str:
    """The Markdown file; `office` instead of the text's own. Raises UnfitTextError."""
    taken = portable(document).model_copy(update={"office": office or document.office})
    if len(markdown_of(taken).encode()) > _MOST_BYTES:
        raise UnfitTextError(f"it has more than {_MOST_BYTES / 1e6:g} MB")
    comments = list(_comments(taken, origin))
    _refuse_unfit(taken.model_copy(update=dict.fromkeys(_NAMES_LEFT_OUT, "-")), comments)
    body = markdown_of(taken, comments, blank=NOT_TAKEN_OVER)
    stamp = f"# Kennung der Übernahme: {_version(document)}-{_digest(body)}\n"
    return body.replace("---\n", f"---\n{stamp}", 1)


def fate_of(existing: str | None, taken: str) -> Fate:
    """What becomes of a text whose file says `existing` (None: there is none) and would say `taken`."""
    if existing is None:
        return Fate.WRITTEN
    before, now = _stamp(existing), _stamp(taken)
    if before is None or before.edited:
        return Fate.KEPT if before and now and before.version == now.version else Fate.DIFFERS
    return Fate.UNCHANGED if _without_comments(existing) == _without_comments(taken) else Fate.RENEWED


def _refuse_unfit(taken: ServiceDocument, comments: Sequence[str]) -> None:
    """Raises UnfitTextError unless the file is read back as the same text."""
    read = parse_markdown(markdown_of(taken, comments), taken.id)
    if read.document is None or read.document.content_hash != taken.content_hash:
        raise UnfitTextError(read.findings[0].message if read.findings else "it would be read as another text")


@dataclass(frozen=True, slots=True)
class _Stamp:
    version: str
    """Of the text in the other town."""
    edited: bool
    """Whether somebody changed the file since it was written."""


def _stamp(file: str) -> _Stamp | None:
    match = _STAMP.match(file)
    return _Stamp(match[1], _digest("---\n" + file[match.end() :]) != match[2]) if match else None


def _version(document: ServiceDocument) -> str:
    """Of what the text says: a review there that changed nothing makes no other version."""
    neutral = {"office": "", "owner": "", "reviewed_by": "", "reviewed_on": date.min}
    return document.model_copy(update=neutral).content_hash[:16]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _without_comments(file: str) -> str:
    return file[file.index("\nid:") :]


def _comments(document: ServiceDocument, origin: Origin) -> Iterator[str]:
    yield f"Übernommen aus „{origin.tenant}“ (Fassung {origin.generation}) am {origin.on} durch {origin.by}."
    yield f"Dort verantwortlich: {document.owner}. Dort geprüft am {document.reviewed_on}: {document.reviewed_by}."
    yield "Beträge, Fristen, Zeiten, Rufnummern, Namen und Adressen gelten dort. Bitte prüfen Sie alles für Ihre Stadt:"
    yield from (f"- {line}" for line in _to_check(document))
    yield "Tragen Sie danach owner, reviewed_by und reviewed_on ein. Vorher wird der Text nicht veröffentlicht."


def _to_check(document: ServiceDocument) -> Iterator[str]:
    """What the text states, a line for each module and for the addresses among the fields."""
    left = _MOST_FACTS
    for module in document.modules:
        spans = (fact.span.of(module.text) for fact in facts_of(module.text, document.language))
        stated = list(dict.fromkeys(one_line(span)[:_LONGEST_FACT] for span in spans))
        if stated[:left]:
            yield f"{module.heading}: {'; '.join(stated[:left])}" + ("; …" if len(stated) > left else "")
        left = max(0, left - len(stated))
    for name, address in (("online_service_url", document.online_service_url), ("source_url", document.source_url)):
        if address:
            yield f"{name}: {address[:500]}"
