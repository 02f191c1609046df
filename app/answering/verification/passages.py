"""The cited sentences in segments, with what each leaves unsaid because an earlier one says it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.answering.values import EvidenceSentence
from app.answering.verification.lexicon import Lexicon, lexicon
from app.answering.verification.reading import concepts_of, read
from app.answering.verification.sentence import ClauseKind, Segment, Token
from app.answering.verification.tokens import verb_position
from app.index.modules import ModuleKind
from app.text.figures import Figure, FigureKind

OPTIONAL_FIGURES = (FigureKind.PARAGRAPH, FigureKind.PHONE, FigureKind.MAIL, FigureKind.URL)
"""Ways to reach an office and sources of law: telling one of several, or none, changes nothing."""
PRICES = (FigureKind.AMOUNT, FigureKind.PERCENT)
LISTS = frozenset((ModuleKind.REQUIRED_DOCUMENTS, ModuleKind.PREREQUISITES, ModuleKind.FORMS))
"""Modules whose items are things to have: they say "must" themselves."""
CONTACT = frozenset((ModuleKind.CONTACT, ModuleKind.RESPONSIBLE_OFFICE))
_POINTS_BACK = re.compile(
    r"\b(?:[Ee]r|[Ee]s|sie|ihn|ihm|[Dd]iese[rsnm]?|[Dd]afür|davon|[Dd]anach|dann|Das|[Ii]t|[Tt]hey)\b"
)
"""Pronouns of the evidence; "Sie" in capitals is the citizen."""
_STREETS = tuple("strasse weg platz allee gasse ring ufer damm promenade street road lane square markt".split())
_BY = frozenset(("je", "pro", "im", "per"))
_TIME_UNITS = frozenset(("jahr", "monat", "woche", "tag", "person", "year", "month", "week", "day"))


@dataclass(frozen=True, slots=True)
class Passage:
    """One segment of a cited sentence, and where it stands."""

    segment: Segment
    unit: EvidenceSentence
    before: tuple[Segment, ...]
    """The earlier segments of the same sentence: what this one leaves unsaid may stand there."""
    after: tuple[Segment, ...] = ()


def passages_of(units: Sequence[EvidenceSentence], language: str) -> tuple[Passage, ...]:
    """All segments of evidence sentences, in order."""
    found = []
    for unit in units:
        segments = read(unit.text, language)
        earlier = _earlier(unit, language) if _POINTS_BACK.search(unit.text) else ()
        found += [
            Passage(segment, unit, earlier + segments[:index], segments[index + 1 :])
            for index, segment in enumerate(segments)
        ]
    return tuple(found)


def _earlier(unit: EvidenceSentence, language: str) -> tuple[Segment, ...]:
    """The sentence before in the same passage, which a pronoun refers to."""
    return read(unit.chunk.sentences[unit.position - 1], language) if unit.position else ()


def carried(passage: Passage) -> frozenset[str]:
    """Concepts that a segment says itself or takes over from the segment before it."""
    own = passage.segment.concepts | concepts_of(passage.segment.aside, passage.unit.chunk.language)
    own = own.union(*(_units(other) for other in passage.after))
    return own.union(*(taken_over(other, passage.segment) for other in passage.before))


def taken_over(before: Segment, segment: Segment) -> frozenset[str]:
    """What a later segment leaves unsaid: all of an earlier one, but of a parallel price only its small words.

    "Die Anmeldung kostet 30 Euro, die Ummeldung 28 Euro": the second says nothing about the Anmeldung. "Der Pass
    kostet 70 Euro, für Kinder 37 Euro": the second is about the Pass, too, since it begins with a preposition.
    """
    if _POINTS_BACK.search(segment.text):
        return before.concepts
    if not (before.figures and segment.figures) or before.text == segment.text:
        return before.concepts if not _has_subject(segment) else _units(before)
    first, second = before.tokens[:1], segment.tokens[:1]
    parallel = bool(first and second and bool(first[0].concept) == bool(second[0].concept)) and (
        first[0].flat == second[0].flat or not _prepositional(segment)
    )
    if parallel:
        return frozenset(token.concept for token in before.tokens if token.concept and not token.noun) | _units(before)
    return before.concepts


def _has_subject(segment: Segment) -> bool:
    """Whether a noun stands before the segment's own verb."""
    main = next((clause for clause in segment.clauses if clause.kind is ClauseKind.MAIN), None)
    if main is None:
        return False
    position = verb_position(main.tokens, lexicon("de"))
    return position is not None and any(token.noun for token in main.tokens[:position])


def _prepositional(segment: Segment) -> bool:
    words = lexicon("de").limiting | lexicon("en").limiting
    return bool(segment.tokens) and segment.tokens[0].flat in words


def _units(segment: Segment) -> frozenset[str]:
    """What a price is counted by: the nouns behind "je", "pro" and "im"."""
    tokens = segment.tokens
    behind = [
        token.concept
        for position, token in enumerate(tokens)
        if token.noun and any(other.flat in _BY for other in tokens[max(0, position - 3) : position])
    ]
    return frozenset(behind) | segment.concepts & _TIME_UNITS


def small_figures(passage: Passage) -> frozenset[Figure]:
    """Figures that a later segment may take over from an earlier one: all but its prices."""
    before = frozenset().union(*(segment.figures for segment in passage.before))
    return frozenset(figure for figure in before if figure.kind not in PRICES)


def is_address(passage: Passage, words: Lexicon) -> bool:
    """Whether a segment only names an office and ways to reach it: any part of it may be told alone."""
    return passage.unit.chunk.module in CONTACT and not any(
        token.flat in words.finite for token in passage.segment.tokens
    )


def place_tokens(tokens: Sequence[Token], words: Lexicon) -> frozenset[Token]:
    """Offices with their names, and streets with their numbers: where something is done, not what holds."""
    found: set[Token] = set()
    inside = False
    for position, token in enumerate(tokens):
        following = tokens[position + 1] if position + 1 < len(tokens) else None
        if token.noun and token.flat.endswith(words.offices):
            inside = True
        elif not (inside and (token.noun or token.number)):
            inside = token.noun and following is not None and following.number and token.flat.endswith(_STREETS)
        if inside:
            found.add(token)
    return frozenset(found)
