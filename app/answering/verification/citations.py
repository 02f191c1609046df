"""Form: a statement cites known sources, is one finished sentence, and has nothing of the prompt in it."""

import re
from collections.abc import Collection, Sequence

from app.answering.values import Statement
from app.text.terms import fold

_CITATION = re.compile(r"\[(\d{1,2})\]")
_LEAKS = re.compile(r"(?i)\b(quellen?|frage|antwort|die stadtverwaltung beantwortet)\s*:|\[|\]|[{}<>|]")
_MAX_CHARS = 400


def cited_numbers(sentence: str) -> tuple[int, ...]:
    """The citation numbers of a drafted sentence, each once, in order."""
    return tuple(dict.fromkeys(int(number) for number in _CITATION.findall(sentence)))


def without_citations(sentence: str) -> str:
    """The sentence as it is shown."""
    return " ".join(_CITATION.sub("", sentence).split()).replace(" .", ".").replace(" ,", ",")


def check_form(text: str, numbers: Sequence[int], known: Collection[int], said: Sequence[Statement]) -> str | None:
    """Why the sentence can't be shown whatever it says; None when it can."""
    if not numbers:
        return "no citation"
    if unknown := [number for number in numbers if number not in known]:
        return f"cites unknown source {unknown[0]}"
    if not text or text[-1] not in ".!?":
        return "unfinished sentence"
    if len(text) > _MAX_CHARS:
        return "too long"
    if _LEAKS.search(text):
        return "remains of the prompt"
    if any(fold(text) == fold(other.text) for other in said):
        return "said before"
    return None
