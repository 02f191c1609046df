"""`tenant.yaml` as people edit it: read, saved safely, with its earlier versions."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from app.errors import AmtslotseError, LockedError, NotFoundError
from app.files import make_folder, write_atomically

KEPT_VERSIONS = 50
_WAIT_S = 5.0
_MOMENT = "%Y%m%dT%H%M%S%f"


class SettingsConflictError(AmtslotseError):
    """Somebody else has saved the file since it was read."""

    code = "conflict"
    http_status = 409


class SettingsNotWrittenError(AmtslotseError):
    """The file cannot be written; the old one is as it was."""

    code = "settings_not_written"


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """The file as it was read."""

    path: Path
    text: str

    @property
    def version(self) -> str:
        """SHA-256 of the content, hexadecimal: whoever saves names the one that they changed."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def read_settings(knowledge_dir: Path, tenant_id: str) -> SettingsFile:
    """The source of a town's settings. Raises NotFoundError where its texts are not kept on this machine."""
    path = knowledge_dir / tenant_id / "tenant.yaml"
    try:
        return SettingsFile(path, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise NotFoundError(
            "Die Datei tenant.yaml dieser Stadt ist hier nicht lesbar. Wird die Stadt auf einem anderen Server "
            "gepflegt, ändern Sie die Einstellungen dort."
        ) from error


def save_settings(before: SettingsFile, version: str, text: str, kept: Path, now: datetime, by: str) -> None:
    """Replaces the file, whose earlier content stays in the folder `kept`.

    `version` is the one that the text was made from, `by` the account that changed it.

    Raises:
        SettingsConflictError: the file is another one by now.
        LockedError: somebody else is saving at this moment.
        SettingsNotWrittenError: the disk refuses.
    """
    try:
        make_folder(kept)
        with FileLock(kept / ".lock", timeout=_WAIT_S):
            if SettingsFile(before.path, before.path.read_text(encoding="utf-8")).version != version:
                raise SettingsConflictError(
                    "Jemand anderes hat die Einstellungen inzwischen geändert. Öffnen Sie die Seite neu und "
                    "übertragen Sie Ihre Änderung; sonst ginge die andere verloren."
                )
            name = f"{now.astimezone(UTC):{_MOMENT}}-{_slug(by)}.yaml"
            write_atomically(kept / name, before.text)
            write_atomically(before.path, text)
            for old in sorted(kept.glob("*.yaml"))[:-KEPT_VERSIONS]:
                old.unlink()
    except Timeout as error:
        raise LockedError("Jemand anderes speichert gerade. Versuchen Sie es gleich noch einmal.") from error
    except OSError as error:
        raise SettingsNotWrittenError(
            f"Die Einstellungen lassen sich nicht speichern ({error.strerror}). Der Dienst braucht Schreibrechte auf "
            f"{before.path.parent} und freien Speicherplatz."
        ) from error


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """An earlier content of the file."""

    name: str
    replaced_at: datetime
    by: str
    """Who replaced it."""


def kept_versions(kept: Path) -> tuple[KeptVersion, ...]:
    """The earlier contents, newest first."""
    names = sorted((path.stem for path in kept.glob("*.yaml")), reverse=True)
    return tuple(
        KeptVersion(name, datetime.strptime(moment, _MOMENT).replace(tzinfo=UTC), by)
        for name in names
        for moment, _, by in [name.partition("-")]
    )


def kept_version(kept: Path, name: str) -> str:
    """An earlier content. Raises NotFoundError."""
    if name not in [version.name for version in kept_versions(kept)]:
        raise NotFoundError("Diese frühere Fassung gibt es nicht mehr.")
    return (kept / f"{name}.yaml").read_text(encoding="utf-8")


def _slug(name: str) -> str:
    return "".join(char if char.isascii() and char.isalnum() else "-" for char in name)[:40]
