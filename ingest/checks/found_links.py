"""The links in a text: Markdown links and bare web addresses, each with the module it stands in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.checks.check import CheckedText
from ingest.checks.long_texts import cut_paragraphs
from ingest.document import Module

_MARKDOWN = MarkdownIt("commonmark").enable("table")
_BARE = re.compile(r"""\bhttps?://[^\s<>"'|\])}]+""")
_SENTENCE_MARKS = ".,;:!?"


@dataclass(frozen=True, slots=True)
class Link:
    """One link; `target` as it stands there."""

    target: str
    words: str
    """What readers see of it."""
    module: Module


def links_of(text: CheckedText) -> Iterator[Link]:
    """Every link of the modules' texts, in order, each target once a module. Cheap for modules without any."""
    for module in text.document.modules:
        seen: set[str] = set()
        for target, words in _links(module.text):
            if target not in seen:
                seen.add(target)
                yield Link(target, words, module)


def _links(markdown: str) -> Iterator[tuple[str, str]]:
    if "](" in markdown or "]:" in markdown or "<http" in markdown:
        for token in _MARKDOWN.parse(cut_paragraphs(markdown)):
            yield from _inline_links(token)
    for match in _BARE.finditer(markdown):
        address = match.group().rstrip(_SENTENCE_MARKS)
        yield address, address


def _inline_links(token: Token) -> Iterator[tuple[str, str]]:
    children = token.children or []
    for index, child in enumerate(children):
        if child.type == "link_open":
            end = next(i for i in range(index, len(children)) if children[i].type == "link_close")
            words = "".join(inner.content for inner in children[index + 1 : end])
            yield str(child.attrs.get("href", "")), words
