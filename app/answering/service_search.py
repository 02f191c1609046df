"""Finding services by words or meaning, for programs that list or link them; nothing is answered or recorded."""

from dataclasses import dataclass

from app.answering.blocked import without_blocked
from app.answering.canonical import canonical_question
from app.answering.compose import pause_notice
from app.answering.own_words import own_chunk
from app.answering.pipeline import Pipeline
from app.answering.retrieve import retrieve
from app.answering.screen import screen
from app.answering.trusted_texts import gives_orders
from app.answering.values import Question
from app.index.chunk import Chunk
from app.index.generation import Generation
from app.index.modules import ModuleKind
from app.models.remembered import RememberedQueries
from app.wording.catalog import catalog

MOST_SERVICES = 5
_CLOSE_ENOUGH = 0.01
"""Probability that a service's best passage answers the query as a question. Low, because a query of one or two words
asks nothing: what is no topic of the town comes out below 0.003, a topic in one word mostly above 0.02."""
_SENTENCES = 2
"""Taken of a passage where the service has no short text."""
_ALL_WORDS = 0.99
"""Share of the query's words that a service's text knows, from which on it is found however unlikely it answers."""


@dataclass(frozen=True, slots=True)
class FoundService:
    """A service whose texts come close, with words from them as they are published."""

    id: str
    title: str
    url: str | None
    text: str
    """What it is about, in a sentence or two."""
    office: str
    """Name of the office in charge."""
    language: str


@dataclass(frozen=True, slots=True)
class ServiceSearch:
    services: tuple[FoundService, ...]
    """Closest first, at most MOST_SERVICES."""
    notices: tuple[str, ...]
    """What the town says while its bot is paused; then there are no services."""


def search_services(question: Question, generation: Generation, pipeline: Pipeline) -> ServiceSearch:
    """The services that a query is about; `question.switches` are kept to, its history is not looked at.

    Raises:
        InvalidInputError: the query is empty or too long.
    """
    screened = screen(question, generation.tenant, pipeline.max_question_chars)
    if question.switches.bot_paused:
        paused = pause_notice(question.switches, generation.tenant, catalog(screened.language))
        return ServiceSearch((), tuple(statement.text for statement in paused))
    text = canonical_question(screened, generation).text
    if question.switches.any_topic:
        generation = without_blocked(generation, question.switches)
    day = question.asked_at.astimezone(generation.tenant.zone).date()
    embedder = RememberedQueries(pipeline.embedder)
    retrieval = retrieve(text, screened.language, day, generation, embedder, pipeline.weights)
    found: dict[str, FoundService] = {}
    for candidate in retrieval.candidates:
        if candidate.fused >= _CLOSE_ENOUGH or candidate.coverage >= _ALL_WORDS:
            chunk = own_chunk(candidate.chunk, retrieval.pool, generation)
            found.setdefault(chunk.service, _service(chunk, generation))
    return ServiceSearch(tuple(found.values())[:MOST_SERVICES], ())


def _service(chunk: Chunk, generation: Generation) -> FoundService:
    passages = (generation.chunks[row] for row in generation.rows_of(chunk.document_id))
    teasers = (own for own in passages if own.module is ModuleKind.TEASER and not gives_orders(own))
    teaser = next(teasers, None)
    return FoundService(
        id=chunk.service,
        title=chunk.title,
        url=chunk.url,
        text=teaser.text if teaser else " ".join(chunk.sentences[:_SENTENCES]),
        office=generation.tenant.office(chunk.office).name,
        language=chunk.language,
    )
