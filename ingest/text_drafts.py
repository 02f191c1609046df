"""Drafts: texts that editors work on before they are saved, and those that wait for a second editor's approval.

One file each below `data/<tenant>/texts/drafts/`. Nothing reads them but the console: they are never published.
"""

import re
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from app.errors import NotFoundError
from app.files import make_folder, sync_folder, write_atomically
from ingest.text_store import EditConflictError, TextStore, digest_of

_KEY = re.compile(r"[A-Za-z0-9äöüÄÖÜß~._-]{1,180}")


class DraftState(StrEnum):
    """Who has to do something."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    """Another editor than the author, to approve it or to send it back."""


class Draft(BaseModel):
    """A text on its way."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    """Of the text as the console's addresses have it; of a new one a made-up key."""
    title: str
    content: str
    """Markdown with front matter; what is missing may be missing."""
    file: str | None
    """Path below the town's folder that it shall replace; None for a new text."""
    base: str | None
    """SHA-256 of that file when the draft was begun."""
    by: str
    """Display name of whoever changed it last."""
    account: str
    """Sign-in name of the same person: nobody approves their own."""
    at: datetime
    state: DraftState = DraftState.DRAFT
    origin: str = ""
    """Name of the uploaded file that it was read from."""
    note: str = ""
    """What the author or the reviewer said last."""

    @property
    def digest(self) -> str:
        """What tells whether somebody else changed the draft meanwhile."""
        return digest_of(self.model_dump_json().encode())


class Drafts:
    """The drafts of one town."""

    def __init__(self, store: TextStore) -> None:
        self._store = store
        self._folder = store.folder / "drafts"

    def all(self) -> tuple[Draft, ...]:
        """Every draft that can be read, by key."""
        found = (_draft(path) for path in sorted(self._folder.glob("[!.]*.json")))
        return tuple(draft for draft in found if draft is not None)

    def find(self, key: str) -> Draft | None:
        """The draft of a text; None without any."""
        return _draft(self._path(key))

    def save(self, draft: Draft, base: str | None) -> None:
        """Writes a draft. `base`: the digest of the one that it replaces, None for none. Raises EditConflictError."""
        with self._store.locked():
            self._refuse_unseen(draft.key, base)
            make_folder(self._folder)
            write_atomically(self._path(draft.key), draft.model_dump_json())

    def remove(self, key: str, base: str) -> None:
        """Deletes a draft. Raises EditConflictError."""
        with self._store.locked():
            self._refuse_unseen(key, base)
            self._path(key).unlink(missing_ok=True)
            sync_folder(self._folder)

    def _refuse_unseen(self, key: str, base: str | None) -> None:
        current = self.find(key)
        digest = current.digest if current else None
        if digest != base:
            raise EditConflictError(current.title if current else key, digest)

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise NotFoundError("Diesen Text gibt es nicht.")
        return self._folder / f"{key}.json"


def _draft(path: Path) -> Draft | None:
    try:
        return Draft.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
