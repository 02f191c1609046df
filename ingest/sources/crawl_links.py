"""What a page of HTML says to crawlers: its links, its canonical address, and whether it wants to be found."""

import contextlib
from dataclasses import dataclass, field

from lxml import etree

from ingest.sources.crawl_address import normalised
from ingest.sources.crawl_http import AGENT

_MOST_LINKS = 5000
"""A page that links to more is a trap."""


@dataclass(frozen=True, slots=True)
class PageSignals:
    """For crawlers only; the text is read elsewhere."""

    links: tuple[str, ...]
    """Normalised, in the order of the page, each once; none for a page that asks not to follow them."""
    canonical: str | None
    """Address that the page gives as its own, normalised."""
    noindex: bool


def page_signals(body: bytes, address: str, encoding: str | None, robots_tag: str) -> PageSignals:
    """Reads HTML as it streams by, without a tree. Fit for a child process.

    `encoding` is that of the body, None when it has to be guessed; `robots_tag` the header X-Robots-Tag.
    """
    collector = _Collector()
    try:
        parser = etree.HTMLParser(target=collector, encoding=encoding)
    except LookupError:
        parser = etree.HTMLParser(target=collector)
    with contextlib.suppress(etree.LxmlError):  # an empty or binary page has no signals
        parser.feed(body)
        parser.close()
    base = (normalised(collector.base, address) if collector.base else None) or address
    robots = ", ".join([robots_tag, *collector.robots])
    links = (normalised(link, base) for link in collector.links)
    return PageSignals(
        links=() if _orders(robots) & {"nofollow", "none"} else tuple(dict.fromkeys(link for link in links if link)),
        canonical=normalised(collector.canonical, base) if collector.canonical else None,
        noindex=forbids_index(robots),
    )


def forbids_index(robots_tag: str) -> bool:
    """Whether a robots tag, from a header or a page, asks us to leave the page out."""
    return bool(_orders(robots_tag) & {"noindex", "none"})


def _orders(text: str) -> set[str]:
    """The directives for us: those without a name, and those after ours, as in `otherbot: noindex, amtslotse: none`."""
    found: set[str] = set()
    name = ""
    for part in text.lower().split(","):
        before, colon, after = part.partition(":")
        if colon:
            name = before.strip()
        order = (after if colon else before).strip()
        if name in ("", AGENT.lower()):
            found.add(order)
    return found


@dataclass
class _Collector:
    """Target of the parser: gets tags as they come."""

    links: dict[str, None] = field(default_factory=dict)
    """As the page writes them, each once."""
    robots: list[str] = field(default_factory=list)
    canonical: str = ""
    base: str = ""

    def start(self, tag: str | bytes, attrib: dict[str | bytes, str | bytes]) -> None:
        name, attributes = str(tag), {str(key): str(value).strip() for key, value in attrib.items()}
        relations = attributes.get("rel", "").lower().split()
        target = attributes.get("href", "")
        if name in ("a", "area") and target and "nofollow" not in relations:
            if len(self.links) < _MOST_LINKS:
                self.links[target] = None
        elif name == "link" and "canonical" in relations:
            self.canonical = self.canonical or target
        elif name == "base":
            self.base = self.base or target
        elif name == "meta" and attributes.get("name", "").lower() in ("robots", AGENT.lower()):
            self.robots.append(attributes.get("content", ""))

    def end(self, tag: str | bytes) -> None:
        """Tags are all that is needed."""

    def data(self, data: str | bytes) -> None:
        """The text is read elsewhere."""

    def comment(self, text: str | bytes) -> None:
        """Not for crawlers."""

    def close(self) -> None:
        """The fields are read directly."""
