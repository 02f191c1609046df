"""Which FIM module a question is after: a rule, because a rule is enough."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from app.index.modules import ModuleKind
from app.text.terms import fold

_FILE = Path(__file__).with_name("intents.yaml")


@dataclass(frozen=True, slots=True)
class Intent:
    """The module asked for and the words that say so (folded), which carry no topic of their own."""

    module: ModuleKind
    words: frozenset[str]


def detect_intent(question: str) -> Intent | None:
    """The first module whose pattern matches, or None for an open question."""
    folded = " ".join(fold(question).split())
    for module, pattern in _patterns():
        matches = [match.group(0) for match in pattern.finditer(folded)]
        if matches:
            spans = " ".join(matches).split()
            return Intent(module, frozenset(word for word in folded.split() if any(word.startswith(s) for s in spans)))
    return None


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[ModuleKind, re.Pattern[str]], ...]:
    entries = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple((ModuleKind(entry["module"]), re.compile("|".join(entry["patterns"]))) for entry in entries)
