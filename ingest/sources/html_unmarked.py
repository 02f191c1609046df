"""Finds the text of a page that doesn't say where it is.

Trafilatura says what the text is; it is then read from the page itself, because the extraction loses what a fee table
needs: cells over several rows, and which line of the file they stand in.
"""

from lxml.html import HtmlElement

from ingest.sources.html_trees import drop, text_length

_SHARE = 0.9
"""Of the extracted text that an element must hold to be the one with the text."""
_MOST_LINES = 200
"""Of a longer text, so many lines from all over it are looked for."""
_LINK_SHARE = 0.7
_FEWEST_LINKS = 3
_LONGEST_BANNER = 150
"""Characters before the title: the town's name and the like."""
_LONGEST_IMPRINT = 300
"""Characters; every German website links to both `_IMPRINT`, most often in its last lines."""
_IMPRINT = ("impressum", "datenschutz")
_BOXES = ("td", "div", "ul", "p", "section", "tr", "center")


def likely_content(page: HtmlElement) -> HtmlElement:
    """The smallest element that holds the text; surroundings are removed from the page."""
    body = page.find("body")
    whole = page if body is None else body
    for element in list(whole.iterdescendants("header", "footer", "aside")):
        if next(element.iterdescendants("h1"), None) is None:
            drop(element)
    _drop_menus(whole)
    _drop_imprint(whole)
    lines = _extracted_lines(page)
    lines = lines[:: len(lines) // _MOST_LINES + 1]
    needed = _SHARE * sum(map(len, lines))
    element = whole
    while (
        needed and (child := max(element, key=text_length, default=None)) is not None and _held(child, lines) >= needed
    ):
        element = child
    return element


def _extracted_lines(page: HtmlElement) -> list[str]:
    """The lines of text that trafilatura finds, without blanks."""
    import trafilatura

    text = trafilatura.extract(page, include_tables=False, include_comments=False, favor_recall=True) or ""
    return [line for line in ("".join(line.split()).lstrip("-") for line in text.splitlines()) if line]


def _held(element: HtmlElement, lines: list[str]) -> int:
    """Characters of the lines that stand in an element."""
    text = "".join(element.text_content().split()) if isinstance(element.tag, str) else ""
    return sum(len(line) for line in lines if line in text)


def _drop_menus(whole: HtmlElement) -> None:
    """Boxes before the title that are short or hold little but links."""
    title = next(whole.iter("h1"), None)
    if title is None:
        return
    before: list[HtmlElement] = []
    for element in whole.iter():
        if element is title:
            break
        if element.tag in _BOXES and next((part for part in element.iter("h1")), None) is None:
            before.append(element)
    for element in before:
        links = list(element.iter("a"))
        linked = sum(text_length(link) for link in links)
        length = text_length(element)
        if length <= _LONGEST_BANNER or (len(links) >= _FEWEST_LINKS and linked >= _LINK_SHARE * length):
            drop(element)


def _drop_imprint(whole: HtmlElement) -> None:
    for element in list(whole.iter(*_BOXES)):
        text = element.text_content().casefold() if element is not whole else ""
        if len(text) <= _LONGEST_IMPRINT and all(word in text for word in _IMPRINT):
            drop(element)
