"""The features of each sentence of a page: similarity, shared words, neighbours, place, and cues for what was asked.

A sentence that answers seldom stands alone: people mark the lines under a heading, or a run of sentences. So most
features are given for the sentence, for its neighbours, for its section, and relative to the page.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.models.evidence.page import AskedPage, Scores
from app.models.evidence.rarity import pieces, stems
from app.models.ports import Matrix, Vector

_Values = NDArray[np.floating[Any]]
"""One value a sentence, in whatever precision the arithmetic gave."""

_HEADING_CHARS = 70
_SHORT_CHARS = 25
_NOT_A_HEADING = re.compile(r"[.!?؟:;,]$|@|www|\d")
_CUES = {
    "url": re.compile(r"www\.|https?:|\.(?:de|org|com)\b"),
    "mail": re.compile(r"@"),
    "phone": re.compile(r"(?:\+49|\b0\d{2,5})[\s/\-\d]{4,20}"),
    "time": re.compile(r"\d{1,2}[:.]\d{2}|\bUhr\b|o.?clock|\d\s?(?:am|pm)\b"),
    "money": re.compile(r"€|[Ee]uro|євро|يورو"),
    "number": re.compile(r"\d"),
    "street": re.compile(r"str\.|[Ss]traße|[Pp]latz|[Aa]llee|\b\d{5}\b"),
}
_ASKED = {
    "where": (
        "wo ", "wo?", "wohin", "an wen", "wer ", "adresse", "kontakt", "where", "who", "address", "contact", "où",
        "qui",
        "де ", "хто", "أين", "من ",
    ),
    "when": ("wann", "öffnungszeit", "uhr", "wie lange", "when", "opening", "how long", "quand", "коли", "متى"),
    "cost": ("kost", "teuer", "preis", "gebühr", "cost", "price", "fee", "coût", "combien", "коштує", "تكلفة"),
}  # fmt: skip
"""Parts of words by which a question is recognised as one for a place or person, a time, or a price."""


@dataclass(frozen=True, slots=True, eq=False)
class Centre:
    """The mean vector of questions and of sentences: what is left after taking it away tells texts apart better."""

    question: Vector
    sentence: Vector


def sentence_features(page: AskedPage, centre: Centre) -> dict[str, Scores]:
    """Named features, each with one value a sentence of the page, which has at least one."""
    count = len(page.sentences)
    heading = _headings(page.sentences)
    cosine = page.sentence_vectors @ page.question_vector
    centred = unit(page.sentence_vectors - centre.sentence) @ unit(page.question_vector - centre.question)
    in_window = unit(_window_mean(page.sentence_vectors)) @ page.question_vector
    on_page = unit(page.sentence_vectors - page.sentence_vectors.mean(axis=0)) @ page.question_vector
    words = _SharedWords.of(page)
    under = np.array(
        [cosine[row] if row is not None else float(page.title_vector @ page.question_vector) for row in heading]
    )
    section = np.array([-1 if row is None else row for row in heading])
    position = np.arange(count, dtype=np.float32)
    best = int(centred.argmax())
    lengths = np.array([len(sentence) for sentence in page.sentences], dtype=np.float32)
    cues = {name: _flags(bool(cue.search(sentence)) for sentence in page.sentences) for name, cue in _CUES.items()}
    asked = {name: float(any(part in page.question.lower() for part in parts)) for name, parts in _ASKED.items()}
    features = {
        "cosine": cosine, "cosine_z": _z(cosine), "cosine_rank": _rank(cosine), "cosine_gap": cosine.max() - cosine,
        "cosine_previous": _shift(cosine, -1), "cosine_next": _shift(cosine, 1),
        "cosine_before_that": _shift(cosine, -2), "cosine_after_that": _shift(cosine, 2),
        "window": in_window, "window_z": _z(in_window), "window_rank": _rank(in_window),
        "window_gap": in_window.max() - in_window,
        "window_previous": _shift(in_window, -2), "window_next": _shift(in_window, 2),
        "centred": centred, "centred_z": _z(centred), "centred_of_five": _spread(centred, 2),
        "centred_nearby": _spread(centred, 1, highest=True), "on_page": on_page,
        "heading": under, "heading_z": _z(under),
        "section": _per_group(centred, section, np.mean), "section_z": _z(_per_group(centred, section, np.mean)),
        "section_best": _per_group(centred, section, np.max),
        "section_size": np.log(_per_group(np.ones(count), section, np.sum)),
        "in_section": np.log1p(position - np.maximum(section, 0)),
        "distance": np.abs(position - best) / count, "log_distance": np.log1p(np.abs(position - best)),
        "behind_best": _flags(position > best), "in_best_section": _flags(section == section[best]),
        "stems": words.stems, "stems_window": words.stems_window,
        "stems_gap": words.stems_window.max() - words.stems_window,
        "pieces": words.pieces, "pieces_z": _z(words.pieces), "pieces_gap": words.pieces.max() - words.pieces,
        "pieces_previous": _shift(words.pieces, -1), "pieces_next": _shift(words.pieces, 1),
        "pieces_heading": np.array([words.pieces[row] if row is not None else words.title for row in heading]),
        "place": position / count, "first": _flags(position == 0), "log_length": np.log1p(lengths),
        "short": _flags(lengths < _SHORT_CHARS), "is_heading": _flags(section == position),
        "colon": _flags(sentence.rstrip().endswith(":") for sentence in page.sentences),
        "question": _flags(sentence.rstrip().endswith(("?", "؟")) for sentence in page.sentences),
        **{f"cue_{name}": flags for name, flags in cues.items()},
        "where_contact": asked["where"] * np.maximum.reduce([cues["url"], cues["mail"], cues["phone"]]),
        "where_street": asked["where"] * cues["street"], "when_time": asked["when"] * cues["time"],
        "cost_money": asked["cost"] * cues["money"],
    }  # fmt: skip
    of_page = {
        "page_title": float(page.title_vector @ page.question_vector), "page_best": float(cosine.max()),
        "page_mean": float(cosine.mean()), "page_centred": float(centred.max()), "page_stems": words.on_page_stems,
        "page_pieces": words.on_page_pieces, "page_title_pieces": words.title, "page_length": float(np.log(count + 1)),
        **{f"asked_{name}": value for name, value in asked.items()},
    }  # fmt: skip
    features |= {name: np.full(count, value) for name, value in of_page.items()}
    return {name: np.asarray(values, dtype=np.float64) for name, values in features.items()}


@dataclass(frozen=True, slots=True, eq=False)
class _SharedWords:
    """Shares of the question's words, weighted by rarity, 0 to 1."""

    stems: Scores
    stems_window: Scores
    pieces: Scores
    title: float
    on_page_stems: float
    on_page_pieces: float

    @classmethod
    def of(cls, page: AskedPage) -> "_SharedWords":
        stem_weights = {stem: page.rarity.of_stem(stem) for stem in stems(page.question, page.language)}
        piece_weights = {piece: page.rarity.of_piece(piece) for piece in pieces(page.question)}
        found = [stems(sentence, page.language) & stem_weights.keys() for sentence in page.sentences]
        cut = [pieces(sentence) & piece_weights.keys() for sentence in page.sentences]
        near = [frozenset().union(*found[max(0, i - 1) : i + 2]) for i in range(len(found))]
        title = pieces(page.title) & piece_weights.keys()
        return cls(
            stems=np.array([_share(part, stem_weights) for part in found]),
            stems_window=np.array([_share(part, stem_weights) for part in near]),
            pieces=np.array([_share(part, piece_weights) for part in cut]),
            title=_share(title, piece_weights),
            on_page_stems=_share(
                frozenset().union(*found, stems(page.title, page.language) & stem_weights.keys()), stem_weights
            ),
            on_page_pieces=_share(frozenset().union(*cut, title), piece_weights),
        )


def _share(part: frozenset[str], weights: dict[str, float]) -> float:
    # Sorted: the sum of floats depends on the order, and sets of strings have another one in each process.
    total = sum(weights[word] for word in sorted(weights))
    return sum(weights[word] for word in sorted(part)) / total if total else 0.0


def _headings(sentences: tuple[str, ...]) -> list[int | None]:
    """Per sentence the row of the heading above it (of itself, when it is one), or None above the first."""
    current: int | None = None
    found: list[int | None] = []
    for row, sentence in enumerate(sentences):
        if len(sentence) < _HEADING_CHARS and not _NOT_A_HEADING.search(sentence):
            current = row
        found.append(current)
    return found


def _flags(values: Iterable[bool]) -> _Values:
    return np.array(list(values), dtype=np.float32)


def unit(rows: Matrix) -> Matrix:
    """Vectors scaled to length 1; a zero vector stays one."""
    return np.asarray(rows / (np.linalg.norm(rows, axis=-1, keepdims=True) + 1e-6))


def _window_mean(rows: Matrix) -> Matrix:
    return np.array([rows[max(0, i - 1) : i + 2].mean(axis=0) for i in range(len(rows))])


def _spread(values: _Values, reach: int, highest: bool = False) -> _Values:
    """Mean (or maximum) over the neighbours up to `reach` away."""
    parts = (values[max(0, i - reach) : i + reach + 1] for i in range(len(values)))
    return np.array([part.max() if highest else part.mean() for part in parts])


def _per_group(values: _Values, groups: NDArray[np.intp], function: Callable[[_Values], Any]) -> _Values:
    result = np.empty(len(values))
    for group in np.unique(groups):
        result[groups == group] = function(values[groups == group])
    return result


def _z(values: _Values) -> _Values:
    return np.asarray((values - values.mean()) / (values.std() + 1e-3))


def _rank(values: _Values) -> _Values:
    """0 for the highest, 1 for the lowest."""
    return np.asarray((-values).argsort(kind="stable").argsort(kind="stable") / max(1, len(values) - 1))


def _shift(values: _Values, by: int) -> _Values:
    """The value of the sentence `by` further; beyond the ends the mean."""
    count = len(values)
    shifted = np.full(count, values.mean())
    if 0 < by < count:
        shifted[: count - by] = values[by:]
    elif 0 < -by < count:
        shifted[-by:] = values[:by]
    return shifted
