"""The two tools that assistants get, and what goes into and comes out of them."""

import asyncio
from datetime import datetime
from threading import Event
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from starlette.requests import Request

from app.answering.as_text import statement_piece
from app.answering.screen import clean_question
from app.answering.service_search import search_services
from app.answering.values import Question, Recorded, Status
from app.api.dependencies import Running, running
from app.api.last_event import last_event
from app.api.rate_limits import rate_limits
from app.api.stream import answer_events

_Words = Annotated[str, StringConstraints(strict=True, min_length=1)]
_Language = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z]{2}$")]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")

    tenant: str | None = Field(None, description="Id of the town; left out, the town that this service is set up for.")
    language: _Language | None = Field(None, description="ISO 639-1, of the answer; left out, it is detected.")


class SearchServices(_Asked):
    """Which services of the town hall are there for something? Gives titles, links and short texts, closest first."""

    query: _Words = Field(description="In any language, in any words, for example `Personalausweis verloren`.")


class Ask(_Asked):
    """Asks the town hall's chatbot. The answer comes from the town's own verified texts and names them.

    Pass `disclosure` and the sources on to the person who asked, and change no figures. Every question is taken by
    itself: put everything into it that is needed to understand it.
    """

    question: _Words = Field(description="As a person would ask, without names and other personal data.")


class Service(BaseModel):
    """A service of the town hall."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    title: str
    url: str | None
    text: str = Field(description="What it is about, from the published text.")
    office: str = Field(description="The office in charge.")
    language: str = Field(description="Of title and text.")


class Services(BaseModel):
    """What a search found."""

    model_config = ConfigDict(from_attributes=True)

    services: list[Service] = Field(description="Closest first; empty when nothing comes close.")
    notices: list[str] = Field(description="What the town says while its chatbot is paused.")


class CitedSource(BaseModel):
    """A cited passage, word for word."""

    model_config = ConfigDict(from_attributes=True)

    number: int
    title: str
    module: str
    url: str | None
    text: str


class Answered(BaseModel):
    """An answer of the town hall's chatbot."""

    answer: str = Field(
        description="In Markdown, with the numbers of the sources in brackets. Quotes begin with `>`; what an AI "
        "worded is marked with `*`."
    )
    status: Status
    sources: list[CitedSource]
    disclosure: str = Field(description="That a machine answers; show it.")
    notices: list[str]
    answer_id: str = Field(description="Reference, for questions about the answer and for having it erased.")
    language: str
    ai_generated: Literal[True] = Field(True, description="Machine-readable marking (AI Act, Art. 50).")


async def services(arguments: SearchServices, request: Request) -> Services:
    """Runs the tool. Raises what asking raises."""
    run, question = _admitted(arguments, arguments.query, request)

    def search() -> Services:
        with run.service.admit():
            generation = run.service.generations.active(question.tenant)
            return Services.model_validate(search_services(question, generation, run.service.pipeline))

    return await asyncio.get_running_loop().run_in_executor(run.workers, search)


async def answered(arguments: Ask, request: Request) -> Answered:
    """Runs the tool; the answer is recorded like any other. Raises what asking raises."""
    run, question = _admitted(arguments, arguments.question, request)
    cancel = Event()
    recorded = await last_event(answer_events(run, question, cancel), request, cancel)
    return _out(recorded)


def _admitted(asked: _Asked, text: str, request: Request) -> tuple[Running, Question]:
    """The question, once the limits allow it and it can be one."""
    run = running(request)
    tenant = asked.tenant or run.settings.default_tenant
    address = request.client.host if request.client else None
    rate_limits(request).question(address, tenant, None, asked.language or "de")
    clean_question(text, run.settings.max_question_chars, asked.language or "de")
    now: datetime = run.clock()
    switches = run.service.switches(tenant, now)
    return run, Question(text=text, tenant=tenant, asked_at=now, language=asked.language, switches=switches)


def _out(recorded: Recorded) -> Answered:
    answer = recorded.answer
    return Answered(
        answer="".join(map(statement_piece, answer.statements)).strip(),
        status=answer.status,
        sources=[CitedSource.model_validate(source, from_attributes=True) for source in answer.sources],
        disclosure=answer.disclosure,
        notices=list(answer.notices),
        answer_id=recorded.answer_id,
        language=answer.language,
    )
