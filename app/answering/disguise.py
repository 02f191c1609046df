"""Other readings of a message that hides its words: Base64, letters set apart, digits in place of letters."""

import base64
import binascii
import re

_BASE64 = re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{12,1000}={0,2}")
_APART = re.compile(r"(?<!\w)\w(?:[ ._*-]\w){3,}(?!\w)")
_BETWEEN = re.compile(r"[ ._*-]")
_MIXED = re.compile(r"(?=\w*[^\W\d_])[\w@$]*[013457@$][\w@$]*")
_RUN = re.compile(r"[\w@$]+")
_LETTER = re.compile(r"[^\W\d_]")
_DISGUISING = frozenset("013457@$")
_DIGITS = str.maketrans("013457@$", "oieastas")


def other_readings(text: str) -> tuple[str, ...]:
    """The message as it reads once a disguise is taken off, one reading a disguise; empty for an ordinary message.

    Readings are for recognising an attempt, never for answering: "B12" also reads as "Bi2".
    """
    plain = tuple(filter(None, map(_decoded, _BASE64.findall(text))))
    joined = _APART.sub(lambda match: _BETWEEN.sub("", match[0]), text)
    spelled = _RUN.sub(lambda match: _spelled(match[0]), text)
    return tuple(reading for reading in (*plain, joined, spelled) if reading != text)


def _spelled(run: str) -> str:
    """Digits among letters as letters. Most runs have none, and looking for a mixture in a long one is slow."""
    if _DISGUISING.isdisjoint(run) or not _LETTER.search(run):
        return run
    return _MIXED.sub(lambda match: match[0].translate(_DIGITS), run)


def _decoded(token: str) -> str | None:
    """The words in a Base64 token; None when it holds none."""
    padded = token.rstrip("=") + "=" * (-len(token.rstrip("=")) % 4)
    try:
        words = base64.b64decode(padded, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return words if words.isprintable() else None
