"""How often one place may ask. Addresses are never kept: only a hash, with a salt that this process forgets daily."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Annotated, cast

from fastapi import Depends, Request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.errors import TooManyRequestsError
from app.settings import Settings
from app.wording.catalog import catalog

_MINUTE_S = 60
_DAY_S = 24 * 60 * 60
_IPV6_PREFIX = 64
"""What one household or office gets; a single device has 2^64 addresses to ask from."""


@dataclass(frozen=True)
class PerMinute:
    """How many a minute; 0 is no limit."""

    calls_per_address: int
    questions_per_address: int
    questions_per_conversation: int
    questions_per_tenant: int

    @classmethod
    def of(cls, settings: Settings) -> "PerMinute":
        return cls(
            calls_per_address=settings.rate_calls_per_address,
            questions_per_address=settings.rate_questions_per_address,
            questions_per_conversation=settings.rate_questions_per_conversation,
            questions_per_tenant=settings.rate_questions_per_tenant,
        )


class RateLimits:
    """Counts over a moving minute, in the memory of this process: it holds the times of the last minute's hits.

    Not thread-safe: call it on the event loop.
    """

    def __init__(self, per_minute: PerMinute, clock: Callable[[], float] = time.time) -> None:
        """`clock` gives seconds, the same as the library's."""
        self._per_minute = per_minute
        self._clock = clock
        self._storage = MemoryStorage()
        self._limiter = MovingWindowRateLimiter(self._storage)
        self._salt = secrets.token_bytes(32)
        self._salted_on = int(clock() / _DAY_S)
        self._swept_at = clock()

    def call(self, address: str | None) -> None:
        """Counts an API call of any kind. Raises TooManyRequestsError."""
        self._hit(self._per_minute.calls_per_address, "call", _place(address))

    def question(self, address: str | None, tenant: str, conversation_id: str | None, language: str = "de") -> None:
        """Counts a question; one that is refused for its address counts for nobody else.

        Raises:
            TooManyRequestsError: its sentence is in `language`.
        """
        limits = self._per_minute
        self._hit(limits.questions_per_address, "address", _place(address), language)
        if conversation_id is not None:
            self._hit(limits.questions_per_conversation, "conversation", f"{tenant}/{conversation_id}", language)
        self._hit(limits.questions_per_tenant, "tenant", tenant, language)

    def place(self, address: str | None) -> str:
        """A key for whoever shares the address's limits; nobody can tell the address from it, and it changes daily."""
        return self._hashed(f"place/{_place(address)}")

    def name(self, name: str) -> str:
        """Such a key for a name that somebody typed, which may be anything, even a password."""
        return self._hashed(f"name/{name.strip().casefold()}")

    def _hit(self, limit: int, kind: str, who: str, language: str = "de") -> None:
        if not limit:
            return
        item = RateLimitItemPerMinute(limit)
        hashed = self._hashed(f"{kind}/{who}")
        self._sweep()
        if self._limiter.hit(item, kind, hashed):
            return
        free_at = self._limiter.get_window_stats(item, kind, hashed).reset_time
        seconds = max(1, int(free_at - self._clock()) + 1)
        raise TooManyRequestsError(catalog(language).text("too_many_requests", seconds=seconds), retry_after_s=seconds)

    def _hashed(self, who: str) -> str:
        today = int(self._clock() / _DAY_S)
        if today != self._salted_on:
            self._salt, self._salted_on = secrets.token_bytes(32), today
        return blake2b(who.encode(errors="surrogatepass"), key=self._salt, digest_size=16).hexdigest()

    def _sweep(self) -> None:
        """Forgets, once a minute, who has not asked for a minute: the library keeps their keys, with no times."""
        if self._clock() - self._swept_at < _MINUTE_S:
            return
        self._swept_at = self._clock()
        for key in [key for key, times in self._storage.events.items() if not times]:
            self._storage.clear(key)


def _place(address: str | None) -> str:
    """Whose limit an address counts for."""
    try:
        ip = ip_address(address or "")
    except ValueError:
        return address or ""
    if isinstance(ip, IPv6Address):
        return str(ip.ipv4_mapped or ip_network((int(ip), _IPV6_PREFIX), strict=False))
    return str(ip)


def rate_limits(request: Request) -> RateLimits:
    """Those of the application."""
    return cast(RateLimits, request.app.state.rate_limits)


RateLimitsDep = Annotated[RateLimits, Depends(rate_limits)]
