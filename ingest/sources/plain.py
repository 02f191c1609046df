"""Text as it should be stored, whatever format it came from."""

import re
import unicodedata

_REMOVED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\ud800-\udfff\ufeff]")
"""Control characters, soft hyphens, halves of characters, byte order marks.

Other invisible characters stay for the checks to find.
"""
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_WIDE_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BLANKS_AT_END = re.compile(r"(?<![ \t])[ \t]+$", re.MULTILINE)
"""The look back makes it linear: a megabyte of blanks is looked through once, not once from each of them."""
_BLANK_LINES = re.compile(r"\n{3,}")
_LONG_RUN = re.compile(r"[^\x00-\u02ff]{31,}")
"""Where more marks than `_MOST_MARKS` may stand on one letter: words of other scripts are rarely that long."""
_MOST_MARKS = 30
"""Combining marks on one letter, as the stream-safe format of UAX #15 has it. Sorting a million takes hours."""
_DAMAGED = re.compile("\ufffd|Ã[\u0080-\u00bf„–œŸŠŽ€™š¤¶¼ž]|â(?:‚|\u0082)¬|Â[§°€\u00a0]|â€[žœ“”\u009d\u0080-\u00bf]")


def plain(text: str) -> str:
    """NFC, line ends as `\\n`, ordinary blanks, no control characters, soft hyphens or ligatures.

    At most one blank line stands between paragraphs.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _WIDE_BLANKS.sub(" ", _REMOVED.sub("", text)).translate(_LIGATURES)
    text = _BLANK_LINES.sub("\n\n", _BLANKS_AT_END.sub("", text))
    return unicodedata.normalize("NFC", _LONG_RUN.sub(_stream_safe, text)).strip("\n")


def one_line(text: str) -> str:
    """The same, for titles, headings and fields."""
    return " ".join(plain(text).split())


def _stream_safe(run: re.Match[str]) -> str:
    """Without the marks beyond the limit: no language has them, they only pile up."""
    kept: list[str] = []
    marks = 0
    for char in run[0]:
        parts = unicodedata.normalize("NFD", char)
        marks = marks + len(parts) if unicodedata.combining(parts[0]) else len(parts) - 1
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def damage(text: str) -> str | None:
    """The first word of a text, as it was read, that was decoded wrongly (`GebÃ¼hr`, `Geb\ufffdhr`); None without."""
    match = _DAMAGED.search(text)
    if match is None:
        return None
    before, after = text[: match.start()].split(), text[match.start() :].split()
    start = before[-1] if before and not text[match.start() - 1].isspace() else ""
    return (start + (after[0] if after else ""))[:60]
