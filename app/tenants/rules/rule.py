"""A decision rule ready to be asked: its file, its table compiled, its lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.tenants.rules.cells import Duration, Value
from app.tenants.rules.engine import CompiledTable, names_in
from app.tenants.rules.rule_file import DateSum, Formula, Rhythm, RuleFile
from app.tenants.rules.rule_inputs import Language, ListedInput

SUM_PREFIX = "sum_"
"""In a formula, `sum_fee` is the sum of column `fee` over all rows hit."""
PARTS_SUFFIX = "_parts"
"""In a template, `sum_fee_parts` shows what `sum_fee` adds up."""
MOST_SUMMARY_ROWS = 4


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of the table as it was written, and the values of its results."""

    cells: dict[str, str]
    results: dict[tuple[str, Language | None], Value | Duration | None]
    """By name of the result and the language of its column (None where all share one)."""
    line: int

    def result(self, name: str, language: Language) -> Value | Duration | None:
        """A result in that language; in German, or the shared one, where the table has no other."""
        for key in ((name, language), (name, None), (name, "de")):
            if key in self.results and (value := self.results[key]) is not None:
                return value
        return None


@dataclass(frozen=True, slots=True)
class ListRow:
    """One entry of a list: the value as written, and what it gives to the rule."""

    key: str
    gives: dict[str, str]


@dataclass(frozen=True)
class DecisionRule:
    """One rule of a town."""

    file: RuleFile
    path: str
    """Relative to the town's folder."""
    table: CompiledTable
    rows: tuple[TableRow, ...]
    lists: Mapping[str, tuple[ListRow, ...]]
    """Per input that is looked up: the list's entries."""

    @property
    def reference(self) -> str:
        """Id and version, as records name the rule."""
        return f"{self.file.id}@{self.file.version}"

    def with_lookups(self, values: Mapping[str, Decimal | str]) -> dict[str, Decimal | str]:
        """The values with what the lists give for them."""
        found = dict(values)
        for name, entries in self.lists.items():
            entry = next((entry for entry in entries if entry.key == values.get(name)), None)
            found.update(entry.gives if entry else {})
        return found

    def asks_for(self, values: Mapping[str, Decimal | str]) -> str | None:
        """Name of the first input that is still needed (`values` include defaults and lookups), or None."""
        undecided = self.table.undecided(values)
        for each in self.file.inputs:
            fields = {each.name, *(each.lookup.gives if isinstance(each, ListedInput) else ())}
            if each.name not in values and (fields & undecided or each.name in self._calculated_from()):
                return each.name
        return None

    def _calculated_from(self) -> frozenset[str]:
        names: set[str] = set()
        for computation in self.file.compute.values():
            match computation:
                case Formula():
                    names |= names_in(computation.formula)
                case DateSum():
                    names.add(computation.start)
                case Rhythm():
                    pass
        return frozenset(names)
