"""Failed sign-ins make the next one wait: longer each time, for everybody alike, and never for long.

Three counts, each over hashes that this process forgets daily:

- a name from one place: whoever guesses one password waits up to 15 minutes;
- a name from anywhere: many places that guess together wait, but half a minute at most, and not at all where the
  person has signed in from today. So nobody can lock somebody else out for long;
- a place with any names: a minute at most, because a whole town hall may share one address.

Attempts during a wait are refused without looking at the password and count for nothing. Whether the name exists makes
no difference.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.errors import TooManyRequestsError

_FORGOTTEN_AFTER = timedelta(hours=1)
_MOST_KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Patience:
    """How many failures are free, and how long the wait may get."""

    free: int
    longest_s: int

    def wait_s(self, failures: int) -> int:
        """Seconds to wait after so many failures: 0, then doubling from 1."""
        over = failures - self.free
        return 0 if over < 0 else min(self.longest_s, 1 << min(over, 30))


PAIR = Patience(free=5, longest_s=15 * 60)
NAME = Patience(free=10, longest_s=30)
PLACE = Patience(free=20, longest_s=60)


@dataclass(frozen=True, slots=True)
class _Failures:
    count: int
    last: datetime


class Attempts:
    """Counts in the memory of this process. Not thread-safe: call it on the event loop.

    `name` and `place` are opaque keys, best hashes: they are kept for an hour.
    """

    def __init__(self) -> None:
        self._failures: OrderedDict[tuple[str, str, str], _Failures] = OrderedDict()
        self._known: OrderedDict[tuple[str, str], None] = OrderedDict()

    def begin(self, name: str | None, place: str, now: datetime) -> None:
        """Counts an attempt as failed until `succeeded` says otherwise, so that attempts at once count, too.

        Without a name it counts for the place alone.

        Raises:
            TooManyRequestsError: it must wait.
        """
        counted = _keys(name, place)
        waits = [self._wait(key, patience, now) for key, patience in counted if not self._is_waived(key, place)]
        if (wait := max(waits)) > 0:
            raise TooManyRequestsError(
                f"Zu viele fehlgeschlagene Versuche. Bitte versuchen Sie es in {_in_words(wait)} noch einmal.", wait
            )
        for key, _ in counted:
            self._failures[key] = _Failures(self._count(key, now) + 1, now)
            self._failures.move_to_end(key)
        while len(self._failures) > _MOST_KEPT:
            self._failures.popitem(last=False)

    def succeeded(self, name: str | None, place: str) -> None:
        """Takes the last attempt back, and forgives all that went wrong for this name from this place."""
        for key, _ in _keys(name, place):
            before = self._failures.pop(key, None)
            if before is not None and key[0] == "place" and before.count > 1:
                self._failures[key] = _Failures(before.count - 1, before.last)
        if name is not None:
            self._known[(name, place)] = None
            self._known.move_to_end((name, place))
            if len(self._known) > _MOST_KEPT:
                self._known.popitem(last=False)

    def _is_waived(self, key: tuple[str, str, str], place: str) -> bool:
        return key[0] == "name" and (key[1], place) in self._known

    def _wait(self, key: tuple[str, str, str], patience: Patience, now: datetime) -> int:
        count = self._count(key, now)
        if count == 0:
            return 0
        until = self._failures[key].last + timedelta(seconds=patience.wait_s(count))
        return max(0, -((now - until) // timedelta(seconds=1)))

    def _count(self, key: tuple[str, str, str], now: datetime) -> int:
        found = self._failures.get(key)
        return 0 if found is None or now - found.last > _FORGOTTEN_AFTER else found.count


def _keys(name: str | None, place: str) -> list[tuple[tuple[str, str, str], Patience]]:
    of_place = (("place", "", place), PLACE)
    if name is None:
        return [of_place]
    return [(("pair", name, place), PAIR), (("name", name, ""), NAME), of_place]


def _in_words(seconds: int) -> str:
    if seconds < 60:
        return "einer Sekunde" if seconds == 1 else f"{seconds} Sekunden"
    minutes = -(-seconds // 60)
    return "einer Minute" if minutes == 1 else f"{minutes} Minuten"
