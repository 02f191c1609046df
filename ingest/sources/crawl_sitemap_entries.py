"""The entries of one sitemap: XML or plain text, packed or not."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from ingest.sources.crawl_http import gunzipped

UNREADABLE = (ParseError, DefusedXmlException, zlib.error, ValueError, LookupError)
_GZIP_START = b"\x1f\x8b"
_DEEPEST = 32
"""Levels; a sitemap has three, with extensions for pictures and news five."""

_MOST_ELEMENTS = 1_000_000
"""A sitemap may name 50,000 pages."""


def sitemap_entries(body: bytes, most_bytes: int) -> Iterator[tuple[bool, str]]:
    """Whether an entry is a sitemap itself, and its address, one after the other in little memory.

    `most_bytes`: what a packed one may unpack to. Raises TooLargeError, or one of `UNREADABLE` for what is no sitemap.
    """
    if body.startswith(_GZIP_START):
        body = gunzipped([body], most_bytes)
    if not body.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        yield from ((False, line.strip()) for line in body.decode("utf-8-sig").splitlines() if line.strip())
    else:
        yield from _of_xml(body)


def _of_xml(body: bytes) -> Iterator[tuple[bool, str]]:
    """Every element is emptied when it ends, so that none of them, and no tree of them, stays."""
    above: list[Element] = []
    place = ""
    count = 0
    for event, element in iterparse(BytesIO(body), events=("start", "end"), forbid_dtd=True):
        if event == "start":
            count += 1
            if len(above) == _DEEPEST or count > _MOST_ELEMENTS:
                _refuse()
            above.append(element)
            continue
        above.pop()
        name = _local(element)
        if name == "loc" and above and _local(above[-1]) in ("url", "sitemap"):
            place = place or (element.text or "").strip()
        elif name in ("url", "sitemap"):
            if place:
                yield name == "sitemap", place
            place = ""
        if above:
            above[-1].clear()


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _refuse() -> NoReturn:
    raise ValueError(f"it has more than {_MOST_ELEMENTS:,} elements, or more than {_DEEPEST} levels of them")
