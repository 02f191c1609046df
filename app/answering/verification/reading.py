"""Reading a sentence for verification: segments that can be told on their own, and the clauses within them.

No grammar is parsed. Commas, conjunctions and a short list of verbs show where clauses begin; where that fails a
segment grows larger, and a larger segment is harder to tell in part. Linear in the text.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from app.answering.verification.ellipsis import without_ellipsis
from app.answering.verification.lexicon import Lexicon, flat, lexicon
from app.answering.verification.sentence import COMMA, Clause, ClauseKind, Segment, Token, figures_of
from app.answering.verification.tokens import first_word, tokens_of, verb_position, whole_verbs
from app.text.figures import FigureKind

_PIECE = re.compile(r"\s*(?:[,;]|\s[–-])\s+")
_JOINT = re.compile(r"\s(?:und|and|oder|or|sondern|but)\s")
_ASIDE = re.compile(r"\s*\([^)]*\)")
_LONGEST = 2_000
"""Characters that are read of one sentence."""
_HEAD = re.compile(r"([^\W\d_]+)(?: ([^\W\d_]+))?")
_ORDER = re.compile(r"\b[^\W\d_]{3,}(?:en|ern|eln) Sie\b")
"""A request, of which a sentence may have several: "... und geben Sie es ab"."""
_SUBJECTS = frozenset("sie wir sich es er der die das ein eine kein keine ihr ihre jemand beide mehrere".split())
_CONTRAST = frozenset(("sondern", "but"))
_NOT_IN_FRONT = frozenset(("bis", "until", "ausser"))
"""Words that open a condition inside a sentence, and a phrase at its beginning."""


@lru_cache(maxsize=4096)
def read(sentence: str, language: str) -> tuple[Segment, ...]:
    """The segments of a sentence, each with at least one clause; empty for a text without words."""
    words = lexicon(language)
    plain = without_ellipsis(sentence[:_LONGEST], words)
    asides = " ".join(part.strip(" ()") for part in _ASIDE.findall(plain))
    segments: list[list[Clause]] = []
    for text, alone in _pieces(_ASIDE.sub("", plain), words):
        label, colon, rest = text.partition(": ")
        if colon and _is_case(label, words):
            segments.append([Clause(ClauseKind.CONDITION, label, tokens_of(label, words, first=not segments))])
            text = rest
        clause = _clause(text, words, first=not segments)
        if not clause.tokens:
            continue
        if segments and not alone and _is_answered(segments[-1], clause, words):
            segments[-1] = [_condition(segments[-1][0].text, words), *segments[-1][1:], clause]
        elif not segments or alone or _stands_alone(segments[-1], clause, words):
            segments.append([clause])
        elif clause.kind is ClauseKind.MAIN and segments[-1][-1].kind is ClauseKind.MAIN:
            segments[-1][-1] = _joined(segments[-1][-1], clause)
        else:
            segments[-1].append(clause)
    return tuple(Segment(clauses, asides) for clauses in _whole(segments, words))


@lru_cache(maxsize=4096)
def concepts_of(text: str, language: str) -> frozenset[str]:
    """All concepts of a text, whatever its clauses; empty for an empty one."""
    return frozenset().union(*(segment.concepts for segment in read(text, language)))


def _is_answered(before: Sequence[Clause], clause: Clause, words: Lexicon) -> bool:
    """A verb in front, then a comma and another verb: "Ist eine Person verhindert, kann sie ..." is a condition."""
    return (
        before[0].kind is ClauseKind.MAIN
        and clause.kind is ClauseKind.MAIN
        and not any(other.kind is ClauseKind.CONDITION for other in before)
        and _verb_in_front(before[0].text, words, small=False)
        and _verb_in_front(clause.text, words, small=True)
    )


def _condition(text: str, words: Lexicon) -> Clause:
    return Clause(ClauseKind.CONDITION, text, whole_verbs([tokens_of(text, words, first=True)], words)[0])


def _verb_in_front(text: str, words: Lexicon, *, small: bool) -> bool:
    """Whether a clause begins with a verb; at a sentence's beginning only if a subject follows ("Haben Sie ...")."""
    head = _HEAD.match(text)
    if words.language != "de" or not head or (small and head[1][0].isupper()):
        return False
    form, following = flat(head[1]), flat(head[2] or "")
    if not small and following not in _SUBJECTS:
        return False
    return form in words.finite or (
        form.endswith(("t", "en")) and form not in words.function and form not in words.directions
    )


def _whole(segments: Sequence[Sequence[Clause]], words: Lexicon) -> list[tuple[Clause, ...]]:
    """Separated verbs put together across all main clauses of a sentence."""
    mains = [clause for clauses in segments for clause in clauses if clause.kind is ClauseKind.MAIN]
    whole = iter(whole_verbs([clause.tokens for clause in mains], words))
    return [
        tuple(
            Clause(clause.kind, clause.text, next(whole)) if clause.kind is ClauseKind.MAIN else clause
            for clause in clauses
        )
        for clauses in segments
    ]


def _is_case(label: str, words: Lexicon) -> bool:
    """ "bei Vertretung: Vollmacht" names a case, not a thing."""
    head = flat(first_word(label))
    return head in words.limiting or head in words.conditional


def _pieces(text: str, words: Lexicon) -> list[tuple[str, bool]]:
    """The text between commas, and before "und" with a verb of its own; with each, whether it surely stands alone."""
    pieces: list[tuple[str, bool]] = []
    start, semicolon = 0, False
    for mark in [*_PIECE.finditer(text), None]:
        end = mark.start() if mark else len(text)
        for index, part in enumerate(_at_conjunctions(text[start:end].strip(), words)):
            pieces.append((part, bool(_ORDER.match(part)) if index else semicolon))
        if mark:
            start, semicolon = mark.end(), ";" in mark.group()
    return [pair for pair in pieces if pair[0]]


def _at_conjunctions(piece: str, words: Lexicon) -> list[str]:
    parts, joints = _JOINT.split(piece), _JOINT.findall(piece)
    kept = [parts[0]]
    for joint, part in zip(joints, parts[1:], strict=True):
        has_verb = verb_position(tokens_of(kept[-1], words, first=False), words) is not None
        amounts = "nd" in joint and _has_amount(kept[-1]) and _has_amount(part)
        cases = "nd" in joint and _other_case(part, words) and bool(_kinds(kept[-1]) & _kinds(part))
        orders = bool(_ORDER.search(kept[-1]) and _ORDER.match(part))
        if amounts or cases or orders or (has_verb and flat(first_word(part)) in words.finite):
            kept.append(part)
        else:
            kept[-1] += joint + part
    return kept


def _has_amount(text: str) -> bool:
    return bool(_kinds(text) & {FigureKind.AMOUNT, FigureKind.PERCENT})


def _kinds(text: str) -> frozenset[FigureKind]:
    return frozenset(figure.kind for figure in figures_of(text))


def _other_case(text: str, words: Lexicon) -> bool:
    """Whether a part begins with whom or when it is about: "für Kinder ...", "freitags ..."."""
    head = flat(first_word(text))
    return head in words.limiting or head.endswith(("tags", "days"))


def _clause(text: str, words: Lexicon, *, first: bool) -> Clause:
    tokens = tokens_of(text, words, first=first)
    return Clause(_clause_kind(tokens, words, first=first) if tokens else ClauseKind.MAIN, text, tokens)


def _clause_kind(tokens: tuple[Token, ...], words: Lexicon, *, first: bool) -> ClauseKind:
    head = tokens[0].flat
    if head in words.conditional and not (first and head in _NOT_IN_FRONT):
        return ClauseKind.CONDITION
    if head in words.reasons:
        return ClauseKind.REASON
    if head in words.relative and not first and _ends_in_verb(tokens, words):
        return ClauseKind.RELATIVE
    return ClauseKind.MAIN


def _ends_in_verb(tokens: tuple[Token, ...], words: Lexicon) -> bool:
    """Whether the verb stands last, as in a relative clause, and not second."""
    if words.language == "en":
        return True
    last = tokens[-1]
    if len(tokens) < 2 or last.noun or last.number or not last.flat.endswith(("t", "n", "d")):
        return False
    return not any(token.flat in words.finite for token in tokens[1:-2])


def _stands_alone(before: Sequence[Clause], clause: Clause, words: Lexicon) -> bool:
    """Whether a clause begins a new segment: a verb or a figure of its own, beside one that has its own too."""
    mains = [other for other in before if other.kind is ClauseKind.MAIN]
    if clause.kind is not ClauseKind.MAIN or not mains:
        return False
    if clause.tokens[0].flat in _CONTRAST:
        return True
    has_verb = verb_position(clause.tokens, words) is not None
    if _parallel_figure(clause, mains, words, has_verb=has_verb):
        return True
    if not has_verb and clause.tokens[-1].flat in words.negations and any(token.noun for token in clause.tokens):
        return True
    return has_verb and any(verb_position(other.tokens, words) is not None for other in mains)


def _parallel_figure(clause: Clause, mains: Sequence[Clause], words: Lexicon, *, has_verb: bool) -> bool:
    """Another price beside a price, or a figure of the same kind for another case: "für Kinder drei Jahre"."""
    own = _kinds(clause.text)
    theirs = _kinds(", ".join(other.text for other in mains))
    if own & theirs & {FigureKind.AMOUNT, FigureKind.PERCENT}:
        return True
    if has_verb or not own & theirs:
        return False
    return _other_case(clause.text, words) or (clause.tokens[0].noun and FigureKind.DURATION in own & theirs)


def _joined(first: Clause, second: Clause) -> Clause:
    return Clause(first.kind, f"{first.text}, {second.text}", (*first.tokens, COMMA, *second.tokens))
