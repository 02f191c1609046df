"""YAML with the line of every value, so that a fault can name its place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from app.tenants.rules.problems import RuleFileError, RuleProblem


class _Loader(yaml.SafeLoader):
    """Reads only `true` and `false` as such: "no" and "on" are words of a question."""


class _FastLoader(yaml.CSafeLoader):
    """The same on libyaml, about ten times as fast; what is wrong with a file is left to the other one to say."""


for _loader in (_Loader, _FastLoader):
    _loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    _loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"true|false"), ["t", "f"])


@dataclass(frozen=True, slots=True)
class LinedYaml:
    """A parsed YAML file."""

    data: Any
    root: yaml.Node | None

    def line_of(self, path: Sequence[str | int]) -> int:
        """Line of the value under that path of keys and indexes, or of the deepest part of it that exists."""
        node, line = self.root, 1
        for step in path:
            found = _child(node, step)
            if found is None:
                continue  # pydantic's paths also name union members, which no file holds
            node, line = found
        return line


def read_yaml(path: Path, name: str) -> LinedYaml:
    """Reads a file; `name` is what problems call it. Raises RuleFileError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        try:
            return _parsed(_FastLoader(text))
        except yaml.YAMLError:
            return _parsed(_Loader(text))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise RuleFileError(
            RuleProblem(name, line, f"not YAML ({error.problem})", "mind indents and quotes")
        ) from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValueError) as error:
        raise RuleFileError(RuleProblem(name, 0, f"not readable ({error})", "save it as YAML in UTF-8")) from error


def _parsed(loader: _Loader | _FastLoader) -> LinedYaml:
    root = loader.get_single_node()
    return LinedYaml(loader.construct_document(root) if root is not None else None, root)


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value, key.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step].start_mark.line + 1
    return None
