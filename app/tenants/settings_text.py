"""The text of `tenant.yaml`: checked line by line, and changed with its comments and its order kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any

import yaml
from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from app.errors import InvalidInputError
from app.tenants.tenant import Tenant

Where = tuple[str | int, ...]
"""Keys and indexes from the top of the file, for example ("offices", 2, "phone")."""


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
