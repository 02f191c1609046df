"""What is wrong with a single field, wherever it is written: front matter, a `.meta.yaml`, or the source's defaults."""

from typing import Any

from ingest.document import FrontMatter
from ingest.findings import Finding, Severity
from ingest.sources.text_yaml import Fields


def repeated_fields(fields: Fields, name: str) -> tuple[Finding, ...]:
    """One for each field that is given again."""
    return tuple(
        Finding("duplicate-field", Severity.ERROR, name, line, f"'{field}' is given twice", "keep one of them")
        for field, line in fields.repeated
    )


def unknown_field(field: str, name: str, line: int) -> Finding:
    known = ", ".join(FrontMatter.model_fields)
    return Finding("unknown-field", Severity.ERROR, name, line, f"'{field}' is no known field", f"known: {known}")


def missing_field(field: str, name: str, line: int, fix: str) -> Finding:
    return Finding("missing-field", Severity.ERROR, name, line, f"'{field}' is missing", fix)


def invalid_field(error: Any, name: str, line: int, fix: str) -> Finding:
    """`error`: one of a ValidationError's `errors()`; one without a place is about all fields together."""
    field = str(error["loc"][0]) if error["loc"] else ""
    reason = "it is empty" if error["input"] is None else str(error["msg"]).removeprefix("Value error, ")
    return Finding("invalid-field", Severity.ERROR, name, line, f"'{field}': {reason}", fix)
