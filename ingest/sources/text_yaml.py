"""Fields as editors write them, in YAML: every value stays the text that stands there."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import yaml
from yaml.composer import ComposerError
from yaml.reader import ReaderError
from yaml.scanner import ScannerError

MOST_CHARS = 50_000
"""The longest front matter that anybody wrote has 3,000. A megabyte of YAML takes a minute and much memory."""
_DEEPEST = 50
"""Brackets inside brackets. The library's time grows with the square of the depth."""
_BRACKET = re.compile(r"[\[\]{}]")
_NOT_IN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""What an escape such as `"\\e[31m"` or `"\\ud800"` makes: nothing that could be shown or stored."""


class TextLoader(yaml.BaseLoader):
    """Reads every scalar but null as text: days, keys of digits and `no` stay as they were written."""

    def get_single_node(self) -> yaml.Node | None:
        """Also raises a YAMLError where the library lets others through: `"\\UFFFFFFFF"`, `%YAML 1.999…`."""
        try:
            return super().get_single_node()
        except (ValueError, OverflowError) as error:
            raise ScannerError(None, None, "a number or an escaped character is too large", self.get_mark()) from error


class _FieldsLoader(TextLoader):
    """Without aliases, which make a gigabyte of a few lines, and without characters that are none."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise ComposerError(None, None, "references (*) are not allowed", event.start_mark)
        return super().compose_node(parent, index)

    def compose_scalar_node(self, anchor: dict[Any, yaml.Node]) -> yaml.ScalarNode:
        node = super().compose_scalar_node(anchor)
        if found := _NOT_IN_TEXT.search(node.value):
            raise ComposerError(None, None, f"character U+{ord(found[0]):04X} is not allowed", node.start_mark)
        return node


class _FastLoader(yaml.CBaseLoader):
    """The same on libyaml, about ten times as fast. Only for what `_is_simple`; errors are left to the other one."""


for _loader in (TextLoader, _FastLoader):
    _loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
    _loader.add_constructor("tag:yaml.org,2002:null", lambda loader, node: None)

_RARE = re.compile(r"[*&\\{\t]|- - |^[?%]|(?:^|\s)!|" + _NOT_IN_TEXT.pattern, re.MULTILINE)
"""What ordinary front matter has no need of: references, directives, escapes, tags, nesting."""
_MOST_BRACKETS = 50


def _is_simple(text: str) -> bool:
    return text.count("[") <= _MOST_BRACKETS and not _RARE.search(text)


@dataclass(frozen=True, slots=True)
class Fields:
    """What `field: value` lines say."""

    values: Mapping[str, object]
    lines: Mapping[str, int]
    """Line of each field in the file, from 1."""
    repeated: tuple[tuple[str, int], ...] = ()
    """Fields that are given again, and where; their last value counts."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text is no list of fields."""

    line: int
    message: str
    fix: str


def _composed(text: str) -> tuple[yaml.Node | None, Any]:
    """The tree and what it means. Raises YAMLError and RecursionError."""
    if _is_simple(text):
        with suppress(yaml.YAMLError):
            fast = _FastLoader(text)
            node = fast.get_single_node()
            return node, fast.construct_document(node) if node is not None else None
    loader = _FieldsLoader(text)
    node = loader.get_single_node()
    return node, loader.construct_document(node) if node is not None else None


def parse_fields(text: str, first_line: int, called: str) -> Fields | Fault:
    """Reads `field: value` lines; `first_line` is the line of the file they begin in, `called` what the text is."""
    if len(text) > MOST_CHARS:
        return Fault(first_line, f"{called} is longer than {MOST_CHARS:,} characters",
                     "keep only 'field: value' lines; texts belong below headings")  # fmt: skip
    if _depth(text) > _DEEPEST:
        return Fault(first_line, "brackets are nested too deeply", "write 'field: value' lines")
    try:
        node, raw = _composed(text)
    except ReaderError as error:
        line = text[: error.position].count("\n") + first_line
        return Fault(line, f"character U+{error.character:04X} is not allowed", "remove it")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or type(error).__name__
        line = mark.line + first_line if mark else first_line
        return Fault(line, f"not valid YAML: {problem}", "mend the line; quote texts with ':'")
    except RecursionError:
        return Fault(first_line, "brackets are nested too deeply", "write 'field: value' lines")
    if not isinstance(raw, dict) or not isinstance(node, yaml.MappingNode):
        return Fault(first_line, f"{called} is not a list of fields", "write 'field: value' lines")
    lines = {str(key.value): key.start_mark.line + first_line for key, _ in node.value}
    seen: set[str] = set()
    repeated = []
    for key, _ in node.value:
        if key.value in seen:
            repeated.append((str(key.value), key.start_mark.line + first_line))
        seen.add(key.value)
    return Fields({str(key): value for key, value in raw.items()}, lines, tuple(repeated))


def _depth(text: str) -> int:
    """The most brackets that are open at a time, whatever they stand in."""
    steps = (1 if bracket in "[{" else -1 for bracket in _BRACKET.findall(text))
    return max(accumulate(steps), default=0)
