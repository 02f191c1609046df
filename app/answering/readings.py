"""A question as it is compared with texts: in German words, and in its own where there are texts for them."""

from dataclasses import dataclass, replace

from app.answering.question_maps import blended, in_german
from app.answering.search_text import SearchText, german_text, own_text
from app.index.generation import Generation
from app.index.lexical import QueryTerms
from app.models.ports import Embedder, Vector
from app.text.terms import with_laws_named

_GERMAN = "de"


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A question in the words of one language."""

    language: str
    text: str
    vector: Vector
    """As the embedder gives it."""
    terms: QueryTerms
    unknown_share: float
    """Share of the topic words that no text or no glossary knows, 0 to 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """All readings of a question; texts of every language are ranked together, by `compared` and `topic`."""

    german: Reading
    """For German texts; in the question's own words where there are no German ones for it."""
    own: Reading | None
    """For texts in the question's language, unless that is German or there are none."""
    compared: Vector
    """Unit length; its cosines are to be compared with one another only."""
    lexical: bool
    """Whether words can be compared: with German texts or those in the question's language."""

    @property
    def topic(self) -> QueryTerms:
        """The terms of both readings."""
        if self.own is None:
            return self.german.terms
        a, b = self.german.terms, self.own.terms
        return QueryTerms((*a.groups, *b.groups), (*a.corrections, *b.corrections), (*a.topic, *b.topic))


def readings(text: str, language: str, generation: Generation, embedder: Embedder) -> Readings:
    """The readings of a question without personal data."""
    search = german_text(text, language, generation)
    german = _reading(search, _GERMAN, generation, embedder)
    if language == _GERMAN:
        return Readings(german, None, german.vector, lexical=True)
    own = _reading(own_text(text), language, generation, embedder)
    spoken = language in generation.languages
    compared = (
        blended(own.vector, german.vector, 1 - search.unknown_share, language, embedder.info)
        if search.german
        else in_german(own.vector, language, embedder.info)
    )
    return Readings(german, own if spoken else None, compared, lexical=search.german or spoken)


def _reading(search: SearchText, language: str, generation: Generation, embedder: Embedder) -> Reading:
    found = generation.lexical.query_terms(search.text)
    return Reading(
        language=language,
        text=search.text,
        vector=embedder.embed_query(with_laws_named(search.text)),
        terms=replace(found, corrections=(*search.corrections, *found.corrections)),
        unknown_share=max(search.unknown_share, generation.lexical.unknown_share(found)),
    )
