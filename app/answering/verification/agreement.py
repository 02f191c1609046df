"""Agreement: "Sie" as the texts address citizens takes a verb in the plural."""

import re

from app.answering.verification.drafted import Draft

_WORD = re.compile(r"[^\W\d_]+")
_REACH = 3
"""Words between "Sie" and its verb in a source's sentence, as in "Sie hierfür bitte rechtzeitig benötigen"."""


def check_agreement(draft: Draft) -> str | None:
    """A verb in the singular beside "Sie" ("benötigt Sie") that the cited source has there in the plural only."""
    if draft.words.language != "de":
        return None
    told = _WORD.findall(" ".join(sentence for unit in draft.cited for sentence in unit.chunk.sentences))
    known, addressed = {word.lower() for word in told}, _beside_sie(told, _REACH)
    for verb in _beside_sie(_WORD.findall(draft.text), 1):
        if verb not in known and not addressed.isdisjoint(_plurals(verb)):
            return f'has a verb that does not fit "Sie": {verb}'
    return None


def _plurals(verb: str) -> set[str]:
    """What "benötigt", or "arbeitet" and "wandert", is in the plural; nothing when it does not end like a singular."""
    return {verb[:-1] + "en", verb[:-1] + "n"} if verb.endswith("t") else set()


def _beside_sie(words: list[str], reach: int) -> set[str]:
    """Words in small letters so near to a "Sie"."""
    near: set[str] = set()
    for place, word in enumerate(words):
        if word == "Sie":
            near.update(words[max(0, place - reach) : place + reach + 1])
    return {word for word in near if word.islower()}
