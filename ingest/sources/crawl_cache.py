"""What the last crawls brought, so that an unchanged page costs a 304 and a site that is down leaves its texts."""

import hashlib
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from app.files import write_atomically
from ingest.disk_errors import writing

_OUTCOME = "Nothing was changed."
_KEPT_UNUSED = timedelta(days=30)
"""So long, a page that no crawl led to any more can still stand in when it is found again."""


def crawl_folder(data_dir: Path, tenant_id: str) -> Path:
    """Where a town's crawls keep what they brought."""
    return data_dir / tenant_id / "crawl"


class Remembered(BaseModel):
    """The headers of an answer that was worth keeping: 200, or a redirect (then `location` is not empty)."""

    model_config = ConfigDict(frozen=True)

    address: str
    content_type: str = ""
    location: str = ""
    """Absolute address that the page has moved to."""
    etag: str = ""
    last_modified: str = ""
    robots_tag: str = ""
    checked_at: datetime
    """When the server last said so, UTC."""
    body_hash: str
    """SHA-256 of the unpacked body, hexadecimal; also its file's name."""

    @property
    def conditions(self) -> dict[str, str]:
        """Request headers that let the server answer 304; without what may not stand in a header."""
        found = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in found.items() if value and value.isascii() and value.isprintable()}


class CrawlCache:
    """A folder with one small file of headers an address, and the bodies by their hash.

    Safe against being killed and against other processes: files are replaced whole, and a body that doesn't match
    its hash counts as missing.
    """

    def __init__(self, folder: Path) -> None:
        """Raises KnowledgeError when the folder cannot be made."""
        self._headers = folder / "headers"
        self._bodies = folder / "bodies"
        with writing(folder, _OUTCOME):
            self._headers.mkdir(parents=True, exist_ok=True)
            self._bodies.mkdir(exist_ok=True)

    def find(self, address: str) -> tuple[Remembered, bytes] | None:
        """Headers and body of what was last read there."""
        try:
            known = Remembered.model_validate_json(self._headers_file(address).read_bytes())
            body = (self._bodies / known.body_hash).read_bytes()
        except (OSError, ValidationError):
            return None
        intact = known.address == address and hashlib.sha256(body).hexdigest() == known.body_hash
        return (known, body) if intact else None

    def keep(self, known: Remembered, body: bytes) -> None:
        """`known.body_hash` is that of `body`. Raises KnowledgeError when the disk is full."""
        with writing(self._bodies, _OUTCOME):
            write_atomically(self._bodies / known.body_hash, body)
        self.renew(known)

    def renew(self, known: Remembered) -> None:
        """Notes new headers for a body that is there already. Raises KnowledgeError when the disk is full."""
        with writing(self._headers, _OUTCOME):
            write_atomically(self._headers_file(known.address), known.model_dump_json())

    def forget(self, address: str) -> None:
        self._headers_file(address).unlink(missing_ok=True)

    def tidy(self, now: datetime) -> None:
        """Deletes what no crawl has asked for in a month, bodies that nothing refers to, and what killed writers left.

        Not for after a crawl of a site that was down: then nothing was asked for, however long that lasts.
        """
        used: set[str] = set()
        for path in self._headers.glob("[!.]*.json"):
            try:
                known = Remembered.model_validate_json(path.read_bytes())
            except (OSError, ValidationError):
                path.unlink(missing_ok=True)
                continue
            if known.checked_at < now - _KEPT_UNUSED:
                path.unlink(missing_ok=True)
            else:
                used.add(known.body_hash)
        for path in (*self._bodies.iterdir(), *self._headers.glob(".*.part")):
            with suppress(FileNotFoundError):  # another crawl has just given it its name
                if path.name not in used and _changed_at(path) < now - timedelta(days=1):
                    path.unlink()

    def _headers_file(self, address: str) -> Path:
        return self._headers / f"{hashlib.sha256(address.encode()).hexdigest()}.json"


def _changed_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
