"""Days with a name: which date "Rosenmontag" or "Christmas Eve" is."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Self

import holidays
import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, model_validator

from app.errors import ConfigurationError

_FILE = Path(__file__).resolve().parent / "named_days.yaml"
_YEARS_AHEAD = 2


class NamedDay(BaseModel):
    """A day that comes once a year under one of its names; exactly one of the three rules is given."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    names: tuple[str, ...]
    fixed: Annotated[str, StringConstraints(pattern=r"^\d\d-\d\d$")] | None = None
    easter: int | None = None
    """Days after Easter Sunday."""
    holiday: str | None = None
    """Name in the holidays calendar of `state`."""
    state: str | None = None

    @model_validator(mode="after")
    def _one_rule(self) -> Self:
        if sum(rule is not None for rule in (self.fixed, self.easter, self.holiday)) != 1:
            raise ValueError(f"'{self.names[0]}': give exactly one of fixed, easter, holiday")
        return self

    def in_year(self, year: int) -> date:
        """The day's date in that year."""
        if self.fixed is not None:
            month, day = self.fixed.split("-")
            return date(year, int(month), int(day))
        if self.easter is not None:
            return _named_holiday("Karfreitag", None, year) + timedelta(days=2 + self.easter)
        return _named_holiday(self.holiday or "", self.state, year)

    def next_from(self, first: date) -> date:
        """The first such day that is not before `first`."""
        return next(
            day for year in range(first.year, first.year + _YEARS_AHEAD) if (day := self.in_year(year)) >= first
        )


@lru_cache(maxsize=1)
def named_days() -> Mapping[str, NamedDay]:
    """All days by each of their names (folded: lower case, no umlauts)."""
    try:
        raw: Any = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
        entries = [NamedDay.model_validate(entry) for entry in raw]
    except (yaml.YAMLError, ValidationError) as error:
        raise ConfigurationError(f"{_FILE}: {error}") from error
    return MappingProxyType({name: entry for entry in entries for name in entry.names})


@lru_cache(maxsize=64)
def _named_holiday(name: str, state: str | None, year: int) -> date:
    calendar = holidays.country_holidays("DE", subdiv=state, years=year, language="de")
    for day, title in calendar.items():
        if title == name:
            return day
    raise ConfigurationError(f"{_FILE}: the holidays calendar knows no '{name}' in {year}.")
