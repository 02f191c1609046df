"""Polarity: what the source denies stays denied, and "Ja" or "Nein" fits both the source and the question."""

import re
from collections.abc import Sequence

from rapidfuzz.fuzz import ratio

from app.answering.verification.drafted import Draft
from app.answering.verification.lexicon import flat
from app.answering.verification.matching import matches, part_of
from app.answering.verification.reading import read
from app.answering.verification.sentence import Clause, ClauseKind

_SPELT_ALIKE = 82
"""Percent of letters (rapidfuzz ratio) from which on a question's word counts as misspelt, not as another one."""
_WAYS = frozenset(("geht", "gehts", "geht's"))
"""How citizens ask whether something is possible."""
_POINTING = re.compile(r"(?:Das|Dies|That|This) (?:gilt|applies)\b")
_CONTRASTS = frozenset(("sondern", "but"))
"""What they begin is the other half of "nicht A, sondern B"."""
_LIMITED = frozenset(("only", "not_before"))


def check_polarity(draft: Draft) -> str | None:
    """A clause of the statement that says no where its nearest told clause says yes, or the other way round."""
    told = [clause for passage in draft.told for clause in passage.segment.clauses]
    told += [
        clause
        for passage in draft.told
        if passage.segment.tokens[0].flat in _CONTRASTS
        for segment in passage.before
        for clause in segment.clauses
    ]
    for segment in draft.segments:
        for clause in segment.clauses:
            if not clause.concepts and not clause.negated(draft.words):
                continue
            if _only_points(clause, draft) or (clause.negated(draft.words) and _without(clause, told)):
                continue
            nearest = max(
                told,
                key=lambda other: (_overlap(clause, other), clause.negated(draft.words) == other.negated(draft.words)),
            )
            if clause.negated(draft.words) != nearest.negated(draft.words):
                return "negation differs from the cited source"
    return None


def _only_points(clause: Clause, draft: Draft) -> bool:
    """ "Das gilt auch ...": what was said before says yes or no, and this adds to it."""
    return bool(draft.context) and bool(_POINTING.match(clause.text)) and not clause.negated(draft.words)


def _without(clause: Clause, told: Sequence[Clause]) -> bool:
    """ "Sie brauchen keinen Termin" from "ohne Termin"."""
    nouns = {token.concept for token in clause.tokens if token.noun and token.concept}
    return any(
        following.concept in nouns
        for other in told
        for place, token in enumerate(other.tokens)
        if token.flat in ("ohne", "without")
        for following in other.tokens[place + 1 : place + 3]
    )


def _overlap(clause: Clause, other: Clause) -> float:
    shared = sum(matches(concept, other.concepts) for concept in clause.concepts)
    same_kind = clause.kind is other.kind
    return shared + 0.5 * same_kind


def check_yes_no(draft: Draft) -> str | None:
    """A "Ja" or "Nein" that the told sentence doesn't give to this question; unclear counts as not given."""
    if draft.lead is None:
        return None
    words = draft.words
    asked = [clause for segment in read(draft.question, words.language) for clause in segment.clauses]
    if not asked:
        return "yes or no without a question"
    question = max(asked, key=lambda clause: (_overlap_with(draft, clause), _has_modality(clause, draft)))
    denied_in_question = {token.flat for token in question.tokens} & words.negations
    if denied_in_question:
        return "yes or no to a question that says no itself"
    main = next(
        (clause for segment in draft.segments for clause in segment.clauses if clause.kind is ClauseKind.MAIN), None
    )
    if main is None or not (_overlap_with(draft, question) or _same_modality(question, main, draft)):
        return "yes or no without the words of the question"
    says_no = main.negated(words) != question.negated(words)
    if says_no != (draft.lead == flat(words.denying)):
        return "yes or no differs from the cited source"
    scopes = {words.scope[token.flat] for token in main.tokens if token.flat in words.scope}
    if scopes & _LIMITED:
        return "yes or no with a limit is unclear"
    return _modality_of_answer(question, main, says_no, draft)


def _has_modality(clause: Clause, draft: Draft) -> bool:
    return any(token.flat in draft.words.modality for token in clause.tokens)


def _overlap_with(draft: Draft, clause: Clause) -> int:
    """How many concepts of a question's clause the statement has, misspelt or as part of a compound."""
    return sum(
        any(
            concept == other
            or part_of(concept, other)
            or part_of(other, concept)
            or (len(concept) > 4 and ratio(concept, other, score_cutoff=_SPELT_ALIKE) > 0)
            for other in draft.concepts
        )
        for concept in clause.concepts
    )


def _same_modality(question: Clause, main: Clause, draft: Draft) -> bool:
    """ "Kann meine Frau ...?" and "... ist nicht möglich": question and answer speak of the same possibility."""
    families = {"can": "option", "may": "option", "must": "duty"}
    kinds = draft.words.modality
    asked = {families.get(kinds[token.flat]) for token in question.tokens if token.flat in kinds}
    if any(token.flat in _WAYS for token in question.tokens):
        asked.add("option")
    said = {families.get(kinds[token.flat]) for token in main.tokens if token.flat in kinds}
    return bool(asked & said - {None})


def _modality_of_answer(question: Clause, main: Clause, says_no: bool, draft: Draft) -> str | None:
    """ "Muss ich?" is not answered by what one may do."""
    kinds = draft.words.modality
    asked = {kinds[token.flat] for token in question.tokens if token.flat in kinds}
    said = {kinds[token.flat] for token in main.tokens if token.flat in kinds}
    options = {"can", "may"}
    if "must" in asked and not asked & options and said & options and "must" not in said:
        return "yes or no about another modality"
    if asked & options and "must" not in asked and "must" in said and not said & options and not says_no:
        return "yes or no about another modality"
    return None
