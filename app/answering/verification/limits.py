"""Limits: a condition, a group of people or an occasion that the told sentence names is not left out."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.answering.verification.drafted import Draft, needs
from app.answering.verification.lexicon import Lexicon
from app.answering.verification.matching import CONJUNCTIONS, matches, split_at, told_by
from app.answering.verification.passages import Passage, is_address
from app.answering.verification.reading import read
from app.answering.verification.sentence import Clause, ClauseKind, Token
from app.answering.verification.tokens import verb_position
from app.answering.verification.told import without_untold
from app.index.modules import ModuleKind

_ENOUGH = 0.6
"""Share of a condition's concepts that must be told."""
_OR = frozenset(("oder", "or"))
_COUNTING = frozenset(("je", "pro", "per"))
_NEARLY = 0.5
"""The same for a relative clause, whose verb is often dropped: "Hunde, die aus dem Tierheim stammen"."""
_NAMED = 0.75
"""Share of a condition's concepts that a question must have to name the case itself."""
_INDEFINITE = frozenset("ein eine einen einem einer a an".split())


def check_limits(draft: Draft) -> str | None:
    """A condition or limiting phrase that a told sentence has and the statement lacks."""
    for passage in draft.told:
        if is_address(passage, draft.words):
            continue
        for position, clause in enumerate(passage.segment.clauses):
            if clause.kind is ClauseKind.CONDITION and not _told(clause, draft):
                return f"leaves out the condition of the sentence that it tells: {clause.text}"
            if clause.kind is ClauseKind.RELATIVE and _defining(passage, position) and not _told(clause, draft):
                return f"leaves out what the sentence says it is about: {clause.text}"
            if clause.kind is ClauseKind.MAIN and (head := _lost_head(clause, draft)):
                return f"leaves out what the sentence says it is about: {head}"
            if clause.kind is ClauseKind.MAIN and (choice := _lost_choice(clause, draft)):
                return f"leaves out an alternative of the sentence that it tells: {choice}"
            if clause.kind is ClauseKind.MAIN and (lost := _lost_phrase(clause, draft)):
                return f"leaves out a limit of the sentence that it tells: {lost}"
    return None


def _told(clause: Clause, draft: Draft) -> bool:
    own = [concept for concept in clause.concepts if concept not in draft.words.empty]
    if not own or _asked_for(clause, own, draft):
        return True
    cases = [
        [not needs(token.concept, draft) for token in part if token.concept and token.concept not in draft.words.empty]
        for part in split_at(clause.tokens, _OR)
    ]
    enough = _ENOUGH if clause.kind is ClauseKind.CONDITION else _NEARLY
    return any(kept and sum(kept) / len(kept) >= enough for kept in cases)


def _asked_for(clause: Clause, own: list[str], draft: Draft) -> bool:
    """Whether the citizen named the case themselves; with a "nicht" on either side that is not clear."""
    asked = {token.flat for segment in read(draft.question, draft.words.language) for token in segment.tokens}
    if clause.negated(draft.words) or asked & (draft.words.negations | draft.words.negative.keys()):
        return False
    return sum(matches(concept, draft.asked) for concept in own) / len(own) >= _NAMED


def _defining(passage: Passage, position: int) -> bool:
    """Whether a relative clause says which ones are meant; behind "ein ..." it only adds something."""
    if passage.unit.chunk.module is ModuleKind.REQUIRED_DOCUMENTS or position == 0:
        return True
    before = passage.segment.clauses[position - 1].tokens[-5:]
    return not _INDEFINITE.intersection(token.flat for token in before)


def _lost_phrase(clause: Clause, draft: Draft) -> str | None:
    asked = draft.asked
    numbers = {token.flat for segment in draft.segments for token in segment.tokens if token.number}
    numbers |= {token.flat for segment in draft.before for token in segment.tokens if token.number}

    def kept(token: Token) -> bool:
        if token.number:
            return token.flat in numbers
        return not needs(token.concept, draft) or matches(token.concept, asked) or _echoes(token, draft.topic)

    mentioned = without_untold(clause.tokens, draft.concepts | draft.context, draft.words)
    counted = [phrase for phrase in _limiting_phrases(clause.tokens, draft.words) if phrase[0].flat in _COUNTING]
    for phrase in [*_limiting_phrases(mentioned, draft.words), *counted]:
        if any(token.flat.endswith(draft.words.offices) for token in phrase) or phrase[-1].flat == "ort":
            continue
        parts = _alternatives(phrase[1:], draft.words, counted=phrase[0].flat in _COUNTING)
        if not any(all(kept(token) for token in part if token.concept) for part in parts):
            return " ".join(token.flat for token in phrase)
    subject = _in_front_of_the_verb(clause, draft.words)
    shares = [_share([kept(token) for token in part if token.concept]) for part in _alternatives(subject, draft.words)]
    lost = [token for token in subject if token.concept and not kept(token)]
    if max(shares) < _ENOUGH and not all(_echoes(token, asked) for token in lost):
        return " ".join(token.flat for token in subject)
    return None


def _lost_choice(clause: Clause, draft: Draft) -> str | None:
    """A way that a duty leaves open ("persönlich oder schriftlich"), when the statement orders the other one."""
    ordered = any(
        not other.negated(draft.words) and any(draft.words.modality.get(token.flat) == "must" for token in other.tokens)
        for segment in draft.segments
        for other in segment.clauses
    )
    if not ordered or draft.lead is not None:
        return None
    for before, part in pairwise(split_at(clause.tokens, _OR)):
        named = [token for token in part if token.concept and token.concept not in draft.words.empty]
        first = next((token for token in reversed(before) if token.concept), None)
        chosen = first is None or matches(first.concept, draft.concepts) or told_by(first.concept, draft.concepts)
        if named and chosen and needs(named[0].concept, draft):
            return named[0].flat
    return None


def _lost_head(clause: Clause, draft: Draft) -> str | None:
    """What a list item names ("ein aktuelles Passfoto im Format ..."), when none of its alternatives is told."""
    if verb_position(clause.tokens, draft.words) is not None:
        return None
    heads = [
        next((token for token in part if token.noun or (token.concept and position == 0 and not token.number)), None)
        for position, part in enumerate(_alternatives(clause.tokens, draft.words))
    ]
    named = [head for head in heads if head is not None]
    if not named or any(not needs(head.concept, draft) for head in named):
        return None
    return named[0].flat


def _share(kept: list[bool]) -> float:
    return sum(kept) / len(kept) if kept else 1.0


def _echoes(token: Token, asked: frozenset[str]) -> bool:
    """Whether a compound begins with what the question is about: "Standgebühr" when a "Stand" was asked for."""
    return any(len(word) > 4 and token.concept != word and token.concept.startswith(word) for word in asked)


def _limiting_phrases(tokens: Sequence[Token], words: Lexicon) -> Iterator[tuple[Token, ...]]:
    """From a limiting preposition to its noun: ("fur", "gefahrliche", "hunde")."""
    for start, token in enumerate(tokens):
        if token.flat not in words.limiting or token.concept:
            continue
        phrase = [token]
        for following in tokens[start + 1 : start + 7]:
            if len(phrase) > 1 and not following.concept and following.flat in words.limiting:
                break
            if len(phrase) > 1 and following.flat in words.finite and not following.noun:
                break
            if phrase[-1].number and not following.noun:
                break
            phrase.append(following)
            if following.noun and _then(tokens, following, CONJUNCTIONS):
                continue
            if following.noun or (words.language == "en" and following.concept):
                break
        if any(word.concept for word in phrase):
            yield tuple(phrase)


def _then(tokens: Sequence[Token], token: Token, conjunctions: frozenset[str]) -> bool:
    position = tokens.index(token) + 1
    return position < len(tokens) and tokens[position].flat in conjunctions


def _in_front_of_the_verb(clause: Clause, words: Lexicon) -> tuple[Token, ...]:
    """What stands before the first verb: mostly the subject, with everything that narrows it."""
    return clause.tokens[: verb_position(clause.tokens, words) or 0]


def _alternatives(phrase: tuple[Token, ...], words: Lexicon, *, counted: bool = False) -> list[tuple[Token, ...]]:
    """The parts of "A und B": telling one of them is enough."""
    parts: list[list[Token]] = [[]]
    for token in phrase:
        if token.flat in CONJUNCTIONS and not counted:
            parts.append([])
        elif token.concept not in words.empty or token.number:
            parts[-1].append(token)
    return [tuple(part) for part in parts if any(token.concept for token in part)] or [()]
