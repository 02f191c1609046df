"""Figures: none is invented, none is taken from another sentence, none that the told sentence is about is lost."""

from itertools import pairwise

from app.answering.verification.drafted import Draft
from app.answering.verification.lexicon import Lexicon
from app.answering.verification.passages import OPTIONAL_FIGURES, PRICES, is_address, place_tokens, small_figures
from app.answering.verification.sentence import ClauseKind, Segment, figures_of
from app.text.figures import Figure, FigureKind


def check_invented(draft: Draft) -> str | None:
    """A figure that the cited source does not have."""
    support = "\n".join(f"{unit.chunk.title}. {unit.chunk.heading}. {unit.text}" for unit in draft.cited)
    if invented := draft.figures - figures_of(support):
        figure = min(invented)
        return f"figure not in the cited source: {figure.kind.value} {figure.value}"
    return None


def check_told(draft: Draft) -> str | None:
    """A figure of another sentence than the told ones, or one that they are about and that is left out."""
    own = frozenset().union(*(figures_of(passage.unit.text) for passage in draft.told))
    titles = figures_of(" ".join(unit.chunk.title for unit in draft.cited))
    segments = frozenset().union(
        *(passage.segment.figures | figures_of(passage.segment.aside) for passage in draft.told)
    )
    inherited = frozenset().union(*(small_figures(passage) for passage in draft.told))
    if foreign := draft.figures - segments - inherited - titles:
        figure = min(foreign)
        place = "part of the sentence" if figure in own else "sentence"
        return f"figure of another {place} than the told one: {figure.kind.value} {figure.value}"
    for passage in draft.told:
        if is_address(passage, draft.words):
            continue
        if lost := _essential(passage.segment, draft.words) - draft.figures - draft.context_figures:
            figure = min(lost)
            return f"leaves out a figure of the sentence that it tells: {figure.kind.value} {figure.value}"
    return None


def _essential(segment: Segment, words: Lexicon) -> frozenset[Figure]:
    """The figures that a segment is about: its amounts; without any, all but those of an address."""
    text = ", ".join(
        clause.text for clause in segment.clauses if clause.kind in (ClauseKind.MAIN, ClauseKind.CONDITION)
    )
    every = figures_of(text)
    money = frozenset(figure for figure in every if figure.kind in PRICES)
    if money:
        return money
    address = {token.flat for token in place_tokens(segment.tokens, words)} | _address_numbers(segment)
    return frozenset(
        figure
        for figure in every
        if figure.kind not in OPTIONAL_FIGURES and not (figure.kind is FigureKind.NUMBER and figure.value in address)
    )


def _address_numbers(segment: Segment) -> frozenset[str]:
    """Numbers right behind a name: "Lindenstraße 8", "Zimmer 12", "14 Harbour Street"."""
    tokens = segment.tokens
    behind = {second.flat for first, second in pairwise(tokens) if second.number and first.noun}
    in_front = {
        first.flat
        for first, second, third in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if first.number and second.noun and third.noun
    }
    return frozenset(behind | in_front)
