"""Small steps on a tree of HTML."""

from lxml.html import HtmlElement

_NO_TEXT = frozenset(("script", "style", "noscript"))


def drop(element: HtmlElement) -> None:
    """Removes an element but not the text after it. One whose parent is gone already is gone with it."""
    if element.getparent() is not None:
        element.drop_tree()


def text_length(element: HtmlElement) -> int:
    """Characters of text, apart from scripts and blanks."""
    length = 0
    for part in element.iter():
        if part.text and isinstance(part.tag, str) and part.tag not in _NO_TEXT:
            length += len("".join(part.text.split()))
        if part.tail and part is not element:
            length += len("".join(part.tail.split()))
    return length
