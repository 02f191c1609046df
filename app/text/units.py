"""Splitting a module's Markdown into the units that can be quoted: sentences and list items."""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKDOWN = MarkdownIt("commonmark").enable("table").disable(["lheading", "reference"])
"""Without underlined headings and link definitions: "Wichtig\\n---" and "[Hinweis]: Bargeld" are text here."""

_ABBREVIATIONS = frozenset(
    "abs al art bspw bzgl bzw ca co dr etc evtl ff geb gem ggf hr inkl insb jh lt max mind min mio nr o prof rd s "
    "sog st std str tel u usw v vgl z zzgl zz буд вул див просп ст тел cad örn sok".split()
)
_BEGINS = r"A-ZÀ-ÖØ-ÞĞİŞ\u0400-\u042f\u0490\u0621-\u064a\u0671-\u06d3\u0660-\u06690-9§"
"""Latin and Cyrillic capitals, Arabic letters, which have no capitals, and digits."""
_BOUNDARY = re.compile(rf"(?<=[.!?…؟۔])[\"“”»«)]*\s+(?=[\"„“«»(]?[{_BEGINS}])")
_LAST_WORD = re.compile(r"[\w\u064b-\u0652]*$")
"""With the marks of Arabic vowels."""
_LONGEST_END = 8
"""Characters that are read back from a full stop: more than the longest abbreviation has."""
_MONTH = re.compile(r"(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)")
_LARGEST_ORDINAL = 31
"""A number up to a day of the month before a full stop is read as an ordinal ("am 3. Oktober")."""


def quotable_units(markdown: str) -> tuple[str, ...]:
    """The sentences and list items of a text in order, without Markdown marks; headings are left out.

    Table rows become one unit, cells joined by ": "; cells beyond the header's are no part of a Markdown table.
    Nothing but whitespace and marks is lost; the number of a list item is a mark when it counts, not in
    "15. Februar: Grundsteuer".
    """
    units: list[str] = []
    row: list[str] | None = None
    skip = False
    number = ""
    items: list[int] = []
    for token in _MARKDOWN.parse(markdown):
        if token.type in ("heading_open", "heading_close"):
            skip = token.type == "heading_open"
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            units.append(": ".join(cell for cell in row if cell))
            row = None
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            items.append(0)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            items.pop()
        elif token.type == "list_item_open":
            items[-1] += 1
            number = token.info
        elif token.type == "list_item_close":
            number = ""
        elif token.type == "inline" and not skip:
            text = _plain(token)
            if number and (number != str(items[-1]) or _MONTH.match(text)):
                text = f"{number}. {text}"
            number = ""
            if row is not None:
                row.append(text)
            else:
                units.extend(split_sentences(text))
        elif token.type in ("code_block", "fence", "html_block"):
            units.extend(split_sentences(" ".join(token.content.split())))
    return tuple(unit for unit in units if unit)


def split_sentences(text: str) -> list[str]:
    """Sentences of a paragraph; German abbreviations and ordinals don't end one."""
    sentences: list[str] = []
    start = 0
    for boundary in _BOUNDARY.finditer(text):
        if not _goes_on(text[max(start, boundary.start() - _LONGEST_END) : boundary.start()]):
            sentences.append(text[start : boundary.end()].strip())
            start = boundary.end()
    rest = text[start:].strip()
    return [*sentences, rest] if rest else sentences


def _goes_on(before: str) -> bool:
    """Whether a sentence goes on after this end of it, an abbreviation or ordinal."""
    if not before.endswith("."):
        return False
    last = _LAST_WORD.findall(before[:-1])[0]
    if last.isdecimal():
        return len(last) <= 2 and int(last) <= _LARGEST_ORDINAL
    return last.casefold() in _ABBREVIATIONS or len(last) == 1


def _plain(inline: Token) -> str:
    parts = []
    for child in inline.children or []:
        if child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type in ("text", "code_inline", "html_inline", "image"):
            parts.append(child.content)
    return " ".join("".join(parts).split())
