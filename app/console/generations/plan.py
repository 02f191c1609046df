"""What publishing would change now, and what stands in its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.console.access import Signed
from app.console.texts.desk import Row, TextsDesk

if TYPE_CHECKING:
    from ingest.findings import Finding
    from ingest.town_texts import TownState


@dataclass(frozen=True, slots=True)
class Plan:
    """What publishing would do now."""

    changed: tuple[Row, ...]
    """Texts that are new, changed or removed."""
    broken: tuple[Row, ...]
    """Texts with errors: with one of them nothing is published."""
    other_errors: "tuple[Finding, ...]"
    """Errors in files that are no texts: rules, settings."""
    settings_changed: bool
    """Whether tenant.yaml differs from the published one."""
    needed: tuple[str, ...]
    """Options of `knowledge publish` without whose reason it is refused."""
    waiting: tuple[Row, ...]
    """Texts with a draft, which is not published."""
    complete: bool
    """Whether all findings are in."""
    unchecked: int
    """How many texts are not even checked by themselves yet."""

    @property
    def empty(self) -> bool:
        """Whether what is saved is what citizens get already."""
        return not self.changed and not self.settings_changed

    @property
    def possible(self) -> bool:
        return not self.broken and not self.other_errors


def plan_of(signed: Signed, *, patient: bool = True) -> Plan:
    """Compares what is saved with what is live; `patient` and errors as those of `TextsDesk`."""
    desk = TextsDesk(signed, patient=patient)
    town = desk.town
    files = {row.file for row in desk.rows}
    errors = [f for file, found in town.findings.items() if file not in files for f in found]
    return Plan(
        changed=tuple(row for row in desk.rows if row.state in ("new", "changed", "removed") and _is_saved(row)),
        broken=tuple(row for row in desk.rows if row.errors),
        other_errors=tuple(finding for finding in errors if finding.severity.value == "error"),
        settings_changed=_settings_changed(town),
        needed=tuple(_needed(town)),
        waiting=tuple(row for row in desk.rows if row.draft is not None),
        complete=town.complete,
        unchecked=len(town.unchecked),
    )


def _is_saved(row: Row) -> bool:
    return row.file is not None or row.state == "removed"


def _settings_changed(town: "TownState") -> bool:
    from app.index.generation import file_hash

    return town.active is not None and town.active.files.get("tenant.yaml") != file_hash(town.folder / "tenant.yaml")


def _needed(town: "TownState") -> Sequence[str]:
    from ingest.checks.config import load_quality_config

    needed = []
    if load_quality_config(town.folder).warnings == "block" and any(town.findings.values()):
        needed.append("accept-warnings")
    before = len(town.active.documents) if town.active else 0
    if before and 1 - len(town.texts) / before > town.tenant.publishing.max_shrink:
        needed.append("allow-shrink")
    if not any(any(town.folder.glob(pattern)) for pattern in town.tenant.publishing.gold):
        needed.append("skip-gold")
    return needed
