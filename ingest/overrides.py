"""`overrides.yaml`: warnings that somebody has looked at and lets stand, each with a reason."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from app.errors import ConfigurationError
from ingest.codes import codes
from ingest.findings import Finding, Severity
from ingest.sources.text_yaml import TextLoader

OVERRIDES_FILE = "overrides.yaml"

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10)]


class Override(BaseModel):
    """One decision to let a warning stand."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: _Text
    file: _Text
    """As findings call it; `*` stands for anything, so `services/*.en.md` means all English texts."""
    reason: _Reason
    by: _Text
    on: date
    until: date | None = None
    """Last day on which it holds; without one it holds as long as the finding."""

    def covers(self, finding: Finding) -> bool:
        """Whether the finding is what was looked at."""
        return finding.code == self.code and (finding.file == self.file or fnmatchcase(finding.file, self.file))


@dataclass(frozen=True, slots=True)
class Overridden:
    """A warning that does not stop publishing, and why. Kept with the generation."""

    finding: Finding
    override: Override


@dataclass(frozen=True, slots=True)
class Reviewed:
    """All findings, parted by whether somebody lets them stand."""

    open: tuple[Finding, ...]
    overridden: tuple[Overridden, ...]


def load_overrides(folder: Path) -> tuple[Override, ...]:
    """The overrides in a town's folder; none when there is no such file.

    Raises:
        ConfigurationError: the file is not valid; the message names file, entry and field.
    """
    path = folder / OVERRIDES_FILE
    try:
        raw: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=TextLoader)  # noqa: S506 - texts and lists only
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigurationError(f"{path} is not readable YAML in UTF-8: {' '.join(str(error).split())}") from error
    if not isinstance(raw, list | None):
        raise ConfigurationError(f"{path}: write a list of '- code: …' entries")
    return tuple(_override(path, number, entry) for number, entry in enumerate(raw or (), start=1))


def apply_overrides(findings: Sequence[Finding], overrides: Iterable[Override], today: date) -> Reviewed:
    """Takes out the warnings that an override covers, and adds a finding for each override that covers none."""
    overrides = tuple(overrides)
    valid = [override for override in overrides if override.until is None or override.until >= today]
    left: list[Finding] = []
    overridden: list[Overridden] = []
    for finding in findings:
        override = next((override for override in valid if override.covers(finding)), None)
        if override is None or finding.severity is Severity.ERROR:
            left.append(finding)
        else:
            overridden.append(Overridden(finding, override))
    for override in overrides:
        left += _useless(override, [finding for finding in findings if override.covers(finding)], today)
    return Reviewed(tuple(left), tuple(overridden))


def _useless(override: Override, covered: Sequence[Finding], today: date) -> Iterator[Finding]:
    """Why an override has no effect; nothing when it has one."""
    named = f"{override.code} for {override.file}"
    german = f"Ausnahme „{override.code}“ für {override.file}, eingetragen von {override.by}"
    if override.code not in codes():
        yield Finding(
            "stale-override", Severity.WARNING, OVERRIDES_FILE, 0, f"{named}: no check has this code",
            "write the code as `amtslotse knowledge check` shows it", german=f"{german}: Diesen Befund gibt es nicht.",
        )  # fmt: skip
    elif not covered:
        yield Finding(
            "stale-override", Severity.WARNING, OVERRIDES_FILE, 0, f"{named}: there is no such finding any more",
            "remove the entry", german=f"{german}: Den Befund gibt es nicht mehr.",
        )  # fmt: skip
    elif override.until is not None and override.until < today:
        yield Finding(
            "stale-override", Severity.WARNING, OVERRIDES_FILE, 0, f"{named}: it held until {override.until}",
            "mend the text, or look at it again and set a later 'until'",
            german=f"{german}: Sie galt nur bis zum {override.until:%d.%m.%Y}.",
        )  # fmt: skip
    elif all(finding.severity is Severity.ERROR for finding in covered):
        yield Finding(
            "override-of-error", Severity.WARNING, OVERRIDES_FILE, 0, f"{named}: errors cannot be overridden",
            "mend the text and remove the entry", german=f"{german}: Fehler müssen behoben werden.",
        )  # fmt: skip


def _override(path: Path, number: int, entry: Any) -> Override:
    try:
        return Override.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the entry"
        message = "write a day like 2026-11-22" if first["type"].startswith("date") else first["msg"]
        raise ConfigurationError(f"{path}: entry {number}: {place}: {message}") from error
