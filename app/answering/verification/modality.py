"""Modality: "müssen", "können", "dürfen" and "sollen" stay what they are."""

import re
from collections.abc import Sequence

from app.answering.verification.drafted import Draft
from app.answering.verification.lexicon import Lexicon
from app.answering.verification.passages import CONTACT, LISTS
from app.answering.verification.sentence import Clause, ClauseKind, Segment

_TO_INFINITIVE = re.compile(r"\b(?:ist|sind|hat|haben)\b.*\b(?:zu [a-zäöüß]+n|[a-zäöüß]+zu[a-zäöüß]{3,}n)\b")
_IMPERATIVE = re.compile(
    r"(?:bitte\s+)?(?!Sind|Haben|Werden|Können|Müssen|Dürfen|Sollen|Möchten|Wollen)[A-ZÄÖÜ]?\w+e?n Sie\b"
)
_MEANS = frozenset("mit ohne auf nach with without".split())
_PLEASE = re.compile(r"\bbitte\b", re.IGNORECASE)
_ENGLISH_IMPERATIVE = re.compile(
    r"(?:please\s+)?(?:apply|bring|collect|put|go|contact|send|submit|pay|book|call|register|use|take|give|fill|show|hand|"
    r"report|return|contact|ask|attach|enclose|provide|sign|keep|place)\b",
    re.IGNORECASE,
)


def check_modality(draft: Draft) -> str | None:
    """A duty, permission or advice that no told sentence has, or a duty that became an option."""
    own = _kinds(draft.segments, draft.words)
    told = [passage.segment for passage in draft.told]
    main = _kinds(told, draft.words, near=draft.concepts)
    allowed = _allowed(draft, main)
    if added := sorted(own - allowed - {"imperative"}):
        return f"modality not in the cited source: {added[0]}"
    contact = any(unit.chunk.module in CONTACT for unit in draft.cited)
    if "imperative" in own and not contact and "imperative" not in allowed and not _addressed(told):
        return "modality not in the cited source: imperative"
    if lost := _lost(own | _kinds(draft.before, draft.words), main, draft):
        return f"modality of the cited source is lost: {lost}"
    return None


def _allowed(draft: Draft, main: frozenset[str]) -> frozenset[str]:
    """What a statement may say: what its told clauses say, and what means no more than that."""
    told = [passage.segment for passage in draft.told]
    allowed = set(main)
    for passage in draft.told:
        if not _kinds([passage.segment], draft.words):
            allowed |= _kinds(passage.before, draft.words)
        if passage.unit.chunk.module in LISTS or _TO_INFINITIVE.search(passage.unit.text):
            allowed.add("must")
    if _retells_condition(draft) or _retells_means(draft):
        allowed.add("must")
    if any(draft.words.scope.get(token.flat) == "most" for passage in draft.told for token in passage.segment.tokens):
        allowed.add("may")
    if "imperative" in allowed:
        allowed.add("must")
    if allowed & {"can", "may"}:
        allowed |= {"can", "may", "imperative"}
    if "must" in allowed:
        allowed.add("imperative")
    if not _kinds(told, draft.words) and _choice(draft):
        allowed.add("can")
    return frozenset(allowed)


def _retells_condition(draft: Draft) -> bool:
    """ "Dafür müssen Sie ...": the statement's main clause is what a told sentence names as its condition."""
    main = frozenset().union(
        *(clause.concepts for segment in draft.segments for clause in segment.clauses if clause.kind is ClauseKind.MAIN)
    )
    clauses = [clause for passage in draft.told for clause in passage.segment.clauses]
    hits = {
        kind: max((len(main & clause.concepts) for clause in clauses if clause.kind is kind), default=0)
        for kind in (ClauseKind.CONDITION, ClauseKind.MAIN)
    }
    return bool(draft.context) and hits[ClauseKind.CONDITION] > hits[ClauseKind.MAIN]


def _retells_means(draft: Draft) -> bool:
    """ "Dafür brauchen Sie einen Ausweis" after "mit einem Ausweis", "keinen Termin" after "ohne Termin"."""
    tokens = [token for passage in draft.told for token in passage.segment.tokens]
    behind = [tokens[place + 1 : place + 4] for place, token in enumerate(tokens) if token.flat in _MEANS]
    return bool(draft.context) and any(
        token.noun and token.concept in draft.concepts for following in behind for token in following
    )


def _lost(own: frozenset[str], main: frozenset[str], draft: Draft) -> str | None:
    """A duty told as an option, or an option, permission or advice told as a fact about others than the citizen."""
    if "must" in main and own & {"can", "may", "should"} and not own & {"must", "imperative"} and not main & own:
        return "must"
    if "should" in main and "should" not in own:
        return "should"
    if main & {"can", "may"} and not own & {"can", "may", "imperative"} and not _speaks_to_citizen(draft):
        return "can"
    return None


def _kinds(segments: Sequence[Segment], words: Lexicon, near: frozenset[str] | None = None) -> frozenset[str]:
    """Modality of all clauses, or only of those that share a concept with `near` (or stand alone)."""
    return frozenset(
        kind
        for segment in segments
        for position, clause in enumerate(segment.clauses)
        if near is None or clause.concepts & near or len(segment.clauses) == 1 or not clause.concepts
        for kind in _of_clause(clause, words, first=position == 0)
    )


def _of_clause(clause: Clause, words: Lexicon, *, first: bool) -> frozenset[str]:
    kinds = {words.modality[token.flat] for token in clause.tokens if token.flat in words.modality}
    if clause.kind is ClauseKind.MAIN:
        if words.language == "de" and _TO_INFINITIVE.search(clause.text):
            kinds.add("must")
        if not kinds and (first or _PLEASE.search(clause.text)) and _is_imperative(clause, words):
            kinds.add("imperative")
    return frozenset(kinds)


def _is_imperative(clause: Clause, words: Lexicon) -> bool:
    if words.language == "en":
        return bool(_ENGLISH_IMPERATIVE.match(clause.text))
    return bool(_IMPERATIVE.match(clause.text) or _PLEASE.search(clause.text))


def _choice(draft: Draft) -> bool:
    """Whether the told sentence offers ways to choose from: "online oder im Amt"."""
    return any(token.flat in ("oder", "or") for passage in draft.told for token in passage.segment.tokens)


def _addressed(told: Sequence[Segment]) -> bool:
    return any(re.search(r"\bSie\b|\byou\b", segment.text) for segment in told)


def _speaks_to_citizen(draft: Draft) -> bool:
    return bool(re.search(r"\bSie\b|\b[Yy]ou\b", draft.text))
