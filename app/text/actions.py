"""What a citizen wants to do, apart from with what: "melde ich ihn ab" is "abmelden"."""

import re

from app.text.terms import content_words, fold, stem

_ACTIONS = frozenset(stem(word) for word in ("anmelden", "abmelden", "ummelden"))
"""Each is done with several things; of any other word two services may simply be two sides ("Hund")."""
_SEPARABLE = re.compile(r"\b(melde|meldet|melden)\b.{0,40}\b(an|ab|um)\b")


def actions_in(text: str) -> frozenset[str]:
    """Stems of the actions in a text, separated verbs put together again."""
    found = {stem(word) for word in content_words(text)} & _ACTIONS
    return frozenset(found | {stem(f"{match.group(2)}melden") for match in _SEPARABLE.finditer(fold(text))})


def without_actions(text: str) -> str:
    """The text without its action words: "Hund anmelden (Hundesteuer)" gives "Hund (Hundesteuer)"."""
    return " ".join(word for word in text.split() if not actions_in(word))
