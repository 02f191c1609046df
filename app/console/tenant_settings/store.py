"""What the settings pages share: reading and saving the file, and what of it is not published yet."""

import re
from dataclasses import dataclass
from pathlib import Path

from app.console.access import Signed
from app.errors import InvalidInputError
from app.tenants.settings_file import SettingsFile, read_settings, save_settings
from app.tenants.settings_text import InvalidSettingsError, Problem, checked_settings
from app.tenants.tenant import Tenant
from app.wording.console import console_catalog

AREA = "settings"
_LANGUAGE = re.compile(r"(?:Value error, )?'([a-z]{2})'")
_ADVISED = frozenset({"missing", "extra_forbidden", "string_pattern_mismatch", "literal_error", "yaml"})
_ADVISED_FIELDS = frozenset({"disclosure", "allowed_origins"})


@dataclass(frozen=True, slots=True)
class Mistake:
    """A problem in words, with the field that it is in."""

    field: str
    """Id of the field to jump to; empty for the file as a whole."""
    line: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """The town's settings as they lie beside its texts."""

    file: SettingsFile
    tenant: Tenant
    published: bool
    """Whether they are what citizens get answers with."""


def source(signed: Signed) -> Source:
    """Reads the file. Raises NotFoundError without one, InvalidSettingsError when somebody broke it by hand."""
    file = read_settings(signed.running.settings.knowledge_dir, signed.town.id)
    tenant = checked_settings(file.text, signed.town.id, is_new=False)
    return Source(file, tenant, tenant == signed.town)


def kept_folder(signed: Signed) -> Path:
    """Where earlier contents lie."""
    return signed.running.settings.data_dir / signed.town.id / "settings"


def save(signed: Signed, file: SettingsFile, version: str, text: str) -> bool:
    """Saves a text that was checked, and notes who did it; False when nothing is different.

    Raises SettingsConflictError, LockedError, SettingsNotWrittenError.
    """
    if text == file.text and version == file.version:
        return False
    save_settings(file, version, text, kept_folder(signed), signed.running.clock(), signed.account.name)
    signed.audit("settings.save", signed.town.id, version=SettingsFile(file.path, text).version[:12])
    return True


def mistakes(error: InvalidInputError) -> tuple[Mistake, ...]:
    """What is wrong, in German, in the order of the file."""
    if not isinstance(error, InvalidSettingsError):
        return (Mistake("", None, error.message),)
    return tuple(Mistake(_field(problem), problem.line, _advice(problem)) for problem in error.problems)


def _field(problem: Problem) -> str:
    """The id of the form's field; places within an office are fields of its own page."""
    where = problem.path[2:] if problem.path[:1] == ("offices",) else problem.path
    named = [str(step) for step in where]
    if named == ["disclosure"] and (language := _LANGUAGE.match(problem.message)):
        named.append(language[1])  # all languages are checked at once
    if where[:1] == ("exceptions",):
        return "-".join((*named[:2], named[2] if len(named) > 2 else "date"))
    while named and named[-1].isdecimal():
        named.pop()
    return "-".join(named)


def _advice(problem: Problem) -> str:
    say = console_catalog(AREA).text
    if problem.kind == "form":
        return problem.message
    place = ".".join(str(step) for step in problem.path)
    first = str(problem.path[0]) if problem.path else ""
    if first in _ADVISED_FIELDS:
        return say(f"problem.{first}")
    key = problem.kind if problem.kind in _ADVISED else "other"
    return say(f"problem.{key}", place=place, message=problem.message.removeprefix("Value error, "))
