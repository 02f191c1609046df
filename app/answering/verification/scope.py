"""Scope: "alle", "nur", "mindestens" and their like are neither added nor dropped."""

from app.answering.verification.drafted import Draft
from app.answering.verification.sentence import Clause, Segment
from app.text.terms import fold

_NOTHING_MORE = frozenset(("nicht", "kein", "keine", "keinen", "no"))


def check_scope(draft: Draft) -> str | None:
    """A word of scope that only one of statement and told sentences has."""
    spoken = draft.concepts
    own = frozenset().union(*(_scope(segment.clauses, draft) for segment in draft.segments))
    told = [clause for passage in draft.told for clause in passage.segment.clauses]
    near = [clause for clause in told if clause.concepts & spoken or len(told) == 1]
    theirs = _scope(near, draft)
    inherited = frozenset().union(*(_scope(_all(passage.before), draft) for passage in draft.told))
    if added := own - theirs - inherited:
        return f"scope differs from the cited source: {fold(min(added))} added"
    if dropped := theirs - own - _scope(_all(draft.before), draft):
        return f"scope differs from the cited source: {fold(min(dropped))} left out"
    return None


def _all(segments: tuple[Segment, ...]) -> list[Clause]:
    return [clause for segment in segments for clause in segment.clauses]


def _scope(clauses: list[Clause] | tuple[Clause, ...], draft: Draft) -> frozenset[str]:
    kinds = set()
    for clause in clauses:
        for position, token in enumerate(clause.tokens):
            kind = draft.words.scope.get(token.flat)
            before = clause.tokens[position - 1].flat if position else ""
            every = kind == "all" and position + 1 < len(clause.tokens) and clause.tokens[position + 1].number
            example = kind == "about" and not any(token.number for token in clause.tokens[position + 1 : position + 4])
            if kind and not every and not example and not (kind == "more" and before in _NOTHING_MORE):
                kinds.add(kind)
    return frozenset(kinds)
