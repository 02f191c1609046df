"""Which of the words from a place on make up a name."""

import re
from dataclasses import dataclass

from app.answering.personal_words import is_first_name, personal_words

_TOKEN = re.compile(r"\s{0,2}([^\W\d_](?:[\w'’ʼ-]{0,39}))(\.?)")
_AND = re.compile(r"(?:\s\(\d{1,2}\))?(?:\s(?:und|u\.|and|&|ve|et|и|і|й|та)\s|,\s)")
_END = re.compile(r"[\s.!)]{0,5}\Z")
_STOP = re.compile(r"\s{0,2}(?:[.,;:!?()\d،؟]|\Z)")
_MOST_WORDS = 4
_MOST_TOKENS = 9
_MOST_CHAINED = 4
_LONGEST_INITIAL = 2
_LEADING = frozenset("von van zu de del della di da el al abu ibn ben bin la le ter ten".split())
"""Particles that a name may begin with."""
_ARTICLES = frozenset({"der", "den", "dem"})
"""Particles after another only ("von der")."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters `start` to `end` of a text, and the words of a name among them (no titles, no particles)."""

    start: int
    end: int
    words: tuple[str, ...]

    def like_a_name(self, *, announced: bool = True) -> bool:
        """Whether it is a known first name, or two capitalised words of which none is an ordinary word."""
        words = personal_words()
        if is_first_name(self.words[0], announced=announced):
            return True
        first, last = self.words[0].casefold(), self.words[-1].casefold()
        return (
            len(self.words) > 1
            and self.words[0][0].isupper()
            and not first.endswith((*words.no_first_endings, *words.no_surname_endings))
            and not last.endswith(tuple(words.no_surname_endings))
        )


def name_at(text: str, position: int, *, any_case: bool = False) -> Run | None:
    """The name that begins at `position`, after white space: up to four words with titles and particles, or None.

    Latin and Cyrillic names are capitalised; with `any_case` a name may also be one or two words in lower case.
    Arabic has no capitals: there a second word must be a known name or begin with the article.
    """
    words = personal_words()
    start, end, before, found = -1, -1, "", list[str]()
    for _ in range(_MOST_TOKENS):
        token = _TOKEN.match(text, position)
        if token is None:
            break
        bare = token.group(1).rstrip("'’ʼ-")
        folded = bare.casefold()
        position = token.end()
        begun = start >= 0 or (folded in _LEADING and _goes_on(text, position))
        particle = folded in words.particles and (before in words.particles if folded in _ARTICLES else begun)
        before = folded
        if folded in words.name_titles or particle:
            start = token.start(1) if start < 0 else start
            continue
        initial = len(bare) <= _LONGEST_INITIAL and bool(token.group(2)) and bare[0].isupper()
        title = folded in words.titles or f"{folded}." in words.titles
        if title or (folded in words.no_names and not initial) or not _continues(text, token, bare, found, any_case):
            break
        start = token.start(1) if start < 0 else start
        end = token.end() if initial else token.start(1) + len(bare)
        found.append(bare)
        if len(found) == _MOST_WORDS or (token.group(2) and not initial):
            break
    return Run(start, end, tuple(found)) if found else None


def names_at(text: str, position: int, *, announced: bool = True) -> list[Run]:
    """The name at `position` when it looks like one, and further ones joined by "und"."""
    runs: list[Run] = []
    run = name_at(text, position)
    while run is not None and len(runs) < _MOST_CHAINED:
        if not run.like_a_name(announced=announced):
            break
        runs.append(run)
        joined = _AND.match(text, run.end)
        run = name_at(text, joined.end()) if joined else None
    return runs


def ends_text(text: str, position: int) -> bool:
    """Whether nothing but punctuation follows."""
    return _END.match(text, position) is not None


def _goes_on(text: str, position: int) -> bool:
    """Whether a capitalised word or another particle follows."""
    following = _TOKEN.match(text, position)
    if following is None:
        return False
    return following.group(1)[0].isupper() or following.group(1).casefold() in personal_words().particles


def _continues(text: str, token: re.Match[str], bare: str, found: list[str], any_case: bool) -> bool:
    """Whether the word belongs to the name that the words before it began."""
    if bare[0].isupper():
        return not (found and found[0][0].islower())
    if bare[0].islower():
        return any_case and (not found or (found[0][0].islower() and len(found) == 1 and _stops(text, token.end())))
    return not found or is_first_name(bare) or bare.startswith("ال") or (len(found) == 1 and _stops(text, token.end()))


def _stops(text: str, position: int) -> bool:
    """Whether a name in lower case can end here: before punctuation, a number or an everyday word."""
    if _STOP.match(text, position):
        return True
    following = _TOKEN.match(text, position)
    return following is not None and following.group(1).casefold() in personal_words().no_names
