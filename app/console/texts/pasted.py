"""What a word processor leaves in pasted text, taken out: characters that nobody sees, and its own bullets."""

import re

_UNSEEN = re.compile(r"[\u00ad\u200b\u2060\ufeff]")
"""Soft hyphen, zero-width space, word joiner, byte order mark. Marks of direction stay: the checks look at them."""
_LINE_ENDS = re.compile(r"\r\n?|[\u000b\u000c\u2028\u2029]")
_BULLET = re.compile(
    r"^([ \t]*)(?:[\u00b7\u2022\u2023\u25aa\u25ab\u25cf\u25e6\u2043\uf0a7\uf0b7\uf0d8]|o(?=\t))[ \t]*", re.M
)
"""Round and square points, also those of the fonts Symbol and Wingdings, and the "o" of a second level with its tab."""


def without_leftovers(text: str) -> str:
    """The same text as somebody would have typed it: "- " for bullets, plain line ends, nothing unseen."""
    return _BULLET.sub(r"\1- ", _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)))
