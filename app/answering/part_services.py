"""One question about several services by name: "Was kosten Reisepass und Personalausweis?" asks two things."""

import re
from dataclasses import replace

from app.answering.parts import MOST_PARTS, Part, split_parts
from app.answering.values import RuleFinding, Screened
from app.index.generation import Generation
from app.text.actions import actions_in
from app.text.terms import GENERIC_STEMS, content_words, fold, stem

_LONGEST_NAME = 4
"""Words of the longest name that is looked for, articles included."""
_JOINTS = frozenset({"und", "sowie", "and", "et", "ve", "и", "і", "та"})
_ARTICLES = frozenset(
    "das der die den dem des ein eine einen einem einer mein meine meinen meinem meiner a an the my".split()
)


def find_parts(screened: Screened, finding: RuleFinding | None, generation: Generation) -> tuple[Part, ...]:
    """The questions of a message, each about one service; empty for a single question.

    A verdict, or a table that has to ask back, answers the message as a whole.
    """
    if screened.verdict is not None or (finding and finding.table and finding.table.asks_for):
        return ()
    return one_service_each(split_parts(screened.text, screened.language), Part(screened.text), generation)


def one_service_each(parts: tuple[Part, ...], whole: Part, generation: Generation) -> tuple[Part, ...]:
    """The parts with those taken apart that name two services; a message without parts is looked at as a whole.

    Only where nothing but the names would be left of the topic: "Brauche ich Reisepass und Geburtsurkunde, um zu
    heiraten?" is about marrying.
    """
    apart = tuple(one for part in parts or (whole,) for one in _apart(part, generation))
    return apart if 2 <= len(apart) <= MOST_PARTS else parts


def _apart(part: Part, generation: Generation) -> tuple[Part, ...]:
    words = part.words.split()
    for place, word in enumerate(words):
        if fold(word) not in _JOINTS:
            continue
        before = _name(words[:place], generation, from_end=True)
        after = _name(words[place + 1 :], generation, from_end=False)
        if before is None or after is None or before[1] & after[1]:
            continue
        first, last = words[: place - before[0]], words[place + 1 + after[0] :]
        if not part.context and not _topic([*first, *last]):
            left, right = words[place - before[0] : place], words[place + 1 : place + 1 + after[0]]
            return tuple(replace(part, words=" ".join([*first, *name, *last])) for name in (left, right))
    return (part,)


def _name(words: list[str], generation: Generation, from_end: bool) -> tuple[int, frozenset[str]] | None:
    """How many words at that end name a service, its article included, and which documents have that name.

    The longest name counts, and it ends with a word that says something: "ID card", neither "ID" nor "ID card are".
    """
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        piece = words[-length:] if from_end else words[:length]
        if not _topic([piece[0 if from_end else -1]]):
            continue
        called = _called(piece, generation)
        if called:
            with_article = from_end and length < len(words) and fold(words[-length - 1]) in _ARTICLES
            return length + with_article, called
    return None


def _called(piece: list[str], generation: Generation) -> frozenset[str]:
    """Documents with that title or synonym, or else with a title that begins so: "Hund" for "Hund anmelden"."""
    stems = _topic(piece)
    if frozenset(stems) <= actions_in(" ".join(piece)):
        return frozenset()
    named = generation.named_in(frozenset(stems))
    whole = frozenset(document for document, words in named.items() if words == len(set(stems)))
    if whole or not piece[-1][:1].isupper():
        return whole
    titles = {service: _topic(title.split()) for (service, _), (title, _) in generation.texts.items()}
    return frozenset(service for service, title in titles.items() if title[: len(stems)] == stems)


def _topic(words: list[str]) -> list[str]:
    """Stems of the words that any topic has of its own."""
    text = re.sub(r"\W+", " ", " ".join(words))
    return [found for word in content_words(text) if (found := stem(word)) not in GENERIC_STEMS]
