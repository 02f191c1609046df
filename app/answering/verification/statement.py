"""The order of the checks: cheap and certain ones first, each with a reason that a person can read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.answering.values import EvidenceSentence, Origin, Rejection, Statement
from app.answering.verification.agreement import check_agreement
from app.answering.verification.amounts import check_invented, check_told
from app.answering.verification.citations import check_form, cited_numbers, without_citations
from app.answering.verification.drafted import Draft, drafted, points_back
from app.answering.verification.limits import check_limits
from app.answering.verification.modality import check_modality
from app.answering.verification.polarity import check_polarity, check_yes_no
from app.answering.verification.roles import check_roles
from app.answering.verification.scope import check_scope
from app.answering.verification.sentence import ClauseKind
from app.answering.verification.swaps import check_swaps
from app.answering.verification.time import check_direction
from app.answering.verification.words import check_subject, check_support
from app.text.terms import Vocabulary

_BEFORE_TOLD: tuple[Callable[[Draft], str | None], ...] = (check_invented, check_support, check_agreement)
_ABOUT_TOLD: tuple[Callable[[Draft], str | None], ...] = (
    check_subject,
    check_roles,
    check_swaps,
    check_told,
    check_limits,
    check_scope,
    check_direction,
    check_modality,
    check_polarity,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Either a statement that may be shown, or why it may not."""

    statement: Statement | None
    rejection: Rejection | None
    told: frozenset[tuple[int, int]] = frozenset()
    """Number and position of the evidence sentences that an accepted statement tells."""


def verify_statement(
    sentence: str,
    question: str,
    evidence: Sequence[EvidenceSentence],
    said: Sequence[Statement],
    vocabulary: Vocabulary,
) -> Verdict:
    """Checks one drafted sentence against the passages that it cites.

    `said` are the statements accepted before: a repetition is dropped, and a pronoun may refer to the last of them.
    When in doubt the sentence is rejected, since quoting the source verbatim is always safe. A "Ja" or "Nein" that the
    source doesn't give is left out of the statement when the rest says something by itself.
    """
    numbers = cited_numbers(sentence)
    text = without_citations(sentence)
    if reason := check_form(text, numbers, {unit.number for unit in evidence}, said):
        return Verdict(None, Rejection(text=sentence, reason=reason))
    cited = tuple(unit for unit in evidence if unit.number in numbers)
    draft = drafted(text, question, cited, tuple(evidence), said, vocabulary)
    reason = _reason(draft)
    if reason is None and (unclear := check_yes_no(draft)):
        draft = drafted(draft.text, question, cited, tuple(evidence), said, vocabulary)
        reason = unclear if _needs_its_lead(draft) else _reason(draft) or check_form(draft.text, numbers, numbers, said)
        text = draft.text
    if reason is not None:
        return Verdict(None, Rejection(text=sentence, reason=reason))
    told = frozenset((passage.unit.number, passage.unit.position) for passage in draft.told)
    return Verdict(Statement(text=text, citations=numbers, origin=Origin.GENERATED), None, told)


def _needs_its_lead(draft: Draft) -> bool:
    """Whether a statement without its "Ja" or "Nein" points at the question or is no whole sentence."""
    first = draft.segments[0].clauses if draft.segments else ()
    whole = any(clause.kind is ClauseKind.MAIN for clause in first)
    return not whole or points_back(draft.text, draft.words)


def _reason(draft: Draft) -> str | None:
    for check in _BEFORE_TOLD:
        if reason := check(draft):
            return reason
    if not draft.told:
        return "tells no sentence of the cited source"
    for check in _ABOUT_TOLD:
        if reason := check(draft):
            return reason
    return None
