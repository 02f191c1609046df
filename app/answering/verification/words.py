"""Words: every content word stands in the cited source, in its title, or connects without stating anything."""

from app.answering.verification.drafted import Draft
from app.answering.verification.matching import matches
from app.answering.verification.passages import CONTACT, LISTS, passages_of
from app.answering.verification.sentence import Token
from app.index.modules import ModuleKind

_LINK = 3
"""Letters that may stand between a compound's parts."""
_LIST_VERBS = frozenset(
    "brauchen mitbringen abgeben nenn angeb ausfullen unterschreiben need bring submit hand".split()
)
_DURATION_VERBS = frozenset(("dauern", "take", "takes"))


def check_support(draft: Draft) -> str | None:
    """A word that no cited sentence carries."""
    cited = passages_of(draft.cited, draft.words.language)
    pool = frozenset().union(*(passage.segment.concepts for passage in cited))
    asides = frozenset().union(
        *(passage.segment.aside.casefold().split() for passage in cited if passage.segment.aside)
    )
    missing = [
        token.flat
        for segment in draft.segments
        for token in segment.tokens
        if not supported(token, pool, draft) and token.flat not in asides
    ]
    return f"not supported by the cited source: {', '.join(missing[:3])}" if missing else None


def check_subject(draft: Draft) -> str | None:
    """A word of the cited source that the told sentences lack: the fee of one thing given for another."""
    pool = draft.told_concepts
    foreign = [
        token.flat
        for segment in draft.segments
        for token in segment.tokens
        if not supported(token, pool, draft) or _of_another(token, pool, draft)
    ]
    return f"says of one sentence what another one is about: {foreign[0]}" if foreign else None


def _of_another(token: Token, pool: frozenset[str], draft: Draft) -> bool:
    """Whether a word is found in the told sentences only as part of a compound, but as itself in another one."""
    if not token.concept or token.number or token.concept in pool or token.concept in draft.words.empty:
        return False
    if token.concept in _LIST_VERBS and _modules(draft) & LISTS:
        return False
    told = {passage.segment.text for passage in draft.told}
    return any(
        token.concept in passage.segment.concepts for passage in draft.passages if passage.segment.text not in told
    ) and not matches(token.concept, draft.topic)


def supported(token: Token, pool: frozenset[str], draft: Draft) -> bool:
    """Whether a pool of concepts, the topic or the kind of module carries a word; figures are checked elsewhere."""
    words, concept = draft.words, token.concept
    if not concept or token.number or concept in words.empty:
        return True
    if matches(concept, pool) or matches(concept, draft.topic):
        return True
    modules = _modules(draft)
    if concept in _LIST_VERBS and modules & LISTS:
        return True
    if concept in _DURATION_VERBS and ModuleKind.PROCESSING_TIME in modules:
        return True
    if concept in words.contact and modules & CONTACT:
        return True
    if concept in words.kin and concept in draft.asked and concept not in _others(draft):
        return True
    parts = draft.vocabulary.parts(token.flat)
    if not parts or sum(map(len, parts)) < len(token.flat) - _LINK:
        return False
    return all(matches(words.concept(part), pool) or words.concept(part) in draft.topic | words.empty for part in parts)


def _modules(draft: Draft) -> frozenset[ModuleKind]:
    return frozenset(unit.chunk.module for unit in draft.cited)


def _others(draft: Draft) -> frozenset[str]:
    return frozenset().union(*(passage.segment.concepts for passage in draft.passages))
