"""Summaries and examples of the operations: `examples/*.yaml` beside this module, data like the prompts and wording.

An entry is named for method and path. `request` is a body; `parameters` are examples of parts of path and query;
`response` is the body that comes of it, `stream` the same as server-sent events.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, JsonValue, TypeAdapter

FOLDER = Path(__file__).parent / "examples"


class OperationExample(BaseModel):
    """What a reader of the description needs to see of one operation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    summary: str
    parameters: dict[str, JsonValue] = {}
    request: JsonValue = None
    response: JsonValue = None
    stream: str | None = None


@lru_cache(maxsize=1)
def operation_examples() -> dict[str, OperationExample]:
    """All of them, by method and path: `post /v1/chat/completions`."""
    entries: dict[str, Any] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        entries |= yaml.safe_load(path.read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, OperationExample]).validate_python(entries)


def add_examples(paths: dict[str, dict[str, dict[str, Any]]]) -> None:
    """Puts summaries and examples into the `paths` of a description."""
    for path, operations in paths.items():
        for method, operation in operations.items():
            found = operation_examples().get(f"{method} {path}")
            if found is not None:
                _add(operation, found)


def _add(operation: dict[str, Any], found: OperationExample) -> None:
    operation["summary"] = found.summary
    for parameter in operation.get("parameters", []):
        if parameter["name"] in found.parameters:
            parameter["example"] = found.parameters[parameter["name"]]
    if found.request is not None:
        for content in operation["requestBody"]["content"].values():
            content["example"] = found.request
    for media_type, content in _successful(operation).items():
        example = found.stream if media_type == "text/event-stream" else found.response
        if example is not None:
            content["example"] = example


def _successful(operation: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What the response of a call that worked is, by media type."""
    content: dict[str, dict[str, Any]] = next(
        (response.get("content", {}) for status, response in operation["responses"].items() if status.startswith("2")),
        {},
    )
    return content
