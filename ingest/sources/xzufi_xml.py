"""Finding elements of XZuFi by their local names, whatever namespace a producer puts them in."""

from collections.abc import Iterator
from datetime import date

from lxml import etree

from ingest.sources.plain import one_line
from ingest.sources.xzufi_objects import Localized
from ingest.sources.xzufi_text import text_of

Element = etree._Element
_LONGEST_KEY = 200


def local_name(element: Element) -> str:
    """Empty for comments and processing instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def namespace_of(element: Element) -> str:
    """Empty without one, also where a prefix stands for nothing."""
    return element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""


def line_of(element: Element | None) -> int:
    """From 1; 0 when unknown."""
    line = element.sourceline if element is not None else None
    return line if isinstance(line, int) else 0


def children(element: Element, *names: str) -> Iterator[Element]:
    return (child for child in element if local_name(child) in names)


def child(element: Element | None, *path: str) -> Element | None:
    """The first element below `element` along a path of names."""
    for name in path:
        element = next(children(element, name), None) if element is not None else None
    return element


def descendants(element: Element, *names: str) -> Iterator[Element]:
    return (each for each in element.iterdescendants() if local_name(each) in names)


def value(element: Element | None) -> str:
    """The plain text of an element without children."""
    return (element.text or "").strip() if element is not None else ""


def code_of(element: Element | None) -> str:
    """The `code` in a code element, or its own text."""
    return value(child(element, "code")) or value(element)


def key_of(element: Element | None) -> str | None:
    """The key of an identifier: agency and text, on one line; None when there is no text, or one that is no key."""
    text = one_line(value(element))
    if element is None or not 0 < len(text) <= _LONGEST_KEY:
        return None
    agency = one_line(element.get("schemeAgencyID") or "")[:_LONGEST_KEY]
    return f"{agency}_{text}" if agency else text


def localized(elements: Iterator[Element]) -> tuple[Localized, ...]:
    """Texts with their languages; empty ones are left out."""
    texts = (Localized(language_of(element), text_of(element)) for element in elements)
    return tuple(each for each in texts if each.text)


def language_of(element: Element) -> str:
    return (element.get("languageCode") or "").strip()


def day(element: Element | None) -> date | None:
    """The day of a date or time in ISO 8601. Raises ValueError for anything else; None for no text."""
    text = value(element)
    return date.fromisoformat(text[:10]) if text else None
