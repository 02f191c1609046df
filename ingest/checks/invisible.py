"""Characters that nobody sees: they hide words from editors and show them to a language model.

Unicode calls them "default ignorable" (UAX #44) or, for the ones that turn the reading direction, Bidi_Control
(UAX #9; the attack is known as "Trojan Source", CVE-2021-42574). Tag characters U+E0000 to U+E007F spell ASCII that no
font shows. Allowed stay: soft hyphen, joiners where the script needs them, marks of direction in scripts that run from
right to left, variation selectors, and the tags in flags such as that of Scotland.
"""

import re
import unicodedata
from collections.abc import Iterator

from ingest.checks.check import CheckedText, CheckInput
from ingest.document import Module
from ingest.findings import Finding, Severity

_FLAG = re.compile(r"\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f")
_JOINED = re.compile(
    r"(?<=[\u0600-\u08ff\u0900-\u0dff])[\u200c\u200d]|(?<=[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
)
"""Joiners in Arabic, Persian and Indian scripts and in composed emoji."""
_TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates of direction."""
_UNSEEN = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200d"
    r"\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_OVERRIDES = frozenset("\u202d\u202e")
"""Embeddings and isolates are common in Arabic texts, overrides are not."""
_DIRECTION_MARKS = re.compile(r"[\u200e\u200f\u061c]")
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur", "ku", "yi"})
_SHOWN = 40
"""Characters of the text around the place that the finding quotes."""


def check_invisible(given: CheckInput) -> Iterator[Finding]:
    """No module, title or name has characters that cannot be seen."""
    for text in given.texts:
        document = text.document
        for part in (document.title, *document.synonyms, *document.example_questions):
            yield from _findings(text, part, 0)
        for module in document.modules:
            yield from _findings(text, module.text, module.line, module)


def unseen(text: str, language: str) -> list[tuple[int, str]]:
    """Position and character of everything invisible that has no business in a text in that language."""
    legitimate = {place for found in (*_FLAG.finditer(text), *_JOINED.finditer(text)) for place in range(*found.span())}
    patterns = [_UNSEEN] if language in _RIGHT_TO_LEFT else [_UNSEEN, _DIRECTION_MARKS, _TURNS]
    found = {match.start(): match.group() for pattern in patterns for match in pattern.finditer(text)}
    if language in _RIGHT_TO_LEFT:
        found |= {match.start(): match.group() for match in _TURNS.finditer(text) if match.group() in _OVERRIDES}
    return sorted((place, char) for place, char in found.items() if place not in legitimate)


def hidden_words(text: str) -> str:
    """What tag characters spell; empty when there are none."""
    return "".join(chr(ord(char) - 0xE0000) for char in _FLAG.sub("", text) if 0xE0020 <= ord(char) <= 0xE007E)


def _findings(text: CheckedText, part: str, line: int, module: Module | None = None) -> Iterator[Finding]:
    found = unseen(part, text.document.language)
    if not found:
        return
    place = found[0][0]
    if module is not None and line and text.name.endswith(".md"):
        line += part[:place].count("\n") + 1
    names = sorted({f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip() for _, char in found})
    spelled = hidden_words(part)
    says = f"; they spell '{spelled}'" if spelled else ""
    around = part[max(0, place - _SHOWN) : place + _SHOWN]
    quote = " ".join("".join(char for char in around if char.isprintable() or char.isspace()).split())
    yield Finding(
        "invisible-characters", Severity.ERROR, text.name, line,
        f"characters that nobody sees: {len(found)} ({', '.join(names[:5])}) near '{quote}'{says}",
        "delete them; type the words anew where that is easier",
        quote=quote,
        german=f"Unsichtbare Zeichen: {len(found)} ({', '.join(names[:5])})"
        + (f"; sie ergeben die Wörter „{spelled}“." if spelled else "."),
    )  # fmt: skip
