"""What a page holds that would act in a browser, or speaks to machines. None of it becomes text; editors hear of it.

What every page has (scripts, buttons that do something) is left out without a word.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from app.answering.instructions import instruction_in

_FRAMES = ("iframe", "object", "embed", "applet")
_HANDLERS = ("onload", "onerror", "onbegin", "onend", "ontoggle", "onanimationstart", "ontransitionend", "onfocus")
"""They run without anybody pressing anything."""
_SCRIPT_LINK = re.compile(r"(?:javascript|vbscript|data|file)\s*:", re.IGNORECASE)
_HARMLESS_SCRIPT = re.compile(
    r"javascript\s*:\s*(?:;|void|print|window\.print|history|window\.history|$)", re.IGNORECASE
)
_IGNORED_IN_SCHEME = re.compile(r"[\x00-\x20]")
"""Browsers read `java\\tscript:` as what it looks like."""
_REFRESH = re.compile(r"^\s*[\d.]+\s*[;,]\s*(?:url\s*=\s*)?['\"]?([^'\"\s]+)", re.IGNORECASE)
_FEWEST_WORDS = 4
_LONGEST_COMMENT = 2000


@dataclass(frozen=True, slots=True)
class ActivePart:
    """Something that acts, and the element that it stands in."""

    parent: HtmlElement
    what: str


def active_parts(page: HtmlElement) -> tuple[ActivePart, ...]:
    """Embedded frames, links to scripts, and handlers that run by themselves; to be asked before a page is cleaned."""
    return tuple(
        ActivePart(parent, what)
        for element in page.iterdescendants()
        if isinstance(element.tag, str) and (parent := element.getparent()) is not None and (what := _what(element))
    )


def inside(parts: Iterable[ActivePart], content: HtmlElement) -> tuple[str, ...]:
    """The parts that stand in what is left of a page, in words, each once."""
    left = (
        part.what
        for part in parts
        if part.parent is content or any(ancestor is content for ancestor in part.parent.iterancestors())
    )
    return tuple(dict.fromkeys(left))


def redirect_target(page: HtmlElement) -> str:
    """Where the page sends whoever opens it; empty when nowhere."""
    for meta in page.iter("meta"):
        if meta.get("http-equiv", "").strip().casefold() == "refresh":
            found = _REFRESH.match(meta.get("content", ""))
            if found is not None:
                return found[1]
    return ""


def instruction_in_comment(page: HtmlElement) -> str:
    """The first comment that reads like an instruction to a language model; empty without one."""
    return next((comment for comment in _comments(page) if instruction_in(comment)), "")


def _what(element: HtmlElement) -> str:
    if element.tag in _FRAMES and next(element.iterancestors("noscript"), None) is None:
        address = element.get("src") or element.get("data") or ""
        return f"an embedded frame{_from_host(address)}" if address else ""
    if element.tag == "a":
        target = _IGNORED_IN_SCHEME.sub("", element.get("href", ""))
        if _SCRIPT_LINK.match(target) and not _HARMLESS_SCRIPT.match(target):
            return f"a link to '{target.partition(':')[0].lower()}:'"
        return ""
    handler = next((name for name in _HANDLERS if name in element.attrib), "")
    return f"'{handler}' on <{element.tag}>" if handler and element.tag != "body" else ""


def _from_host(address: str) -> str:
    try:
        host = urlsplit(address.strip()).hostname
    except ValueError:
        host = None
    return f" from {host}" if host else ""


def _comments(page: HtmlElement) -> Iterator[str]:
    for node in page.getroottree().xpath("//comment()"):
        comment = (node.text or "")[:_LONGEST_COMMENT]
        if len(comment.split()) >= _FEWEST_WORDS and not comment.lstrip().startswith("["):
            yield comment
