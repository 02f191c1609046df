"""Moments as the database stores them: text whose order is the order of time."""

from datetime import UTC, datetime

from app.errors import InvalidInputError


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
        raise ValueError(f"'{text}' is not a timestamp of the database")
    return moment
