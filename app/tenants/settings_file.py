"""`tenant.yaml` as people edit it: read, checked line by line, changed with its comments kept, saved safely."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import yaml
from filelock import FileLock, Timeout
from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from app.errors import AmtslotseError, InvalidInputError, LockedError, NotFoundError
from app.files import make_folder, write_atomically
from app.tenants.tenant import Tenant

Where = tuple[str | int, ...]
"""Keys and indexes from the top of the file, for example ("offices", 2, "phone")."""
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
class Problem:
    """Something that is wrong in the file."""

    line: int | None
    """From 1; None where the file as a whole is meant."""
    path: Where
    kind: str
    """The validator's name for it, for example `missing`."""
    message: str
    """In English, as the validator says it."""


class InvalidSettingsError(InvalidInputError):
    """The text is no valid `tenant.yaml`; `problems` say where."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("Die Einstellungen sind so nicht gültig. Nichts wurde gespeichert.")
        self.problems = tuple(problems)


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


def checked_settings(text: str, tenant_id: str, *, is_new: bool = True) -> Tenant:
    """The settings in a text, by the same rules as everywhere. Raises InvalidSettingsError with all problems.

    A new text is also searched for keys that stand twice, which takes some tenths of a second.
    """
    try:
        raw = yaml.load(text, Loader=yaml.CSafeLoader)
        if is_new:
            _loaded(text)
    except (yaml.YAMLError, YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or str(error)
        raise InvalidSettingsError([Problem(mark.line + 1 if mark else None, (), "yaml", said)]) from error
    try:
        tenant = Tenant.model_validate(raw)
    except ValidationError as error:
        raise InvalidSettingsError(_problems(error, text)) from error
    if tenant.id != tenant_id:
        message = f"the id must stay '{tenant_id}'"
        raise InvalidSettingsError([Problem(_line(_loaded(text), ("id",)), ("id",), "value_error", message)])
    return tenant


def changed_settings(text: str, changes: Mapping[Where, Any]) -> str:
    """The text with other values at some paths; None takes a key away. Comments and order stay.

    A value that is there already stays as it is written. Raises KeyError or IndexError for a path to nowhere.
    """
    document = _loaded(text)
    for path, value in changes.items():
        _change(document, path, value)
    out = StringIO()
    _yaml().dump(document, out)
    return out.getvalue()


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


def _yaml() -> YAML:
    settled = YAML()
    settled.preserve_quotes = True
    settled.width = 4096  # or long sentences would be folded
    settled.indent(mapping=2, sequence=4, offset=2)
    return settled


def _loaded(text: str) -> Any:
    return _yaml().load(text)


def _change(document: Any, path: Where, value: Any) -> None:
    node = document
    for step in path[:-1]:
        if isinstance(node, CommentedMap) and step not in node:
            if value is None:
                return
            node[step] = CommentedMap()
        node = node[step]
    last = path[-1]
    there = last in node if isinstance(node, CommentedMap) else True
    if value is None:
        if there:
            del node[last]
        return
    old = node[last] if there else None
    if not there or _plain(old) != value:
        node[last] = _written(value, old)


def _written(value: Any, old: Any) -> Any:
    """The value as it is written: in the style of what it replaces, quoted where YAML could read another type."""
    if isinstance(value, str):
        is_quoted = type(old) is not str or yaml.safe_load(value) != value if _is_simple(value) else True
        return DoubleQuotedScalarString(value) if is_quoted else value
    if isinstance(value, dict):
        written = CommentedMap({key: _written(each, None) for key, each in value.items()})
        written.fa.set_flow_style()
        return written
    if isinstance(value, list):
        before = old if isinstance(old, CommentedSeq) else ()
        sequence = CommentedSeq([_kept(each, before) for each in value])
        nested = any(isinstance(each, dict) for each in value)
        if not nested and (old is None or (isinstance(old, CommentedSeq) and old.fa.flow_style())):
            sequence.fa.set_flow_style()
        return sequence
    return value


def _kept(value: Any, before: Iterable[Any]) -> Any:
    """The item as it stood in the list before, or newly written."""
    return next((each for each in before if _plain(each) == value), None) or _written(value, None)


def _is_simple(value: str) -> bool:
    return bool(value) and not any(char in value for char in ":#\n\"'{}[],&*!|>%@`")


def _plain(node: Any) -> Any:
    """A loaded value without what belongs to the way it was written."""
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    if isinstance(node, bool) or node is None or isinstance(node, date):
        return node
    return str(node) if isinstance(node, str) else node


def _problems(error: ValidationError, text: str) -> list[Problem]:
    document = _loaded(text)
    return [
        Problem(_line(document, tuple(found["loc"])), tuple(found["loc"]), found["type"], found["msg"])
        for found in error.errors(include_url=False)
    ]


def _line(document: Any, path: Where) -> int | None:
    """Line of what the path names, or of the nearest thing above it that there is."""
    node, line = document, None
    for step in path:
        try:
            if isinstance(node, CommentedMap):
                line = node.lc.key(step)[0] + 1
            elif isinstance(node, CommentedSeq):
                line = node.lc.item(step)[0] + 1
            node = node[step]
        except (KeyError, IndexError, TypeError):
            break
    return line


def _slug(name: str) -> str:
    return "".join(char if char.isascii() and char.isalnum() else "-" for char in name)[:40]
