"""The list of answers with its filters."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from app.answering.values import Status
from app.console.access import Desk, Signed
from app.console.answers.labels import AREA, STATUS_KINDS, generation_label, language_label, status_label
from app.console.page import page_url, render
from app.errors import InvalidInputError
from app.records.search import AnswerSearch, FoundPage, Judged, Rating, Wanted
from app.wording.console import console_catalog

PAGE_SIZE = 25
MAX_TEXT_CHARS = 200

router = APIRouter(prefix="/{tenant}/answers")
_PLACES = ("before", "after")
_Choice = TypeVar("_Choice", Rating, Judged, Status)
_Text = Annotated[str, Query(max_length=MAX_TEXT_CHARS)]
_Place = Annotated[int | None, Query(ge=0, lt=2**63)]
"""In the log; the database counts no further."""


@router.get("")
def answers(
    request: Request,
    signed: Desk,
    text: _Text = "",
    status: _Text = "",
    language: _Text = "",
    generation: _Text = "",
    rating: _Text = "",
    judged: _Text = "",
    since: _Text = "",
    until: _Text = "",
    before: _Place = None,
    after: _Place = None,
) -> Response:
    """The newest answers that match; a page shows PAGE_SIZE."""
    search, town = AnswerSearch(signed.running.service.records.database), signed.town
    error, found = None, FoundPage((), None, None)
    shortcuts = _shortcuts(request, signed)
    narrowing = (status, language, generation, rating, judged, since, until)
    try:
        chosen = _choice(Status, status)
        wanted = Wanted(
            text=text.strip(),
            status=chosen.value if chosen else "",
            language=language,
            generation=generation,
            since=_day_begins(since, town.zone),
            until=_day_begins(until, town.zone, days=1),
            rating=_choice(Rating, rating),
            judged=_choice(Judged, judged),
        )
        found = search.page(town.id, wanted, size=PAGE_SIZE, before=before, after=after)
    except InvalidInputError as wrong:
        error = wrong
    return render(
        request,
        signed,
        AREA,
        "console/answers/list.html",
        error=error,
        found=found,
        newer=page_url(request, after=found.newer, before=None) if found.newer else "",
        older=page_url(request, before=found.older, after=None) if found.older else "",
        filtered=any((text, *narrowing)),
        narrowed=any(narrowing) and not any(current for _, _, current in shortcuts),
        shortcuts=shortcuts,
        value=request.query_params.get,
        language_label=language_label,
        status_label=status_label,
        status_kind=STATUS_KINDS,
        **_options(search, signed),
    )


def _shortcuts(request: Request, signed: Signed) -> list[tuple[str, str, bool]]:
    """What is looked for most, as links: label, query, and whether the page shows just that."""
    say = console_catalog("answers").text
    today = signed.running.clock().astimezone(signed.town.zone).date()
    wanted = {
        "all": {},
        "today": {"since": today.isoformat()},
        "not_found": {"status": Status.NOT_IN_KNOWLEDGE.value},
        "unhelpful": {"rating": Rating.UNHELPFUL.value},
        "not_judged": {"judged": Judged.NONE.value},
    }
    asked = {name: value for name, value in request.query_params.items() if value and name not in _PLACES}
    return [
        (say(f"shortcut.{key}"), f"?{urlencode(query)}" if query else "", asked == query)
        for key, query in wanted.items()
    ]


def _options(search: AnswerSearch, signed: Signed) -> dict[str, Any]:
    """What the filters offer."""
    zone = signed.town.zone
    return {
        "statuses": [(status.value, status_label(status.value)) for status in Status],
        "languages": [(code, language_label(code)) for code in signed.town.languages],
        "generations": [(id_, generation_label(id_, zone)) for id_ in search.generations(signed.town.id)],
    }


def _choice(kind: type[_Choice], value: str) -> _Choice | None:
    """None also for what the form does not offer: an old bookmark shows more instead of nothing."""
    try:
        return kind(value)
    except ValueError:
        return None


def _day_begins(text: str, zone: ZoneInfo, days: int = 0) -> datetime | None:
    """Midnight at the start of a day as browsers send it, or some days later; None for an empty field."""
    if not text:
        return None
    try:
        return datetime.combine(date.fromisoformat(text) + timedelta(days=days), time(), zone).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InvalidInputError("Bitte geben Sie das Datum so an: 2026-11-30.") from error
