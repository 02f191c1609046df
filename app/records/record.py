"""What goes into the answer log and what comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import JsonValue


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
    day: date | None = None
    """The day that it is counted into, by the town's own calendar; None takes the one in UTC."""


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
