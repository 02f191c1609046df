"""The question without its frame: self-introductions, greetings, thanks, courtesy and rudeness say nothing about it.

`frames.yaml` lists the words that such pieces of a message are made of, so that a frame is known by its words and not
by heart. A piece with any other word stays, and so does a message that is nothing but frame.
"""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from app.answering.frame_words import FrameWords, folded_words, frame_words
from app.answering.rudeness import rudeness
from app.text.terms import fold

_BOUNDARY = re.compile(r"(?P<mark>(?:(?<!\d)\.|[!?…:;؟،,])+)(?=\s|$)|\s(?P<dash>[–—-])(?=\s)")
_WORD = re.compile(r"[^\W_]+")
_AGE_STOP = re.compile(
    r"(\b(?:bin|werde|am|[Ii][’']m)"
    r"(?: (?:schon|erst|gerade|jetzt|inzwischen|mittlerweile|nun|bereits|fast|knapp|already|now|just|only))?"
    r" \d{1,3}\.)\s"
)
"""A stop behind an age, which is no ordinal: "Ich bin schon 81. Was kostet …"."""
_NAME_INLINE = re.compile(r"(?<!Herr )(?<!Herrn )(?<!Frau )(?<!Familie ),? ?\[Name\]\s?")
_SPACE_BEFORE_MARK = re.compile(r"\s+([,.;:!?])")
_EDGES = " ,;:–—-"
_GERMAN = "de"
_TRAILING = " .!?…:;؟،,"
_DASHES = frozenset("–—-")
_ENDS = frozenset("?!.؟")


@dataclass(frozen=True, slots=True)
class Unframed:
    """A message's question."""

    text: str
    """The message as it is, when nothing else would be left."""
    removed: tuple[str, ...]
    """The pieces that were taken away, in their order."""
    only_frame: tuple[str, ...] = ()
    """All pieces of a message that is nothing but frame; empty where there is a question."""
    told: tuple[str, ...] = ()
    """Those of the removed pieces that tell the age or the origin of the one who asks."""


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    mark: str
    """What ends it, white space excluded; empty at a bare end."""


def unframe(
    text: str, language: str, town: str = "", *, without_told: bool = False, topics: Container[str] | None = None
) -> Unframed:
    """The question of a masked message; `town` is the town's name, which says nothing in "Bürgerin von Musterstadt".

    `without_told` takes away how old the one who asks is and where from, too, where a question is left. `topics` are
    folded nouns of the town's texts: a piece with one may be what is asked about, so nothing makes it mere rudeness.
    """
    words = frame_words().get(language)
    if words is None:
        return Unframed(text, ())
    text_cut = words.begins.sub("\n", _AGE_STOP.sub(r"\1\n", words.with_names_masked(text)))
    pieces = _pieces(_with_rude_end_cut(text_cut, topics) if language == _GERMAN else text_cut)
    own = frozenset(_WORD.findall(fold(town)))
    # Who asks says the least, courtesy the most: "Ich heiße [Name]. Guten Morgen!" is a greeting.
    only_frame: tuple[str, ...] = ()
    for level in range(len(words.marks), 0, -1):
        kept, removed = _without_frames(pieces, words, level, own, topics, german=language == _GERMAN)
        if not kept or (level == len(words.marks) and not _says_something(kept, words)):
            only_frame = tuple(piece.text for piece in pieces)
            continue
        told = [piece for piece in kept if without_told and words.is_told(piece.text)]
        asked = [piece for piece in kept if piece not in told]
        if not _says_something(asked, words):
            told, asked = [], kept
        removed += [piece.text for piece in told]
        cleaned, more = _without_inline(_joined(asked), words)
        if cleaned and (removed or more):
            return Unframed(cleaned, (*removed, *more), only_frame, tuple(piece.text for piece in told))
        if cleaned:
            break
    return Unframed(text, (), only_frame)


def _with_rude_end_cut(text: str, topics: Container[str] | None) -> str:
    """With a line's end before a rude end that no mark parts from the question: "wo ist das Amt Das nervt"."""
    last = next((match.end() for match in reversed(list(_BOUNDARY.finditer(text.rstrip(_TRAILING))))), 0)
    found = list(_WORD.finditer(text, last))
    place = rudeness().beginning_of_rude_end(
        [fold(match.group()) for match in found], [match.group()[0].isupper() for match in found], topics
    )
    return text if place is None else f"{text[: found[place].start()].rstrip()}\n{text[found[place].start() :]}"


def _without_frames(
    pieces: Sequence[_Piece],
    words: FrameWords,
    level: int,
    own: frozenset[str],
    topics: Container[str] | None,
    *,
    german: bool,
) -> tuple[list[_Piece], list[str]]:
    kept: list[_Piece] = []
    removed: list[str] = []
    for piece in pieces:
        scolds = german and level > 1 and rudeness().is_rude(folded_words(piece.text), topics)
        if not (scolds or words.is_frame(piece.text, level, own)):
            kept.append(piece)
            continue
        removed.append(piece.text)
        if kept and piece.mark[-1:] in _ENDS and kept[-1].mark[-1:] not in _ENDS:
            kept[-1] = _Piece(kept[-1].text.rstrip("."), piece.mark)
    return kept, removed


def _says_something(pieces: Sequence[_Piece], words: FrameWords) -> bool:
    return any(
        not words.known.fullmatch(word) and word not in words.little
        for piece in pieces
        for word in folded_words(piece.text)
    )


def _without_inline(text: str, words: FrameWords) -> tuple[str, list[str]]:
    """Without rude words and masked names within a sentence; a name stays behind its title, where it is needed."""
    removed: list[str] = []

    def take(match: re.Match[str]) -> str:
        removed.append(match.group().strip())
        return " "

    text = _NAME_INLINE.sub(take, words.anywhere.sub(take, text))
    return " ".join(_SPACE_BEFORE_MARK.sub(r"\1", text).split()).strip(_EDGES), removed


def _joined(pieces: Sequence[_Piece]) -> str:
    return " ".join(piece.text + (f" {piece.mark}" if piece.mark in _DASHES else piece.mark) for piece in pieces)


def _pieces(text: str) -> list[_Piece]:
    """The message cut behind every mark that is followed by white space, and where a line begins."""
    return [piece for line in text.split("\n") for piece in _pieces_of_line(line)]


def _pieces_of_line(line: str) -> Iterator[_Piece]:
    start = 0
    for match in _BOUNDARY.finditer(line):
        if line[start : match.start()].strip():
            yield _Piece(line[start : match.start()].strip(), match["mark"] or match["dash"])
        start = match.end()
    if line[start:].strip():
        yield _Piece(line[start:].strip(), "")
