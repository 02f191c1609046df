"""The characters of a page whose encoding is stated wrongly, differently in two places, or not at all."""

import codecs
import re
from dataclasses import dataclass

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_STATED = re.compile(rb"""(?:<meta[^>]+charset|<\?xml[^>]+encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_STATED_WITHIN_BYTES = 4096
_READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "utf-16": "utf-8"}
"""As browsers do: the wider code page; and whoever can read the statement doesn't read UTF-16."""
_NOT_OF_PAGES = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7"})
_ZERO_SHARE = 0.3
_GUESSED_FROM_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text."""

    text: str
    encoding: str
    doubt: str | None = None
    """Why the encoding may be wrong; None when it is beyond doubt."""


def decode(data: bytes) -> Decoded:
    """The text of a page. Never fails."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(data[len(mark) :], encoding)
    if (wide := _wide(data)) is not None:
        return Decoded(data.decode(wide, "replace"), wide, f"the page doesn't state its encoding: read as {wide}")
    named = _named(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if named is None or named == "utf-8":
        guess = _guess(data)
        why = "the page says UTF-8, but isn't" if named else "the page doesn't state its encoding"
        return Decoded(data.decode(guess, "replace"), guess, f"{why}: read as {guess}")
    return _decode(data, named)


def _decode(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        return Decoded(text, encoding, f"byte {error.start} is no {encoding}: characters were lost")


_SHORTEST_PAGE_BYTES = 40
"""Fewer bytes than any page with tags has: their zeros say nothing."""


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark, of a page in any script: every other byte of its tags is zero. None for other pages."""
    if len(data) < _SHORTEST_PAGE_BYTES:
        return None
    even, odd = (data[start:_STATED_WITHIN_BYTES:2].count(0) for start in (0, 1))
    most, least = max(even, odd), min(even, odd)
    if most < _ZERO_SHARE * min(len(data), _STATED_WITHIN_BYTES) / 2 or least > most / 4 or data.strip(b"\0") == b"":
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _named(data: bytes) -> str | None:
    """The encoding that the page names, as Python calls it; None when it names none that exists."""
    found = _STATED.search(data[:_STATED_WITHIN_BYTES])
    name = encoding_called(found.group(1).decode("ascii", "replace")) if found else None
    return _READ_AS.get(name, name) if name else None


def encoding_called(name: str) -> str | None:
    """Python's name for an encoding in which web pages may be written; None for what is none."""
    try:
        known = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    # Python also calls rot13, base64 and the spellings of host names encodings.
    if not getattr(known, "_is_text_encoding", True) or known.name.replace("_", "-") in _NOT_OF_PAGES:
        return None
    return known.name


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_GUESSED_FROM_BYTES], cp_isolation=["cp1252", "cp1251", "cp1254", "cp1256"]).best()
    return best.encoding if best else "cp1252"
