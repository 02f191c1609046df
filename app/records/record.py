"""What goes into the answer log and what comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import JsonValue

from app.errors import InvalidInputError


@dataclass(frozen=True, slots=True)
class NewRecord:
    """One answer, ready to be logged. The log never interprets `payload`."""

    id: str
    """Unique within the tenant; stays after erasure, so it must say nothing about a person."""
    tenant: str
    conversation_id: str | None
    created_at: datetime
    """Timezone-aware; stored in UTC with microseconds."""
    status: str
    language: str
    generation: str
    payload: Mapping[str, JsonValue]
    """The whole answer record: masked question, prompt, candidates, statements, timings."""


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record as the log keeps it. After erasure only its place in the chain is left.

    Of an erased record `conversation_id`, `payload` and `salt` are None, and `status`, `language` and
    `generation` are empty.
    """

    id: str
    tenant: str
    conversation_id: str | None
    created_at: datetime
    """In UTC."""
    status: str
    language: str
    generation: str
    payload: Mapping[str, JsonValue] | None
    sequence: int
    """Place in the tenant's chain, from 1, without gaps."""
    salt: str | None
    """128 random bits, hexadecimal; without it the content hash tells nothing about the content."""
    content_hash: str
    previous_hash: str
    hash: str
    erased_at: datetime | None


def to_timestamp(moment: datetime) -> str:
    """The moment in UTC as 32 characters of ISO 8601, so that text order is time order.

    Raises:
        InvalidInputError: the time has no time zone.
    """
    if moment.tzinfo is None:
        raise InvalidInputError(f"Give the time {moment.isoformat()} with a time zone, for example +00:00.")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def from_timestamp(text: str) -> datetime:
    """The moment that `to_timestamp` wrote. Raises ValueError on any other text."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or to_timestamp(moment) != text:
        raise ValueError(f"'{text}' is not a timestamp of the answer log")
    return moment
