"""Opening hours as people type them."""

import re
from datetime import date
from typing import Any

from app.errors import InvalidInputError
from app.tenants.office import HoursException, TimeSpan

CLOSED = "geschlossen"
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?:\s*uhr)?")
_SPAN = re.compile(rf"{_TIME.pattern}\s*(?:-|–|—|bis)\s*{_TIME.pattern}")


def spans_from(text: str) -> list[str]:
    """`8-12, 14:00 bis 16 Uhr` as tenant.yaml has it: `08:00-12:00`, `14:00-16:00`; nothing for closed.

    Raises InvalidInputError.
    """
    typed = text.strip().casefold()
    if typed in ("", CLOSED, "-", "–"):
        return []
    return [_span(part.strip()) for part in re.split(r"\s*(?:,|;|\bund\b)\s*", typed)]


def spans_text(spans: tuple[TimeSpan, ...]) -> str:
    """Hours as they stand in the form."""
    return ", ".join(f"{span.start:%H:%M}–{span.end:%H:%M}" for span in spans)


def exception_from(day: str, hours: str, reason: str) -> dict[str, Any] | None:
    """A line of the exceptions; None for an empty one. Raises InvalidInputError."""
    if not (day or hours or reason):
        return None
    try:
        on = date.fromisoformat(day)
    except ValueError as error:
        raise InvalidInputError(f"Ausnahme „{reason or hours}“: Geben Sie ein Datum an.") from error
    if not reason:
        raise InvalidInputError(f"Ausnahme am {on:%d.%m.%Y}: Geben Sie einen Grund an, zum Beispiel Heiligabend.")
    spans = spans_from(hours)
    return {"date": on, **({"hours": spans} if spans else {"closed": True}), "reason": reason}


def exception_fields(exception: HoursException) -> tuple[str, str, str]:
    """Date, hours and reason as they stand in the form."""
    hours = CLOSED if exception.closed else spans_text(exception.hours)
    return exception.date.isoformat(), hours, exception.reason


def _span(text: str) -> str:
    match = _SPAN.fullmatch(text)
    if match is None:
        raise InvalidInputError(f"„{text}“ ist keine Öffnungszeit. Schreiben Sie sie wie 08:00–12:00, 14:00–16:00.")
    start, end = _clock(match[1], match[2], text), _clock(match[3], match[4], text)
    if start >= end:
        raise InvalidInputError(f"„{text}“: Die Öffnung muss vor der Schließung liegen.")
    return f"{start}-{end}"


def _clock(hour: str, minute: str | None, text: str) -> str:
    if int(hour) > 23 or int(minute or 0) > 59:
        raise InvalidInputError(f"„{text}“: Diese Uhrzeit gibt es nicht.")
    return f"{int(hour):02}:{minute or '00'}"
