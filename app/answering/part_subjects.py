"""What one question of a message is about, as far as its own words say it."""

from dataclasses import dataclass, replace

from app.answering.glossary import glossary, glossary_languages
from app.answering.intent import Intent, detect_intent
from app.answering.parts import Part
from app.answering.search_text import search_text
from app.index.generation import Generation
from app.index.lexical import QueryTerms
from app.text.terms import stem

_OF_ANY_SERVICE = frozenset(
    stem(word)
    for word in """ausstellung ausstellen herstellung herstellen bearbeitung bearbeiten beantragung fertigung
    fertigstellung verfahren vorgang prozess sache sachen ganze ganzen spass abholung abhole abzuholen hole holen holt
    bezahlung zahlung hin gehe kommen komme melde wende wenden leute person
    nachbar nachbarin mann frau mutter vater eltern tochter sohn bruder schwester freund freundin partner partnerin
    oma opa kollege kollegin kind kinder""".split()
)
"""Words of any service, beside those that are generic everywhere: how it goes on, and who goes there."""


_ALL = 0.999


@dataclass(frozen=True, slots=True)
class Subject:
    """The topic words of a part and the module that it is after."""

    terms: QueryTerms
    """`topic` holds only words that say what the question is about; empty for "Wie lange dauert das?"."""
    intent: Intent | None

    @property
    def own(self) -> bool:
        """Whether the part says for itself what it is about."""
        return bool(self.terms.topic)

    def names(self, generation: Generation) -> bool:
        """Whether the part calls a service by its name."""
        return bool(self._named(generation))

    def known_in(self, document_id: str, generation: Generation) -> bool:
        """Whether a document has every topic word of the part, and the part doesn't call another one by its name."""
        named = self._named(generation)
        if named and document_id not in named:
            return False
        return generation.lexical.coverage(self.terms, document_id) >= _ALL

    def _named(self, generation: Generation) -> dict[str, int]:
        return generation.named_in(frozenset(group[0] for group in self.terms.topic))


def subject_of(part: Part, language: str, generation: Generation) -> Subject:
    """The subject of a part without its context; foreign words count as the German ones that stand for them."""
    text = _german(part.words, language, generation)
    terms = generation.lexical.query_terms(text)
    intent = detect_intent(text)
    asked = {stem(word) for word in intent.words} if intent else set()
    topic = tuple(group for group in terms.topic if group[0] not in asked and group[0] not in _OF_ANY_SERVICE)
    return Subject(replace(terms, topic=topic), intent)


def _german(words: str, language: str, generation: Generation) -> str:
    """The German words for a part; those that no glossary knows stay, for they may be what it is about."""
    if language in generation.languages or language not in glossary_languages():
        return search_text(words, language, generation).text
    translated = glossary(language).translate(words)
    return " ".join((*(german for _, german in translated.terms), *translated.unknown))
