"""What a statement tells: the segments of the cited sentences that carry its words and figures."""

from collections.abc import Sequence

from app.answering.verification.lexicon import Lexicon
from app.answering.verification.matching import CONJUNCTIONS, matches, split_at, told_by
from app.answering.verification.passages import (
    OPTIONAL_FIGURES,
    Passage,
    carried,
    is_address,
    place_tokens,
    small_figures,
)
from app.answering.verification.sentence import COMMA, ClauseKind, Segment, Token
from app.answering.verification.tokens import verb_position
from app.text.figures import Figure

_NEAR = 0.5
"""Share of a segment's concepts from which on a statement is taken to tell it."""
_PARTLY = 0.3
"""The same for a statement of which one segment has every word."""
_MOST_SEGMENTS = 5


def find_told(
    segments: Sequence[Segment],
    passages: Sequence[Passage],
    context: frozenset[str],
    topic: frozenset[str],
    words: Lexicon,
) -> tuple[Passage, ...]:
    """The passages that a statement tells, nearest first: each explains words or figures that none before it does."""
    spoken = frozenset().union(*(segment.concepts for segment in segments)) - words.empty
    given = frozenset().union(*(segment.figures for segment in segments))
    left, left_figures = set(spoken), set(given)
    told: list[Passage] = []
    ranked = []
    for passage in passages:
        near = _nearness(passage, spoken | context, given, topic, words)
        if near >= _NEAR or (near >= _PARTLY and _has_all(passage, spoken, given, topic | context)):
            ranked.append(passage)
    while ranked and len(told) < _MOST_SEGMENTS:
        gains = [
            (
                3 * len(left_figures & passage.segment.figures)
                + sum(matches(word, passage.segment.concepts) for word in left),
                _nearness(passage, spoken | context, given, topic, words),
            )
            for passage in ranked
        ]
        best = max(range(len(ranked)), key=lambda index: gains[index])
        if gains[best][0] == 0 and told:
            break
        passage = ranked.pop(best)
        told.append(passage)
        own = carried(passage)
        left -= {word for word in left if matches(word, own)}
        left_figures -= passage.segment.figures | small_figures(passage)
        if not left and not left_figures:
            break
    return tuple(told)


def _has_all(passage: Passage, spoken: frozenset[str], given: frozenset[Figure], known: frozenset[str]) -> bool:
    """Whether one passage has everything that a short statement says, beside what is known from elsewhere."""
    own = carried(passage)
    new = {word for word in spoken if not matches(word, known)}
    figures = passage.segment.figures | small_figures(passage)
    return bool(new or given) and given <= figures and all(matches(word, own) for word in new)


def _nearness(
    passage: Passage, spoken: frozenset[str], given: frozenset[Figure], topic: frozenset[str], words: Lexicon
) -> float:
    """Share (0 to 1) of a segment's concepts and figures that the statement has; its main clause's alone, if higher."""
    mains = [clause for clause in passage.segment.clauses if clause.kind is ClauseKind.MAIN]
    shares = []
    places = place_tokens(passage.segment.tokens, words)
    if is_address(passage, words):
        return 1.0 if any(matches(word, passage.segment.concepts) for word in spoken) else 0.0
    for part in (passage.segment, *(Segment((clause,)) for clause in mains)):
        own = {
            token.concept
            for token in without_untold(part.tokens, spoken, words)
            if token.concept and not token.number and token not in places
        } - words.empty
        own = {word for word in own if word not in topic or word in spoken}
        places_numbers = {token.flat for token in places}
        numbers = frozenset(
            figure
            for figure in part.figures
            if figure.value not in places_numbers and figure.kind not in OPTIONAL_FIGURES
        )
        total = len(own) + len(numbers)
        if not total:
            shares.append(1.0)
            continue
        hits = sum(told_by(word, spoken) for word in own) + len(numbers & given)
        shares.append(hits / total if total > 2 else float(hits == total))
    return max(shares, default=0.0)


def without_untold(tokens: Sequence[Token], spoken: frozenset[str], words: Lexicon) -> list[Token]:
    """The tokens but for the parts of an enumeration that the statement doesn't mention at all."""
    joints = [position for position, token in enumerate(tokens) if token.flat in CONJUNCTIONS and token is not COMMA]
    if not joints:
        return list(tokens)
    first, *others = split_at(tokens[: joints[-1]], CONJUNCTIONS)
    kept = list(first)
    for part in [*others, list(tokens[joints[-1] + 1 :])]:
        told = any(told_by(token.concept, spoken) for token in part if token.concept)
        if told or verb_position(part, words) is not None:
            kept += [COMMA, *part]
    return kept
