"""What words go and what words come between two versions of a text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Literal

RunKind = Literal["same", "gone", "new"]

_TOKEN = re.compile(r"\n\s*|\S+")
"""A word with its punctuation, or a line break."""
_MINIMAL_BELOW = 4000
"""Words up to which the smallest difference is searched for; longer texts take a faster, coarser way."""


@dataclass(frozen=True, slots=True)
class WordRun:
    """Neighbouring words with the same fate."""

    kind: RunKind
    text: str
    """Words with a blank between them; lines with a line break."""


def word_diff(before: str, after: str) -> tuple[WordRun, ...]:
    """Runs that give the old text without the new ones, and the new text without those that are gone.

    Blanks don't count. Empty when both have the same words.
    """
    old, new = _words(before), _words(after)
    if old == new:
        return ()
    first = _common(old, new)
    last = _common(old[first:][::-1], new[first:][::-1])
    old_middle, new_middle = old[first : len(old) - last], new[first : len(new) - last]
    runs = [WordRun("same", _joined(old[:first]))]
    coarse = max(len(old_middle), len(new_middle)) > _MINIMAL_BELOW
    matcher = SequenceMatcher(None, old_middle, new_middle, autojunk=coarse)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            runs.append(WordRun("same", _joined(old_middle[i:j])))
        else:
            runs += (WordRun("gone", _joined(old_middle[i:j])), WordRun("new", _joined(new_middle[k:m])))
    runs.append(WordRun("same", _joined(old[len(old) - last :])))
    return tuple(run for run in runs if run.text)


def shortened(runs: Sequence[WordRun], words: int = 8) -> Iterator[WordRun]:
    """The runs with at most that many unchanged words before and after each change; the others become `…`."""
    for place, run in enumerate(runs):
        if run.kind != "same":
            yield run
            continue
        kept = _words(run.text)
        head = kept[:words] if place > 0 else []
        tail = kept[-words:] if place < len(runs) - 1 else []
        whole = len(kept) <= len(head) + len(tail)
        yield WordRun("same", _joined(kept if whole else [*head, "…", *tail]))


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """With how many equal words both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _words(text: str) -> list[str]:
    return ["\n" if token.isspace() else token for token in _TOKEN.findall(text.strip())]


def _joined(words: Sequence[str]) -> str:
    return re.sub(r" ?\n ?", "\n", " ".join(words)).strip()
