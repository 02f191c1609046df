"""Other readings of a message that hides its words: Base64, letters set apart, digits or look-alikes as letters."""

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterator

from app.answering.set_apart import words_of

_BASE64 = re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{12,1000}={0,2}")
_APART = re.compile(r"(?<!\w)\w(?:[ ._*-]{1,2}\w){3,}(?!\w)")
_BETWEEN = re.compile(r"[ ._*-]")
_MARKS_BETWEEN = re.compile(r"[._*-]")
_WORTH_CUTTING = 8
"""Letters set apart by nothing but spaces from which on they are cut into words."""
_MIXED = re.compile(r"(?=\w*[^\W\d_])[\w@$]*[013457@$][\w@$]*")
_RUN = re.compile(r"[\w@$]+")
_LETTER = re.compile(r"[^\W\d_]")
_DISGUISING = frozenset("013457@$")
_DIGITS = str.maketrans("013457@$", "oieastas")
_LOOKALIKES = str.maketrans(
    "аеорсухпгіїјѕԁһӏАВЕКМНОРСТХІЅαοινΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeopcyxnriijsdhlABEKMHOPCTXISaoivABEZHIKMNOPTYX"
)
_MIXED_WORD = re.compile(r"\b(?=\w*[A-Za-z])(?=\w*[\u0370-\u04ff])\w+")


def other_readings(text: str) -> tuple[str, ...]:
    """The message as it reads once a disguise is taken off, one reading a disguise; empty for an ordinary message.

    Readings are for recognising an attempt, never for answering: "B12" also reads as "Bi2".
    """
    latin = latin_letters(text)
    plain = filter(None, map(_decoded, _BASE64.findall(text)))
    spelled = _RUN.sub(lambda match: _spelled(match[0]), latin)
    readings = (*plain, latin, *_joined(latin), spelled)
    return tuple(dict.fromkeys(reading for reading in readings if reading != text))


def latin_letters(text: str) -> str:
    """The message with wide and ornamental letters in their plain form, and Cyrillic or Greek ones within Latin words
    replaced by the Latin ones that they look like.
    """
    plain = unicodedata.normalize("NFKC", text)
    return _MIXED_WORD.sub(lambda word: word.group().translate(_LOOKALIKES), plain)


def _joined(text: str) -> Iterator[str]:
    """Letters set apart as words. With "i.g.n.o.r.e a.l.l" spaces end words; with spaces alone, known words do."""
    if not _APART.search(text):
        return
    yield _APART.sub(lambda match: _BETWEEN.sub("", match[0]), text)
    yield _APART.sub(lambda match: _words_in(match[0]), text)


def _words_in(run: str) -> str:
    if _MARKS_BETWEEN.search(run):
        return _MARKS_BETWEEN.sub("", run)
    letters = _BETWEEN.sub("", run)
    return words_of(letters) if len(letters) >= _WORTH_CUTTING else letters


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
