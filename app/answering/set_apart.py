"""Words of a message whose letters are set apart, "I g n o r i e r e a l l e s": cut by the words of the patterns."""

import re
from functools import lru_cache
from itertools import pairwise

from app.answering.folding import fold
from app.answering.patterns import categories

_WORD = re.compile(r"[^\W\d_]{2,}")
_LONGEST_WORD = 20
_LONGEST_RUN = 300
"""Letters that are cut into words; what follows is left out."""
_UNKNOWN = 1.2
"""What a letter outside every word costs, in words: an ending is cheaper than two short words in its place."""


def words_of(letters: str) -> str:
    """A run of letters as the fewest words that screening looks for; other letters stay with the word before them.

    Only what patterns know matters here, so their own words do for every language.
    """
    run = fold(letters)[:_LONGEST_RUN]
    known = _pattern_words()
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(run) + 1):
        choice = (best[end - 1][0] + _UNKNOWN, end - 1)
        for start in range(max(0, end - _LONGEST_WORD), end - 1):
            if run[start:end] in known:
                choice = min(choice, (best[start][0] + 1, start))
        best.append(choice)
    cuts, end = [], len(run)
    while end:
        start = best[end][1]
        if end - start > 1:
            cuts.append(start)
        end = start
    bounds = [0, *reversed(cuts), len(run)]
    return " ".join(run[start:end] for start, end in pairwise(bounds) if start < end)


@lru_cache(maxsize=1)
def _pattern_words() -> frozenset[str]:
    """Everything in the patterns of screening that looks like a word, beginnings of words included."""
    sources = (pattern.regex.pattern for category in categories() for pattern in category.patterns)
    return frozenset(word for source in sources for word in _WORD.findall(re.sub(r"\\[a-z]", " ", source)))
