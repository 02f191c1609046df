"""Keeps what takes long to find out: computed by one thread in the background, shown with the time it stands for.

Nothing is written down: what the log loses is gone from here with the next look at the log, ten minutes later at most.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Condition, Event, Thread

from app.answering.service import AnsweringService
from app.errors import AmtslotseError
from app.insight.meaning import MeaningCache
from app.insight.ratings import TextRating, ratings_by_text
from app.insight.unanswered import FIRST_TEXTS, MOST_TEXTS, WINDOW, Unanswered, find_unanswered
from app.insight.upkeep import Upkeep

FRESH = timedelta(minutes=10)
"""How old a state may be before a page that shows it has it found anew."""
_FORGET_AFTER = timedelta(hours=12)
"""What nobody looked at for so long is dropped."""
_FIRST_WAIT_S = 0.5
"""How long a page waits when there is nothing to show yet."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Insight:
    """What a town's log told at one moment."""

    unanswered: Unanswered
    ratings: Mapping[str, TextRating]
    """By id of the text."""


@dataclass
class _Town:
    found: Insight | None = None
    looked_at: datetime | None = None
    wanted: bool = False
    meanings: MeaningCache = field(default_factory=MeaningCache)


class InsightKeeper:
    """One a running service. The thread starts with the first page that asks and ends with `close`."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.upkeep = Upkeep()
        self._clock = clock
        self._towns: dict[str, _Town] = {}
        self._changed = Condition()
        self._closing = Event()
        self._thread: Thread | None = None

    def latest(self, service: AnsweringService, tenant: str, wait_s: float = _FIRST_WAIT_S) -> Insight | None:
        """The last state, and soon a fresh one when it is old or the texts changed; None while the first is found.

        Waits that many seconds at most, and only when there is nothing to show yet.
        """
        now = self._clock()
        with self._changed:
            town = self._towns.setdefault(tenant, _Town())
            town.looked_at = now
            if self._is_old(town, service, tenant, now):
                town.wanted = True
                self._start(service)
                self._changed.notify_all()
            if town.found is None:
                self._changed.wait_for(lambda: town.found is not None or not town.wanted, timeout=wait_s)
            return town.found

    def close(self) -> None:
        """Stops the thread; waits until it has."""
        self._closing.set()
        with self._changed:
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _is_old(self, town: _Town, service: AnsweringService, tenant: str, now: datetime) -> bool:
        if town.found is None:
            return True
        state = town.found.unanswered
        return now - state.at > FRESH or state.generation != service.generations.active_id(tenant)

    def _start(self, service: AnsweringService) -> None:
        is_running = self._thread is not None and self._thread.is_alive()
        if not is_running and not self._closing.is_set():
            self._thread = Thread(target=self._run, args=(service,), name="insight", daemon=True)
            self._thread.start()

    def _run(self, service: AnsweringService) -> None:
        while not self._closing.is_set():
            for tenant, town in self._due():
                self._find(service, tenant, town)
            with self._changed:
                self._changed.wait_for(
                    lambda: self._closing.is_set() or any(town.wanted for town in self._towns.values()),
                    timeout=FRESH.total_seconds(),
                )

    def _due(self) -> list[tuple[str, _Town]]:
        """The towns to look at: those wanted and, to let go what was erased, those that something is kept of."""
        now = self._clock()
        with self._changed:
            for tenant, town in list(self._towns.items()):
                if town.looked_at is not None and now - town.looked_at > _FORGET_AFTER:
                    del self._towns[tenant]
            return [
                (tenant, town)
                for tenant, town in self._towns.items()
                if town.wanted or town.found is None or now - town.found.unanswered.at >= FRESH
            ]

    def _find(self, service: AnsweringService, tenant: str, town: _Town) -> None:
        error = None
        try:
            if town.found is None:
                self._show(town, self._evaluated(service, tenant, town, FIRST_TEXTS))
            found = self._evaluated(service, tenant, town, MOST_TEXTS)
        except AmtslotseError as failed:
            found, error = None, failed.message  # what is shown may be erased by now
            log.error("The open questions of %s were not evaluated: %s", tenant, failed.message)
        self.upkeep.note("insight", self._clock(), error)
        with self._changed:
            town.wanted = False
        self._show(town, found)

    def _evaluated(self, service: AnsweringService, tenant: str, town: _Town, most_texts: int) -> Insight:
        generation, now, database = service.generations.active(tenant), self._clock(), service.records.database
        stopped = self._closing.is_set
        unanswered = find_unanswered(database, generation, service.pipeline, town.meanings, now, stopped, most_texts)
        return Insight(unanswered, ratings_by_text(database, tenant, now - WINDOW, generation))

    def _show(self, town: _Town, found: Insight | None) -> None:
        with self._changed:
            town.found = found
            self._changed.notify_all()
