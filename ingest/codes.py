"""The registry of finding codes: how severe each is, and what it means for those who write and mend the texts."""

from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, field_validator

from app.errors import ConfigurationError
from ingest.findings import Severity

CODES_FILE = Path(__file__).with_name("codes.yaml")


class CodeInfo(BaseModel):
    """What is known about every finding of one code. German texts are for editors, without technical words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    severity: Severity | None
    """None (`varies`) where the same problem may be an error or a warning."""
    summary: str
    """One English clause, as docs/knowledge.md lists it."""
    title: str
    meaning: str
    """German: why it matters."""
    fix: str
    """German: what to do."""

    @field_validator("severity", mode="before")
    @classmethod
    def _varies(cls, value: object) -> object:
        return None if value == "varies" else value


@lru_cache(maxsize=1)
def codes() -> dict[str, CodeInfo]:
    """Every code in the order of the file. Raises ConfigurationError when the file is damaged."""
    try:
        raw = yaml.safe_load(CODES_FILE.read_text(encoding="utf-8"))
        return TypeAdapter(dict[str, CodeInfo]).validate_python(raw)
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ConfigurationError(f"{CODES_FILE} is not valid: {error}") from error


def info(code: str) -> CodeInfo:
    """What is known about a code; for an unknown one, that nothing is."""
    return codes().get(code, _UNKNOWN)


_UNKNOWN = CodeInfo(
    severity=None,
    summary="unknown",
    title="Befund",
    meaning="Zu diesem Befund gibt es noch keine Erklärung.",
    fix="Sprechen Sie mit der technischen Betreuung.",
)
