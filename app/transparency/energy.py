"""Energy per answer, from the estimates in the records that are kept."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from threading import Lock
from time import monotonic

from app.records.repository import RecordRepository

_KEPT_S = 600
"""How long figures are shown before they are counted again: a busy month is a few hundred megabytes to read."""


@dataclass(frozen=True, slots=True)
class EnergyFigures:
    """In watt hours, over `answers` answers of the last `days` days; None without any."""

    days: int
    answers: int
    median_wh: float | None
    total_wh: float | None


def energy_figures(records: RecordRepository, tenant: str, days: int, now: datetime) -> EnergyFigures:
    """Counts what the log keeps; erased answers keep no energy. Raises RecordsError."""
    spent = records.energies(tenant, now - timedelta(days=days))
    if not spent:
        return EnergyFigures(days, 0, None, None)
    return EnergyFigures(days, len(spent), round(median(spent), 6), round(sum(spent), 6))


@dataclass
class EnergyMeter:
    """The figures of every town, counted at most once in ten minutes. Safe to share between threads."""

    clock: Callable[[], float] = monotonic
    """Seconds; only differences count."""
    _counted: dict[tuple[str, int], tuple[float, EnergyFigures]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def figures(self, records: RecordRepository, tenant: str, days: int, now: datetime) -> EnergyFigures:
        """As `energy_figures`; who asks meanwhile waits for the same count."""
        with self._lock:
            at, figures = self._counted.get((tenant, days), (0.0, None))
            if figures is None or self.clock() - at > _KEPT_S:
                figures = energy_figures(records, tenant, days, now)
                self._counted[tenant, days] = (self.clock(), figures)
            return figures
