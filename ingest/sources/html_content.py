"""The part of a web page that is its text: no navigation, banners, forms, footers, or hidden text."""

import re

from lxml.html import HtmlElement

from ingest.sources.html_trees import drop, text_length
from ingest.sources.html_unmarked import likely_content

_NO_TEXT = (
    "script style noscript template svg math iframe object embed applet canvas audio video map nav input select "
    "textarea datalist option dialog link meta"
).split()
_NO_TEXT_ROLES = frozenset("navigation banner contentinfo search complementary dialog alertdialog menu menubar".split())
_NO_TEXT_NAMES = frozenset(
    "nav navbar navigation breadcrumb breadcrumbs cookie cookies cookiebanner cookieconsent consent share sharing "
    "shariff social socialmedia skiplink skiplinks pagination pager teilen sitemap footer "
    "newsletter feedback toolbar metanav servicenav langnav sidebar teaserbox advert popup modal".split()
)
"""Words of a class or id; how content management systems name what surrounds the text."""
_SAY_OTHERWISE = frozenset("with without has no mit ohne".split())
"""`page-with-sidebar` is no sidebar."""
_ONLY_HEARD = frozenset("sr-only visually-hidden visuallyhidden screen-reader-text invisible-text".split())
"""Classes of hints for screen readers: "Öffnet in neuem Fenster"."""
_HIDDEN_STYLE = re.compile(
    r"display:none|visibility:hidden|font-size:0(?!\.?[1-9])|opacity:0(?!\.?[1-9])|text-indent:-\d{3,}"
)
_COLOURS = dict.fromkeys(("#fff", "white", "rgb(255,255,255)", "hsl(0,0%,100%)"), "#ffffff") | dict.fromkeys(
    ("#000", "black", "rgb(0,0,0)", "hsl(0,0%,0%)"), "#000000"
)
_NO_COLOURS = frozenset("inherit initial unset revert currentcolor transparent".split())
_MAIN = ("//main", "//*[@role='main']", "//article", "//*[@id='content' or @id='main' or @id='inhalt']")
_SHORTEST_MAIN = 80
"""Characters; what calls itself the main part but has less text is an empty frame."""
_SHARE_OF_MAIN = 0.5
"""What holds more of the text than this is the text, whatever it is called."""


def main_content(page: HtmlElement) -> tuple[HtmlElement, tuple[str, ...]]:
    """The element that holds the page's text, cleaned in place, and the hidden texts that were left out of it.

    Where the page doesn't mark its main part, it is looked for.
    """
    _unwrap_large_forms(page)
    root = _marked(page)
    hidden = _clean(page if root is None else root)
    return likely_content(page) if root is None else root, hidden


def _marked(page: HtmlElement) -> HtmlElement | None:
    for path in _MAIN:
        found = [element for element in page.xpath(path) if isinstance(element, HtmlElement)]
        if path == "//article" and len(found) > 1:
            continue  # a list of news
        longest = max(found, key=text_length, default=None)
        if longest is not None and text_length(longest) >= _SHORTEST_MAIN:
            return longest
    return None


def _clean(root: HtmlElement) -> tuple[str, ...]:
    """Removes what is no text; returns the beginnings of hidden texts."""
    whole = text_length(root)
    revealed = _revealed(root)
    hidden: list[str] = []
    for element in list(root.iterdescendants()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if element.tag in _NO_TEXT or element.get("role", "") in _NO_TEXT_ROLES or _is_heard_only(element):
            drop(element)
        elif _is_hidden(element) and element.get("id") not in revealed:
            if text := " ".join(element.text_content().split()):
                hidden.append(text)
            drop(element)
        elif _surrounds(element) and text_length(element) < _SHARE_OF_MAIN * whole:
            drop(element)
    return tuple(hidden)


def _surrounds(element: HtmlElement) -> bool:
    """Whether an element stands around the text, by its tag or by how it is called."""
    if element.tag in ("form", "footer", "aside"):
        return True
    if element.tag == "button":
        return not any(
            parent.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "summary") for parent in element.iterancestors()
        )
    if element.tag not in ("div", "section", "ul", "ol", "p", "span", "a", "header"):
        return False
    names = f"{element.get('class', '')} {element.get('id', '')}".casefold().split()
    parts = (set(re.split(r"[^a-z0-9]+", name)) for name in names)
    return any(words & _NO_TEXT_NAMES and not words & _SAY_OTHERWISE for words in parts)


def _is_heard_only(element: HtmlElement) -> bool:
    return not _ONLY_HEARD.isdisjoint(element.get("class", "").casefold().split())


def _is_hidden(element: HtmlElement) -> bool:
    if "hidden" in element.attrib or element.get("aria-hidden") == "true":
        return True
    style = "".join(element.get("style", "").casefold().split())
    if not style:
        return False
    return _HIDDEN_STYLE.search(style) is not None or _in_colour_of_background(style)


def _in_colour_of_background(style: str) -> bool:
    """Whether text is written in the colour that it stands on: `color:#fff;background:white`."""
    stated = dict(rule.partition(":")[::2] for rule in style.replace("!important", "").split(";"))
    colour, background = stated.get("color"), stated.get("background-color") or stated.get("background")
    if colour is None or background is None or colour in _NO_COLOURS:
        return False
    return _COLOURS.get(colour, colour) == _COLOURS.get(background, background)


def _revealed(root: HtmlElement) -> frozenset[str]:
    """Ids of what a button or link shows: the closed parts of an accordion are text."""
    named = (
        (element.get(name) or "").lstrip("#").split()
        for element in root.iter("a", "button", "summary", "h2", "h3", "h4", "div", "span", "li")
        for name in ("aria-controls", "data-target", "data-bs-target", "href")
        if (element.get(name) or "").startswith("#") or name == "aria-controls"
    )
    return frozenset(part for parts in named for part in parts)


def _unwrap_large_forms(page: HtmlElement) -> None:
    """Some servers wrap the whole page in one form."""
    whole = text_length(page)
    for form in list(page.iter("form")):
        if text_length(form) >= _SHARE_OF_MAIN * whole:
            form.tag = "div"
