"""What a web page states about itself: title, language, address, days."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from ingest.sources.plain import one_line

_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(https?://\S+)")
_LANGUAGE = re.compile(r"[A-Za-z]{2}(?![A-Za-z])")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MODIFIED = ("article:modified_time", "dcterms.modified", "dc.date.modified", "last-modified")
_SITE_AFTER_TITLE = re.compile(r"\s+(?:[|·•–—»:]|-)\s+")
_OLDEST_YEAR = 2000
_DEEPEST = 6
"""Levels of lists and objects in JSON-LD that are looked through."""


def title_of(page: HtmlElement, content: HtmlElement) -> str:
    """The first `h1` of the text, or the page's title without the site's name after it. May be empty."""
    for root in (content, page):
        for heading in root.iter("h1"):
            if text := one_line(heading.text_content()):
                return text
    stated = _meta(page).get("og:title") or one_line(page.findtext(".//title") or "")
    return _SITE_AFTER_TITLE.split(stated, maxsplit=1)[0].strip()


def fields_of(page: HtmlElement, address: str | None) -> dict[str, object]:
    """`language`, `source_url`, `reviewed_on` and `valid_until` as far as the page states them without contradiction.

    A review is stated by `lastReviewed`; else the day of the last change counts as one, if all statements agree.
    """
    metas, linked = _meta(page), list(_linked_data(page))
    fields: dict[str, object] = {}
    if language := _LANGUAGE.match(page.get("lang") or page.get("xml:lang") or ""):
        fields["language"] = language[0].lower()
    if url := _canonical(page, address):
        fields["source_url"] = url
    reviewed = _agreed(item.get("lastReviewed") for item in linked)
    changed = _agreed([*(item.get("dateModified") for item in linked), *(metas.get(name) for name in _MODIFIED)])
    if day := reviewed or changed:
        fields["reviewed_on"] = day
    if day := _agreed(item.get("expires") for item in linked):
        fields["valid_until"] = day
    return fields


def base_address(page: HtmlElement, address: str | None) -> str | None:
    """What relative links in the page are relative to; None when unknown."""
    known = address or _canonical(page, None)
    stated = page.xpath("string(//base/@href)")
    try:
        return urljoin(known or "", str(stated).strip()) or None
    except ValueError:
        return known


def foreign_base(page: HtmlElement, address: str | None) -> str | None:
    """The host that the page makes its links relative to, if that is another one than its own; None otherwise."""
    hosts = []
    for url in (str(page.xpath("string(//base/@href)")), address or _canonical(page, None)):
        try:
            hosts.append((urlsplit((url or "").strip()).hostname or "").removeprefix("www."))
        except ValueError:
            return None
    stated, own = hosts
    return stated if stated and own and stated != own else None


def _canonical(page: HtmlElement, address: str | None) -> str | None:
    """The address that the page gives as its own; else the one it was read from; None when neither is known."""
    links = page.xpath("//link[contains(concat(' ', translate(@rel, 'CANOIL', 'canoil'), ' '), ' canonical ')]/@href")
    saved = (_SAVED_FROM.search(comment.text or "") for comment in page.getroottree().xpath("//comment()"))
    stated = [*links, _meta(page).get("og:url"), *(match.group(1) for match in saved if match), address]
    for url in stated:
        try:
            whole = urljoin(address or "", str(url or "").strip())
            parts = urlsplit(whole)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname and not re.search(r"\s", whole):
            return parts._replace(fragment="").geturl()
    return None


def _meta(page: HtmlElement) -> Mapping[str, str]:
    """`<meta>` elements by name, in lower case; the first counts."""
    metas: dict[str, str] = {}
    for element in page.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("http-equiv") or "").casefold()
        metas.setdefault(name, one_line(element.get("content") or ""))
    return metas


def _linked_data(page: HtmlElement) -> Iterator[Mapping[str, object]]:
    """Every object in the page's JSON-LD."""
    for script in page.xpath("//script[translate(@type, 'DJLNOS', 'djlnos')='application/ld+json']"):
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        yield from _objects(data, _DEEPEST)


def _objects(value: object, depth: int) -> Iterator[Mapping[str, object]]:
    if depth == 0:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth - 1)
    elif isinstance(value, dict):
        yield value
        for item in value.values():
            yield from _objects(item, depth - 1)


def _agreed(values: Iterable[object]) -> date | None:
    """The one day that all values name; None when they name none, several, or one before the web was of use."""
    days = {day for value in values if isinstance(value, str) and (day := _day(value))}
    return days.pop() if len(days) == 1 else None


def _day(text: str) -> date | None:
    match = _DAY.match(text.strip())
    try:
        day = date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
    return day if day and day.year >= _OLDEST_YEAR else None
