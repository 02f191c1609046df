"""Fetches a larger model from a hub: resumed where it broke off, checked before it is installed.

The hub is Hugging Face, or what HF_ENDPOINT names (a mirror in the town's own network). HF_TOKEN is sent for models
whose licence must be accepted first.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import httpx

from app.errors import InvalidInputError, ModelError
from app.models.catalog import CatalogEntry, HubSource
from app.models.installed import installed_sha256, is_installed, verify_model
from app.models.installing import installing, new_model_folder, require_space
from app.models.prepare import Report
from app.settings import Settings

_DEFAULT_HUB = "https://huggingface.co"
_PIECE_BYTES = 1 << 20
_REPORT_BYTES = 100 << 20
_TIMEOUT = httpx.Timeout(60.0, connect=20.0)


def pull_model(settings: Settings, entry: CatalogEntry, report: Report) -> None:
    """Downloads a model's file into `<models_dir>/<id>/`, unless it is there undamaged.

    What was fetched before an interruption stays in `<models_dir>/.downloads/` and is continued. A file with the
    wrong hash or size is deleted.

    Raises:
        InvalidInputError: the model comes with the dependencies and isn't pulled.
        ModelError: no network, no such file, no permission, a full disk, or a wrong checksum.
        LockedError: another process installs models.
    """
    if not isinstance(entry.source, HubSource):
        raise InvalidInputError(f"'{entry.id}' comes with the dependencies: run `amtslotse models prepare` instead.")
    with installing(settings):
        if is_installed(settings, entry) and _is_sound(settings, entry):
            report(f"{entry.id}: ready")
            return
        part = settings.models_dir / ".downloads" / f"{entry.id}.part"
        part.parent.mkdir(exist_ok=True)
        require_space(settings, entry.size_bytes - (part.stat().st_size if part.exists() else 0))
        announced = _Download(entry, entry.source, part, report).run()
        _install(settings, entry, part, announced, report)


def _is_sound(settings: Settings, entry: CatalogEntry) -> bool:
    try:
        verify_model(settings, entry)
    except ModelError:
        return False
    return True


def _install(settings: Settings, entry: CatalogEntry, part: Path, announced: str | None, report: Report) -> None:
    report(f"{entry.id}: checking …")
    with new_model_folder(settings, entry, entry.sha256 or announced) as folder:
        part.rename(folder / entry.file)
        _tag_file(part).unlink(missing_ok=True)
    if entry.sha256 is None:
        found = installed_sha256(settings, entry)
        trust = "as the hub announced it" if announced else "trusted at first sight"
        report(f"{entry.id}: the catalog has no checksum; recorded SHA-256 {found} ({trust})")
    report(f"{entry.id}: ready")


class _Download:
    """One file on its way into `part`."""

    def __init__(self, entry: CatalogEntry, source: HubSource, part: Path, report: Report) -> None:
        self._entry = entry
        self._part = part
        self._report = report
        self._hub = os.environ.get("HF_ENDPOINT", _DEFAULT_HUB).rstrip("/")
        self._url = f"{self._hub}/{source.hub}/resolve/{quote(source.revision)}/{quote(source.file)}"

    def run(self) -> str | None:
        """Completes the file; gives back the SHA-256 that the hub announced, if it did."""
        self._report(f"{self._entry.id}: {self._entry.size_bytes >> 20} MB from {self._url}")
        with (
            self._explaining(),
            httpx.Client(timeout=_TIMEOUT, follow_redirects=True) as client,
            client.stream("GET", self._url, headers=self._headers()) as response,
        ):
            if response.status_code != httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:  # all of it was here already
                response.raise_for_status()
                self._receive(response)
        self._require_complete()
        return _announced_hash(response)

    def _have(self) -> int:
        return self._part.stat().st_size if self._part.exists() else 0

    def _headers(self) -> dict[str, str]:
        headers = {"Accept-Encoding": "identity"}
        if token := os.environ.get("HF_TOKEN"):
            headers["Authorization"] = f"Bearer {token}"
        tag_file = _tag_file(self._part)
        if self._have() and tag_file.exists() and (tag := tag_file.read_text(encoding="utf-8")):
            headers |= {"Range": f"bytes={self._have()}-", "If-Range": tag}
        return headers

    def _receive(self, response: httpx.Response) -> None:
        resumed = response.status_code == httpx.codes.PARTIAL_CONTENT
        done = self._have() if resumed else 0
        if resumed:
            self._report(f"{self._entry.id}: continued at {done >> 20} MB")
        _tag_file(self._part).write_text(response.headers.get("etag", ""), encoding="utf-8")
        with self._part.open("ab" if resumed else "wb") as stream:
            for piece in response.iter_bytes(_PIECE_BYTES):
                stream.write(piece)
                if (done + len(piece)) // _REPORT_BYTES > done // _REPORT_BYTES:
                    self._report(f"{self._entry.id}: {(done + len(piece)) >> 20} MB")
                done += len(piece)
                if done > self._entry.size_bytes:
                    break

    def _require_complete(self) -> None:
        size, expected = self._have(), self._entry.size_bytes
        if size > expected:
            self._part.unlink()
            raise ModelError(
                f"{self._entry.id}: the file on the hub is larger than the {expected} bytes in the catalog; it was "
                "deleted. Correct app/models/catalog.yaml."
            )
        if size < expected:
            raise ModelError(
                f"{self._entry.id}: the hub sent {size} of {expected} bytes. "
                f"Run `amtslotse models pull {self._entry.id}` again to continue."
            )

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except httpx.HTTPStatusError as error:
            raise ModelError(self._explain_status(error.response.status_code)) from error
        except httpx.HTTPError as error:
            raise ModelError(
                f"{self._entry.id}: {self._hub} cannot be reached or broke off ({type(error).__name__}). Check the "
                f"network and run `amtslotse models pull {self._entry.id}` again; it continues where it stopped."
            ) from error

    def _explain_status(self, status: int) -> str:
        if status == httpx.codes.NOT_FOUND:
            return f"{self._entry.id}: the hub has no {self._url}: correct app/models/catalog.yaml or HF_ENDPOINT."
        if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
            return (
                f"{self._entry.id}: the hub wants you to accept the licence first: do so at "
                f"{self._entry.licence_url or self._hub}, then set HF_TOKEN and pull again."
            )
        return f"{self._entry.id}: the hub answered with status {status}: try again later."


def _announced_hash(response: httpx.Response) -> str | None:
    """Hugging Face names the SHA-256 of large files in the ETag of the redirect to its storage."""
    for answer in (*response.history, response):
        tag = str(answer.headers.get("x-linked-etag", "")).strip('"')
        if len(tag) == 64 and all(character in "0123456789abcdef" for character in tag):
            return tag
    return None


def _tag_file(part: Path) -> Path:
    """Keeps the ETag of what `part` is a part of, so that another version isn't appended to it."""
    return part.with_suffix(".etag")
