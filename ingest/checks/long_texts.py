"""Cuts what is far too long for a paragraph or a sentence, so that no text keeps a check busy for hours.

Reading Markdown takes time with the square of a paragraph's length (100,000 opening brackets: minutes), and so do some
patterns with a sentence's. Texts that anybody wrote are never cut.
"""

import re
from collections.abc import Iterator

LONGEST_PARAGRAPH = 5000
"""Characters; two printed pages."""
LONGEST_SENTENCE = 2000
"""Characters; a table row with whole paragraphs in its cells may have a thousand."""
_BELOW_HEADER = re.compile(r"[ \t|:-]*-[ \t|:-]*")


def cut_paragraphs(markdown: str) -> str:
    """Markdown with a blank line inside every paragraph or list that is too long. Tables stay in one piece."""
    if len(markdown) <= LONGEST_PARAGRAPH:
        return markdown
    blocks = markdown.split("\n\n")
    return "\n\n".join("\n\n".join(_pieces(block)) for block in blocks)


def cut_sentence(sentence: str) -> Iterator[str]:
    """The sentence; one that is too long in pieces."""
    yield from _cut(sentence, LONGEST_SENTENCE)


def _pieces(block: str) -> Iterator[str]:
    if len(block) <= LONGEST_PARAGRAPH or _is_table(block):
        yield block
    else:
        yield from _cut(block, LONGEST_PARAGRAPH)


def _is_table(block: str) -> bool:
    """Whether a block is a table whose rows, which are read one by one, are of ordinary length."""
    lines = block.split("\n")
    if len(lines) < 2 or max(map(len, lines)) > LONGEST_PARAGRAPH:
        return False
    return lines[0].count("|") == lines[1].count("|") > 0 and _BELOW_HEADER.fullmatch(lines[1]) is not None


def _cut(text: str, most: int) -> Iterator[str]:
    """Pieces of at most so many characters, cut at a line end or blank if there is one."""
    start = 0
    while len(text) - start > most:
        ends = (text.rfind(mark, start + most // 2, start + most) for mark in "\n ")
        end = next((place + 1 for place in ends if place >= 0), start + most)
        yield text[start:end]
        start = end
    yield text[start:]
