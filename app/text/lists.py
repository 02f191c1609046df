"""A module's Markdown as a list and what stands around it, for checklists and tables."""

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt

from app.text.units import quotable_units

_MARKDOWN = MarkdownIt("commonmark").enable("table").disable(["lheading", "reference"])
_SENTENCES_AFTER_A_LIST = re.compile(
    r"^(\s*(?:[-*+]|\d+[.)])\s.*[^.!?:\s])\n(?=[^\W\d_a-zß-ÿ][^\n]*[.!?]$)", re.MULTILINE
)
"""Markdown takes a sentence right below a list for the rest of its last item; people don't."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Both in the order of the text, without Markdown marks."""

    items: tuple[str, ...]
    """One a list item or table row (cells joined by ": "), whole, however many sentences it has."""
    notes: tuple[str, ...]
    """The sentences outside of lists and tables."""


def listed(markdown: str) -> Listed:
    """The items and the notes of a text; items of lists within lists come one by one, too."""
    markdown = _SENTENCES_AFTER_A_LIST.sub(r"\1\n\n", markdown)
    lines = markdown.splitlines()
    items: list[str] = []
    taken: set[int] = set()
    depth = 0
    for token in _MARKDOWN.parse(markdown):
        if token.type in ("list_item_open", "tbody_open"):
            depth += 1
        elif token.type in ("list_item_close", "tbody_close"):
            depth -= 1
        elif token.type in ("table_open", "bullet_list_open", "ordered_list_open") and token.map:
            taken.update(range(*token.map))
        elif depth and token.map and token.type in ("inline", "tr_open"):
            if token.type == "tr_open":
                items += _row(lines, token.map[0])
            elif not _in_table(lines, token.map[0]):
                items.append(" ".join(quotable_units(token.content)))
    rest = "\n".join("" if number in taken else line for number, line in enumerate(lines))
    return Listed(tuple(item for item in items if item), quotable_units(rest))


def _row(lines: list[str], number: int) -> tuple[str, ...]:
    cells = (cell.strip() for cell in lines[number].strip().strip("|").split("|"))
    return (": ".join(" ".join(quotable_units(cell)) for cell in cells if cell),)


def _in_table(lines: list[str], number: int) -> bool:
    return lines[number].lstrip().startswith("|")
