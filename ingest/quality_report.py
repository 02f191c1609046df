"""What the quality gate found, as `amtslotse knowledge check --json` prints it."""

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict

from ingest.findings import Finding, Severity
from ingest.overrides import Overridden
from ingest.quality import CheckedKnowledge


class FindingEntry(BaseModel):
    """One finding."""

    model_config = ConfigDict(frozen=True)

    code: str
    severity: Severity
    file: str
    """Path below the town's folder, or address."""
    line: int
    """Line, in PDF files the page, from 1; 0 when the whole file is meant."""
    message: str
    fix: str
    quote: str
    """The words that are meant; may be empty."""
    german: str
    """The message in German; may be empty."""

    @classmethod
    def of(cls, finding: Finding) -> Self:
        return cls.model_validate(finding, from_attributes=True)


class OverriddenEntry(BaseModel):
    """A finding that somebody lets stand."""

    model_config = ConfigDict(frozen=True)

    finding: FindingEntry
    reason: str
    by: str
    on: date
    until: date | None

    @classmethod
    def of(cls, overridden: Overridden) -> Self:
        override = overridden.override
        return cls(
            finding=FindingEntry.of(overridden.finding),
            reason=override.reason,
            by=override.by,
            on=override.on,
            until=override.until,
        )


class QualityReport(BaseModel):
    """One run of the gate."""

    model_config = ConfigDict(frozen=True)

    documents: int
    """Texts without errors of their own."""
    errors: int
    warnings: int
    """Without the overridden ones."""
    blocked: bool
    """Whether publishing is stopped."""
    findings: tuple[FindingEntry, ...]
    """In the order of file and line."""
    overridden: tuple[OverriddenEntry, ...]

    @classmethod
    def of(cls, checked: CheckedKnowledge) -> Self:
        return cls(
            documents=len(checked.documents),
            errors=len(checked.errors),
            warnings=len(checked.warnings),
            blocked=bool(checked.blocking),
            findings=tuple(map(FindingEntry.of, checked.findings)),
            overridden=tuple(map(OverriddenEntry.of, checked.overridden)),
        )
