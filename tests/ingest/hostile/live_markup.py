"""What would act if a text were shown as Markdown by a program that is careless about HTML and links."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
_MARKDOWN.validateLink = lambda url: True  # type: ignore[method-assign]


def live_markup(markdown: str) -> list[str]:
    """HTML, links that lead to no web address, and pictures."""
    return [found for token in _MARKDOWN.parse(markdown) for found in _live(token)]


def _live(token: Token) -> Iterator[str]:
    if token.type in ("html_block", "html_inline", "image"):
        yield token.content
    if token.type == "link_open" and urlsplit(str(token.attrs["href"])).scheme not in ("http", "https"):
        yield str(token.attrs["href"])
    for child in token.children or []:
        yield from _live(child)
