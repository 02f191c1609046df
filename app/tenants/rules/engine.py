"""The kept engine (zen-engine): a decision table in its JDM format, and formulas. docs/decisions/013 says why it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, Literal

import zen

CENT = Decimal("0.01")
_NAMES = re.compile(r"[A-Za-z_]\w*")
_FUNCTIONS = frozenset({"min", "max", "ceil", "floor", "round", "abs", "and", "or", "not"})
Known = Mapping[str, "Decimal | str"]


@dataclass(frozen=True, slots=True)
class CompiledTable:
    """Conditions (unary expressions, empty when any value fits) of each row by field, and the engine's decision."""

    fields: tuple[str, ...]
    conditions: tuple[tuple[str, ...], ...]
    """A row each, in the order of `fields`."""
    hit: Literal["first", "all"]
    decision: Any = field(repr=False, compare=False)

    def hits(self, known: Known) -> tuple[int, ...]:
        """Indexes of the rows that answer; every field that a fitting row asks for must be known."""
        result = self.decision.evaluate(_context(known))["result"]
        found = result if isinstance(result, list) else [result]
        return tuple(int(row["row"]) for row in found if "row" in row)

    def possible(self, known: Known) -> tuple[int, ...]:
        """Indexes of the rows that may still answer, whatever the fields are that are not known yet."""
        rows: list[int] = []
        for index, conditions in enumerate(self.conditions):
            if not all(fits(c, known[f]) for f, c in zip(self.fields, conditions, strict=True) if c and f in known):
                continue
            rows.append(index)
            certain = all(f in known for f, c in zip(self.fields, conditions, strict=True) if c)
            if certain and self.hit == "first":
                break
        return tuple(rows)

    def undecided(self, known: Known) -> frozenset[str]:
        """Fields that are not known and that the possible rows depend on."""
        return frozenset(
            name
            for index in self.possible(known)
            for name, condition in zip(self.fields, self.conditions[index], strict=True)
            if condition and name not in known
        )


def compile_table(
    fields: Sequence[str], conditions: Sequence[Sequence[str]], hit: Literal["first", "all"]
) -> CompiledTable:
    """Builds the engine's decision; each row gives back its own index. Raises ValueError when the engine refuses it."""
    rules = [
        {"_id": f"r{index}", **{f"i{n}": condition for n, condition in enumerate(row)}, "o": str(index)}
        for index, row in enumerate(conditions)
    ]
    table = {
        "hitPolicy": "first" if hit == "first" else "collect",
        "inputs": [{"id": f"i{n}", "name": name, "field": name} for n, name in enumerate(fields)],
        "outputs": [{"id": "o", "name": "row", "field": "row"}],
        "rules": rules,
    }
    document = {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in"},
            {"id": "table", "type": "decisionTableNode", "name": "table", "content": table},
            {"id": "out", "type": "outputNode", "name": "out"},
        ],
        "edges": [
            {"id": "e1", "sourceId": "in", "targetId": "table", "type": "edge"},
            {"id": "e2", "sourceId": "table", "targetId": "out", "type": "edge"},
        ],
    }
    try:
        decision = zen.ZenEngine().create_decision(json.dumps(document))
    except RuntimeError as error:
        raise ValueError(f"the engine refuses the table: {_first_line(error)}") from error
    return CompiledTable(tuple(fields), tuple(tuple(row) for row in conditions), hit, decision)


def fits(condition: str, value: Decimal | str) -> bool:
    """Whether one value meets one condition."""
    return bool(zen.evaluate_unary_expression(condition, {"$": _plain(value)}))


def calculate(formula: str, values: Known) -> Decimal:
    """The value of a formula, exact to the cent: the engine calculates in decimals. Raises ValueError."""
    try:
        result = _compiled(formula).evaluate(_context(values))
    except RuntimeError as error:
        raise ValueError(f"'{formula}' cannot be calculated: {_first_line(error)}") from error
    if isinstance(result, bool) or not isinstance(result, int | float):
        raise ValueError(f"'{formula}' gives no number")
    return Decimal(str(result)).quantize(CENT, ROUND_HALF_UP)


def names_in(formula: str) -> frozenset[str]:
    """The values that a formula uses."""
    return frozenset(_NAMES.findall(formula)) - _FUNCTIONS


def check_formula(formula: str) -> str | None:
    """What is wrong with a formula; None when nothing is."""
    fault = zen.validate_expression(formula)
    return None if fault is None else str(fault.get("source", "not a formula"))


@lru_cache(maxsize=512)
def _compiled(formula: str) -> Any:
    return zen.compile_expression(formula)


def _context(known: Known) -> dict[str, float | str]:
    return {name: _plain(value) for name, value in known.items()}


def _plain(value: Decimal | str) -> float | str:
    return value if isinstance(value, str) else float(value)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
