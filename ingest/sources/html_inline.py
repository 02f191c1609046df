"""Text of a page as Markdown: marks made literal, lines mended, links that lead somewhere safe."""

import re
from urllib.parse import unquote, urljoin, urlsplit

_BLANKS = re.compile(r"[ \t\n\r\f]+")
_SPECIAL = re.compile(r"[\\`*]|(?<!\w)_|_(?!\w)|\](?=\()|<(?=[A-Za-z/!?])|&(?=#?\w+;)")
_BLOCK_MARK = re.compile(r"^(?=#{1,6}(?:\s|$)|>|~~~|[-=_]{3,}$)", re.MULTILINE)
_BULLET = re.compile(r"^[•·‣▪▫◦●○∙■□➔→►▶✓✔]\s*", re.MULTILINE)


def escaped(text: str | None) -> str:
    """Text with its blanks collapsed and the marks of Markdown made literal."""
    return _SPECIAL.sub(r"\\\g<0>", _BLANKS.sub(" ", text)) if text else ""


def unescaped(text: str) -> str:
    """A heading is no Markdown: no links, no escapes."""
    return re.sub(r"\\([\\`*_\]<&])", r"\1", re.sub(r"\[([^\]]*)\]\(\S*\)", r"\1", text))


def paragraph(inline: list[str]) -> str:
    """Pieces of text that stand in one line of thought; bullets drawn by hand become list items."""
    joined = "".join(inline).strip()
    if not joined:
        return ""
    text = re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", joined))
    text = _BULLET.sub("- ", re.sub(r"\n{2,}", "\n\n", text))
    return _BLOCK_MARK.sub(r"\\", text)


def link(text: str, href: str, address: str | None) -> str:
    """A link with its address absolute; mail and phone links as text that says the address; others as their text."""
    shown = " ".join(text.split())
    scheme, _, rest = href.partition(":")
    if scheme.casefold() in ("mailto", "tel"):
        target = escaped(unquote(rest.partition("?")[0]))
        known = re.sub(r"\W", "", target) in re.sub(r"\W", "", shown)
        return text if known else f"{shown} ({target})".strip()
    try:
        url = urljoin(address or "", href)
        parts = urlsplit(url)
    except ValueError:
        return text
    inner_link = href.startswith("#") or not href
    if not shown or inner_link or parts.scheme not in ("http", "https") or not parts.hostname:
        return text
    url = re.sub(r"[\s<>()\\\x00-\x1f]", lambda mark: f"%{ord(mark[0]):02X}", url)
    blank = text[: len(text) - len(text.lstrip())] and " "
    return f"{blank}[{shown}]({url})" + (" " if text != text.rstrip() else "")
