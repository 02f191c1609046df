"""What is searched for a citizen's question: good German, also where the question is misspelt or in another language.

The search text is never shown, recorded as the question, or given to verification.
"""

from dataclasses import dataclass

from app.answering.gender_forms import one_gender
from app.answering.glossary import glossary, glossary_languages
from app.answering.spelling import spell
from app.answering.town_words import TownWords, town_words
from app.index.generation import Generation
from app.text.terms import GENERIC_STEMS, fold, stem

_GERMAN = "de"
_SHORTEST_GERMAN = 4
_QUESTION_MARKS = ("?", "\u061f")
"""Latin and Arabic: a question stays one, which tells it from a few search words."""


@dataclass(frozen=True, slots=True)
class SearchText:
    """A question as retrieval looks for it."""

    text: str
    """In German, unless `german` is False: then the question as it is."""
    corrections: tuple[tuple[str, str], ...]
    """Words of the question and the German ones that stand for them."""
    german: bool
    """Whether the words can be compared with German texts."""
    unknown_share: float = 0.0
    """Of a question in another language: share of its words that no glossary knows, 0 to 1."""


def search_text(text: str, language: str, generation: Generation) -> SearchText:
    """The words to look for: those of the question where the town has texts in its language, else German ones."""
    if language != _GERMAN and language in generation.languages:
        return own_text(text)
    return german_text(text, language, generation)


def own_text(text: str) -> SearchText:
    """The question as it is."""
    return SearchText(text, (), german=False)


def german_text(text: str, language: str, generation: Generation) -> SearchText:
    """The question in the town's spelling; from other languages with a glossary, its German search words.

    A foreign question of which only the question words are known stays as it is.
    """
    town = town_words(generation)
    if language == _GERMAN:
        spelled = spell(text, town)
        return SearchText(one_gender(spelled.text), spelled.corrections, german=True)
    return _translated(text, language, town) if language in glossary_languages() else own_text(text)


def _translated(text: str, language: str, town: TownWords) -> SearchText:
    translated = glossary(language).translate(text)
    borrowed = [word for word in translated.unknown if _is_german(word, town)]
    numbers = [word for word in translated.unknown if word.isdigit()]
    terms = [german for _, german in translated.terms]
    if not borrowed and all(_is_generic(german) for german in terms):
        return own_text(text)
    unknown = sum(not word.isdigit() for word in translated.unknown) - len(borrowed)
    asks = text.rstrip()[-1:] in _QUESTION_MARKS
    return SearchText(
        text=" ".join((*terms, *borrowed, *numbers)) + ("?" if asks else ""),
        corrections=translated.terms,
        german=True,
        unknown_share=unknown / max(1, unknown + len(terms) + len(borrowed)),
    )


def _is_german(word: str, town: TownWords) -> bool:
    """Whether a word inside a foreign question is one of the town's: "Biotonne", "WBS"."""
    return fold(word) in town.written and (len(word) >= _SHORTEST_GERMAN or word.isupper())


def _is_generic(german: str) -> bool:
    return all(stem(word) in GENERIC_STEMS or word in _QUESTION_WORDS for word in fold(german).split())


_QUESTION_WORDS = frozenset(
    "was wie wo wann wer welche kann darf muss ich es bis ab viel fuer die mit ohne nicht".split()
)
