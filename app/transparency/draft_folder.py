"""The folder that drafts are written to: what people have completed there is never overwritten unasked."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from app.errors import AmtslotseError
from app.files import make_folder, write_atomically
from app.transparency.compliance import Draft

LIST_FILE = "entwuerfe.json"


class EditedDraftsError(AmtslotseError):
    """The folder holds drafts that somebody has worked on."""

    code = "edited_drafts"
    http_status = 409


class WrittenDrafts(BaseModel):
    """`entwuerfe.json`: what was written last, so that work on it shows."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1
    tenant: str
    day: date
    software: str
    files: dict[str, str]
    """SHA-256 by file name."""
    open: dict[str, int]
    """Places to complete, by draft."""


def write_drafts(
    folder: Path, drafts: Sequence[Draft], tenant: str, software: str, day: date, *, force: bool = False
) -> tuple[Path, ...]:
    """Writes every draft as Markdown and HTML and gives the paths.

    Raises:
        EditedDraftsError: files of these names are there that were not written by this, or were changed since; with
            `force` they are overwritten. Nothing was written then.
    """
    contents = {name: content.encode() for draft in drafts for name, content in _files(draft)}
    edited = sorted(_edited(folder, contents))
    if edited and not force:
        raise EditedDraftsError(
            f"{folder} holds drafts that were worked on ({', '.join(edited)}): export to another folder with --to, "
            "or overwrite them with --force."
        )
    make_folder(folder)
    written = WrittenDrafts(
        tenant=tenant,
        day=day,
        software=software,
        files={name: hashlib.sha256(content).hexdigest() for name, content in contents.items()},
        open={draft.name: draft.open for draft in drafts},
    )
    for name, content in contents.items():
        write_atomically(folder / name, content)
    write_atomically(folder / LIST_FILE, written.model_dump_json(indent=2) + "\n")
    return tuple(folder / name for name in contents)


def _files(draft: Draft) -> Iterator[tuple[str, str]]:
    yield f"{draft.name}.md", draft.markdown
    yield f"{draft.name}.html", draft.html


def _edited(folder: Path, contents: dict[str, bytes]) -> Iterator[str]:
    """Names of files that writing would destroy: neither as they were written last nor as they would be now."""
    known = _written(folder)
    for name, content in contents.items():
        try:
            there = (folder / name).read_bytes()
        except FileNotFoundError:
            continue
        if there != content and hashlib.sha256(there).hexdigest() != known.get(name):
            yield name


def _written(folder: Path) -> dict[str, str]:
    try:
        return WrittenDrafts.model_validate_json((folder / LIST_FILE).read_bytes()).files
    except (FileNotFoundError, ValidationError):
        return {}
