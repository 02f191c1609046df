"""The plain pages of a conversation, made from what the API would give."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from app.api import widget
from app.api.answer_blocks import Block, answer_blocks, quoted_from, source_name
from app.api.answer_parts import SourceOut
from app.api.chat import AI_HEADERS
from app.api.dependencies import Running
from app.api.desk_schemas import FeedbackOut
from app.api.form_visit import Visit
from app.api.page_route import LANGUAGE_NAMES, TEMPLATES
from app.api.rights import ExchangeOut
from app.api.schemas import AnswerOut
from app.desk.feedback import Reason
from app.errors import AmtslotseError, BusyError, NotFoundError, TooManyRequestsError
from app.web.numbers import numbers_kept, numbers_linked
from app.web.quoted import source_html
from app.wording.catalog import EINFACH, STANDARD, catalog
from app.wording.direction import direction
from app.wording.pages import page_catalog


@dataclass(frozen=True)
class Shown:
    """A question and its answer, as a page shows them."""

    question: str
    answer: AnswerOut
    feedback: FeedbackOut | None = None

    @classmethod
    def of(cls, kept: ExchangeOut) -> "Shown":
        """One that is read from the log: with the question as it is kept there."""
        return cls(kept.question, kept.answer, kept.feedback)

    @property
    def blocks(self) -> tuple[Block, ...]:
        return answer_blocks(self.answer.statements)

    @property
    def sources(self) -> list[tuple[SourceOut, str, Markup]]:
        """Each with its name, and its passage with the quoted sentences marked."""
        return [
            (source, source_name(source), source_html(source.text, quoted_from(source, self.answer.statements)))
            for source in self.answer.sources
        ]


@dataclass(frozen=True)
class Fault:
    """What is wrong with what was sent: said above the page, and at its field."""

    field: str
    """The id of the element to correct it in."""
    sentence: str


def page(
    request: Request,
    running: Running,
    visit: Visit,
    shown: Shown | None = None,
    *,
    template: str = "form.html",
    exchanges: tuple[Shown, ...] = (),
    faults: tuple[Fault, ...] = (),
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> HTMLResponse:
    """A page of the visit: the notice and an empty form, or the answer and the form for the next question.

    `exchanges` are for a template that shows several answers; `more` goes to the template as it is.
    Raises UnknownTenantError.
    """
    town = widget.config(visit.tenant, running, visit.spoken)
    context: dict[str, Any] = {
        "town": town,
        "website": running.service.generations.active(visit.tenant).tenant.website,
        "say": page_catalog("form", town.language).text,
        "t": lambda key, **values: town.texts[key].format_map(values),
        "languages": [(code, LANGUAGE_NAMES.get(code, code), direction(code)) for code in town.languages],
        "direction": direction,
        "numbers_kept": numbers_kept,
        "numbers_linked": numbers_linked,
        "visit": visit,
        "plain": visit.style != STANDARD,
        "einfach": EINFACH,
        "shown": shown,
        "exchanges": exchanges,
        "reasons": list(Reason),
        "faults": faults,
        "typed": "",
        **more,
    }
    sent = {**(AI_HEADERS if shown or exchanges else {}), "Cache-Control": "no-store", **(headers or {})}
    return TEMPLATES.TemplateResponse(request, template, context, status_code=status, headers=sent)


def refused(
    request: Request,
    running: Running,
    visit: Visit,
    error: AmtslotseError,
    shown: Shown | None = None,
    *,
    field: str = "frage",
    **more: Any,
) -> HTMLResponse:
    """The page once more, with what was wrong and what to do; `field` is where.

    Where nothing of the conversation is kept any more, a new one begins. Raises UnknownTenantError.
    """
    say = page_catalog("form", visit.spoken).text
    headers = {}
    sentence = error.message
    if isinstance(error, NotFoundError):
        visit, shown, sentence, field = Visit.new(visit.tenant, visit.language), None, say("gone"), "frage"
    elif isinstance(error, BusyError | TooManyRequestsError):
        headers["Retry-After"] = str(error.retry_after_s)
        key = "error_busy" if isinstance(error, BusyError) else "error_too_many"
        sentence = say(key, seconds=error.retry_after_s)
        if field == "rueckmeldung":  # nothing was typed that could still be there
            sentence = catalog(visit.spoken).text("too_many_requests", seconds=error.retry_after_s)
    faults = (Fault(field, sentence),)
    return page(request, running, visit, shown, faults=faults, status=error.http_status, headers=headers, **more)
