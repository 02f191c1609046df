"""Reads the source code of `ingest` for the codes that findings are made with."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.settings import PROJECT_ROOT

_SEVERITIES = {"Severity.ERROR": "error", "Severity.WARNING": "warning"}
_ENUM_MARK = "finding codes"
"""Stands in the docstring of every enum whose values are codes."""


@dataclass(frozen=True)
class Use:
    """One place that makes a finding."""

    code: str
    severity: str | None
    """None when it is not written there."""
    place: str


def used_codes() -> list[Use]:
    """Codes given to `Finding`, to `failed`, to functions and classes that pass one on, and values of code enums."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted((PROJECT_ROOT / "ingest").rglob("*.py"))}
    takers = {"Finding": 0, "failed": 2}
    known = 0
    while known != len(takers):
        known = len(takers)
        for tree in trees.values():
            takers = {**_passing_on(tree, takers), **takers}
    return [use for path, tree in trees.items() for use in _uses(path, tree, takers)]


def _uses(path: Path, tree: ast.Module, takers: dict[str, int]) -> Iterator[Use]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := _called(node)) in takers:
            code = _argument(node, takers[name])
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                yield Use(code.value, _severity(node, name), f"{path.name}:{node.lineno}")
        elif isinstance(node, ast.ClassDef) and _ENUM_MARK in (ast.get_docstring(node) or ""):
            for line in node.body:
                if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant):
                    yield Use(str(line.value.value), None, f"{path.name}:{line.lineno}")


def _severity(call: ast.Call, name: str) -> str | None:
    if name == "failed":
        return "error"
    return _SEVERITIES.get(ast.unparse(call.args[1])) if name == "Finding" and len(call.args) > 1 else None


def _passing_on(tree: ast.Module, takers: dict[str, int]) -> dict[str, int]:
    """Functions that give a parameter of theirs as code, and classes with a field or parameter `code`."""
    found: dict[str, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args if argument.arg != "self"]
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and _called(call) in takers:
                    code = _argument(call, takers[_called(call)])
                    if isinstance(code, ast.Name) and code.id in names:
                        found[node.name] = names.index(code.id)
        elif isinstance(node, ast.ClassDef) and node.name not in ("Finding", "FindingEntry", "Override"):
            names = _fields(node)
            if "code" in names:
                found[node.name] = names.index("code")
    return found


def _fields(node: ast.ClassDef) -> list[str]:
    """Parameters of the constructor, of a dataclass or a written one."""
    for member in node.body:
        if isinstance(member, ast.FunctionDef) and member.name == "__init__":
            return [argument.arg for argument in member.args.args if argument.arg != "self"]
    return [member.target.id for member in node.body
            if isinstance(member, ast.AnnAssign) and isinstance(member.target, ast.Name)]  # fmt: skip


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _argument(call: ast.Call, position: int) -> ast.expr | None:
    if len(call.args) > position:
        return call.args[position]
    return next((keyword.value for keyword in call.keywords if keyword.arg == "code"), None)
