"""Which lines of a PDF are headings: by size, weight and numbering."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.sources.pdf_lines import Block, Line

_LARGER = 1.12
"""Times the size of running text."""
_LONGEST = 140
"""Characters of a heading; more is a paragraph that is set large or bold."""
_LONGEST_NUMBERED = 70
_SLACK = 0.75
"""Times the font size: a blank, and what programs keep free at the end of a line."""
_FULL = 0.85
"""Share of the width from which a column's last line may go on in the next column."""
_SENTENCE_END = re.compile(r"[.;,!]$")
_PARAGRAPH_SIGN = re.compile(
    r"^§§?\s*\d+\s?[a-z]?\b(?!\s*(?:Abs|Satz|Nr|Nummer|Ziff|S\.|f\.|ff|und\b|oder\b|bis\b|der\b|des\b|[,;]))"
)
_CITATION = re.compile(r"^§§?\s*\d+\s?[a-z]?\s+(?:Abs|Satz|Nr|Nummer|Ziff|S\.|f\.|ff|und\b|oder\b|bis\b|der\b|des\b)")
_PART = re.compile(
    r"^(?:(?:Anlage|Anhang|Teil|Abschnitt|Kapitel|Artikel|Art\.)\s+(?:\d+|[IVX]+|[A-Z])\b|Präambel$|Inhaltsverzeichnis$)"
)
_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,5}\.|[A-H]\.)\s+[A-ZÄÖÜ]")
_DOTS = re.compile(r"(?:[.…]\s?){5,}")
_ENTRY_OF_CONTENTS = re.compile(r"(?:(?:[.…]\s?){3,}|\s)\s*(?:\d{1,3}|[ivx]{1,5})$")
_MONTH = re.compile(r"^\d{1,2}\.\s+(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)")
MARK = re.compile(
    r"^(?:(?P<bullet>[•‣◦▪●○■□✓➢*–—-])|(?P<number>\d{1,3})[.)]|(?P<absatz>\(\d{1,3}[a-z]?\))|(?P<letter>\(?[a-z]{1,2}\)))\s+(?=\S)"
)
"""A list mark at the beginning of a line, and the "(1)" of a statute's paragraph."""


@dataclass(frozen=True, slots=True)
class BodyStyle:
    """How most of the text is set."""

    size: float
    """In points."""
    bold: bool
    pitch: float
    """Usual distance of two lines of a paragraph, from top to top."""


def body_style(blocks: Sequence[Block]) -> BodyStyle:
    """Measured by letters, so that headings and short lists don't count much."""
    lines = [block for block in blocks if isinstance(block, Line)]
    sizes: Counter[float] = Counter()
    letters = bold = 0
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
        letters += len(line.text)
        bold += len(line.text) if line.bold else 0
    size = max(sizes, key=lambda value: sizes[value], default=10.0)
    pitches = Counter(
        round(after.top - before.top)
        for before, after in pairwise(lines)
        if same_column(before, after) and 0 < after.top - before.top < 2.5 * size
    )
    pitch = min((value for value, count in pitches.items() if count >= 0.4 * max(pitches.values())), default=1.2 * size)
    return BodyStyle(size, bold * 2 > letters, float(pitch))


def same_column(before: Line, after: Line) -> bool:
    return before.page == after.page and before.column == after.column and after.top > before.top


def is_display(line: Line, body: BodyStyle) -> bool:
    """Whether a line stands out by size or weight."""
    return line.size >= _LARGER * body.size or (line.bold and not body.bold)


def is_contents(block: Block) -> bool:
    """Entries of a table of contents: a heading, mostly dots, and a page number."""
    if isinstance(block, Line):
        return bool(_ENTRY_OF_CONTENTS.search(block.text))
    return all(row[-1].isdecimal() for row in block.rows)


def is_heading(line: Line, before: Block | None, after: Block | None, body: BodyStyle) -> bool:
    """Whether a line is a heading; `before` and `after` are its neighbours in reading order."""
    text = line.text
    if _DOTS.search(text):
        return False
    if not any(letter.isalpha() for letter in text) or len(text) > _LONGEST:
        return bool(_PARAGRAPH_SIGN.match(text)) and _stands_alone(line, before, body)
    if is_display(line, body):
        return not (_ends_sentence(text) or _is_item(line, after)) or bool(_PARAGRAPH_SIGN.match(text))
    if len(text) > _LONGEST_NUMBERED or _ends_sentence(text):
        return False
    if _PARAGRAPH_SIGN.match(text) or _PART.match(text):
        return _stands_alone(line, before, body)
    return bool(_NUMBER.match(text)) and not _MONTH.match(text) and _opens_paragraph(line, before, after, body)


def joins_heading(line: Line, last: Line, body: BodyStyle) -> bool:
    """Whether a line goes on with the heading in the line before: one over two lines, or "§ 3" above its title."""
    near = same_column(last, line) and line.top - last.top < 2.0 * max(last.size, body.size)
    if not near or MARK.match(line.text) or _PARAGRAPH_SIGN.match(line.text) or _NUMBER.match(line.text):
        return False
    if re.fullmatch(r"§\s*\d+\s?[a-z]?", last.text):
        return len(line.text) <= _LONGEST_NUMBERED and not _ends_sentence(line.text)
    return is_display(last, body) and abs(line.size - last.size) < 0.3 and line.bold == last.bold


def heading_levels(headings: Sequence[Line | None]) -> list[int]:
    """Levels 1 to 6 by size, weight and depth of the number ("2.1"); 2 for the text before the first heading."""
    styles = sorted({_style(line) for line in headings if line is not None}, reverse=True)
    return [2 if line is None else min(6, 1 + styles.index(_style(line)) + _depth(line)) for line in headings]


def _style(line: Line) -> tuple[float, bool]:
    return round(line.size * 2) / 2, line.bold


def _depth(line: Line) -> int:
    match = re.match(r"\d{1,2}((?:\.\d{1,2})+)", line.text)
    return match[1].count(".") if match else 0


def is_numbered(heading: str) -> bool:
    """Whether a heading is one of several: a paragraph of a statute, a numbered part, an annex."""
    return any(pattern.match(heading) for pattern in (_PARAGRAPH_SIGN, _PART, _NUMBER))


def _ends_sentence(text: str) -> bool:
    return bool(_SENTENCE_END.search(text)) and not re.fullmatch(r"(?:\d{1,2}\.|§.*)", text)


def _is_item(line: Line, after: Block | None) -> bool:
    """A bold list item is no heading when another item follows."""
    mark = MARK.match(line.text)
    if mark is None:
        return False
    return mark["bullet"] is not None or (isinstance(after, Line) and MARK.match(after.text) is not None)


def _stands_alone(line: Line, before: Block | None, body: BodyStyle) -> bool:
    """Whether a line does not go on with the paragraph before it, as "§ 3" at a line's beginning may."""
    if not isinstance(before, Line):
        return True
    if not same_column(before, line):
        left, right = before.column
        return before.text.endswith((".", ":", ";")) or before.x1 < left + _FULL * (right - left)
    return (
        line.top - before.top > 1.3 * body.pitch
        or before.text.endswith((".", ":", ";"))
        or line.x0 > before.x0 + 20
        or broken_on_purpose(before, line)
    )


def broken_on_purpose(before: Line, after: Line) -> bool:
    """Whether the next line's first word would have fitted: then the author, not the width, ended the line.

    A small letter after an open sentence goes on with it; so does the "§ 3 Abs. 2" of a citation.
    """
    goes_on = after.text[:1].islower() or _CITATION.match(after.text)
    if goes_on and not before.text.endswith((".", "!", "?", ":", ";")):
        return False
    return before.x1 + after.first_word < before.right - _SLACK * before.size


def _opens_paragraph(line: Line, before: Block | None, after: Block | None, body: BodyStyle) -> bool:
    """A numbered line in ordinary print is a heading when it is short and text follows that isn't another item."""
    if not _stands_alone(line, before, body) or not isinstance(after, Line):
        return False
    width = line.column[1] - line.column[0]
    short = line.x1 - line.column[0] < 0.7 * width
    return short and not MARK.match(after.text) and after.text[:1].isupper() and after.x0 <= line.x0 + 2
