"""Sections with Markdown text from the lines and tables of a PDF."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.sources.hyphens import Vocabulary
from ingest.sources.pdf_headings import body_style, heading_levels, is_contents, is_heading, joins_heading
from ingest.sources.pdf_lines import Block, Line, block_texts
from ingest.sources.pdf_paragraphs import markdown_of
from ingest.sources.sections import Section

_CONTENTS = re.compile(r"^(?:inhalt|inhalts(?:verzeichnis|übersicht)|(?:table of )?contents)$", re.IGNORECASE)
"""Headings whose entries are left out: they repeat the document's headings."""


@dataclass(slots=True)
class _Open:
    """A section that is being read."""

    heading: str
    place: int
    """Page, from 1."""
    last: Line | None = None
    """Last line of the heading."""
    content: list[Block] = field(default_factory=list)


def sections_of(blocks: Sequence[Block]) -> tuple[Section, ...]:
    """Headings with the text below them, in order; `place` is the page."""
    body = body_style(blocks)
    words = Vocabulary(text for block in blocks for text in block_texts(block))
    sections = [_Open("", blocks[0].page if blocks else 1)]
    for index, block in enumerate(blocks):
        now = sections[-1]
        if _CONTENTS.match(now.heading) and is_contents(block):
            continue
        if isinstance(block, Line):
            if now.last is not None and not now.content and joins_heading(block, now.last, body):
                now.heading, now.last = words.join(now.heading, block.text), block
                continue
            before = blocks[index - 1] if index else None
            after = blocks[index + 1] if index + 1 < len(blocks) else None
            if is_heading(block, before, after, body):
                sections.append(_Open(block.text, block.page, block))
                continue
        now.content.append(block)
    sections = [section for section in sections if section.content or not _CONTENTS.match(section.heading)]
    levels = heading_levels([section.last for section in sections])
    return tuple(
        Section(section.heading, markdown_of(section.content, body, words), section.place, level)
        for section, level in zip(sections, levels, strict=True)
        if section.heading or section.content
    )
