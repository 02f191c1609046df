"""What two claims can be compared by: an amount, a time, a day, brought to one unit."""

from dataclasses import dataclass
from decimal import Decimal

from ingest.fact_span import Limit
from ingest.facts_money import FreeOfCharge, Money, Percentage
from ingest.facts_time import CalendarDate, Duration, Unit

_DAYS = {
    Unit.MINUTE: Decimal(1) / 1440,
    Unit.HOUR: Decimal(1) / 24,
    Unit.DAY: Decimal(1),
    Unit.WORKDAY: Decimal("1.4"),
    Unit.WEEK: Decimal(7),
    Unit.MONTH: Decimal("30.44"),
    Unit.YEAR: Decimal("365.28"),
}
"""A year is exactly twelve months."""
_CALENDAR_UNITS = (Unit.MONTH, Unit.YEAR)
_ROUGH = Decimal("0.15")
"""Share by which two figures may differ that are only "about" so, or whose units aren't multiples of each other."""


@dataclass(frozen=True, slots=True)
class Value:
    """A figure in euros, days or percent, or a day as a number; `upper` is the end of a range."""

    amount: Decimal
    upper: Decimal | None = None
    limit: Limit | None = None
    scale: str = ""
    """Figures of different scales differ by less than their conversion errs: "4 Wochen" and "1 Monat"."""

    def differs(self, other: "Value") -> bool:
        """Whether the two can't both be right of the same thing."""
        if self.limit is not None and other.limit is not None and Limit.ABOUT not in (self.limit, other.limit):
            if self.limit is other.limit and self.scale == other.scale:
                return self.amount != other.amount
            return not self._meets(other, Decimal(0))
        rough = Limit.ABOUT in (self.limit, other.limit) or self.scale != other.scale
        return not self._meets(other, _ROUGH if rough else Decimal(0))

    def _meets(self, other: "Value", tolerance: Decimal) -> bool:
        (low, high), (other_low, other_high) = self._bounds(), other._bounds()
        below = high is not None and high * (1 + tolerance) < other_low
        above = other_high is not None and other_high * (1 + tolerance) < low
        return not (below or above)

    def _bounds(self) -> tuple[Decimal, Decimal | None]:
        match self.limit:
            case Limit.AT_MOST | Limit.UNDER:
                return Decimal(0), self.upper or self.amount
            case Limit.AT_LEAST | Limit.OVER:
                return self.amount, None
            case _:
                return self.amount, self.upper or self.amount


def value_of(fact: Money | FreeOfCharge | Percentage | Duration | CalendarDate) -> Value:
    """The fact in euros (other currencies as they are), percent or days; a day as the number yyyymmdd or mmdd."""
    match fact:
        case FreeOfCharge():
            return Value(Decimal(0))
        case Money():
            return Value(fact.amount, fact.upper, fact.limit, fact.currency)
        case Percentage():
            return Value(fact.value, None, fact.limit)
        case Duration():
            days = _DAYS[fact.unit]
            upper = None if fact.upper is None else fact.upper * days
            scale = "calendar" if fact.unit in _CALENDAR_UNITS else "workday" if fact.unit is Unit.WORKDAY else "days"
            return Value(fact.amount * days, upper, fact.limit, scale)
        case CalendarDate():
            return Value(Decimal((fact.year or 0) * 10_000 + fact.month * 100 + fact.day))
