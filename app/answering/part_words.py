"""The words that show where one question of a message ends and the next begins: `parts.yaml`, compiled."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from app.errors import ConfigurationError

_FILE = Path(__file__).with_name("parts.yaml")
_NEVER = r"(?!)"
_NO_SPACE_AFTER = frozenset({"ar"})
"""Languages that write "and" and the next word as one."""


@dataclass(frozen=True, slots=True)
class PartWords:
    """The patterns of one language."""

    joined: re.Pattern[str]
    """Between two questions: "and" with what stands around it, before a word that opens a question."""
    listed: re.Pattern[str]
    """A comma before a word that opens a question."""
    asks: re.Pattern[str]
    """What opens a question, at the beginning or behind a comma or colon."""
    begins: re.Pattern[str]
    """The beginning of a sentence that asks, also without a question mark."""
    tells: re.Pattern[str]
    """The end of a clause that goes on with what shall be told: "Können Sie mir sagen"."""
    elliptic: re.Pattern[str]
    """Matches the whole of a question that lives on the one before it."""
    kinds: re.Pattern[str]
    """Several kinds of question in a row: "Kosten, Dauer und Unterlagen"."""
    question_words: re.Pattern[str]
    """Two question words in a row: "Wie und wo". Groups 1 and 2 are the words."""


@lru_cache(maxsize=1)
def part_words() -> dict[str, PartWords]:
    """By language. Raises ConfigurationError when the file cannot be read."""
    try:
        raw: dict[str, dict[str, str]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
        return {language: _compiled(language, entry) for language, entry in raw.items()}
    except (OSError, yaml.YAMLError, KeyError, AttributeError, re.error) as error:
        raise ConfigurationError(f"{_FILE} must give 'and', 'opens' and 'elliptic' by language: {error}") from error


def _compiled(language: str, entry: dict[str, str]) -> PartWords:
    # YAML folds a pattern's lines with spaces; real spaces are written \s.
    patterns = {name: text.replace(" |", "|").replace(" ", "") if name != "and" else text.replace(" ", r"\s+")
                for name, text in entry.items()}  # fmt: skip
    joint = patterns["and"] + ("" if language in _NO_SPACE_AFTER else r"\s+")
    opens, greets, wants, tells, kinds, asks = (
        patterns.get(name, _NEVER) for name in ("opens", "greets", "wants", "tells", "kinds", "asks")
    )
    return PartWords(
        joined=_pattern(rf"(?:\s*[,;]\s*|\s+){joint}(?={opens})"),
        listed=_pattern(rf"\s*[,;]\s+(?={opens})"),
        asks=_pattern(rf"(?:^|[,:;]\s+|^{joint}|\bmal\s)(?:{opens})"),
        begins=_pattern(rf"(?:(?:{greets})\W+)?(?:{opens}|(?:{wants}).{{0,40}}?[,:]\s+(?:{opens}))"),
        tells=_pattern(rf"\b(?:{tells})$"),
        elliptic=_pattern(rf"(?:{patterns['elliptic']})\W*"),
        kinds=_pattern(rf"\b(?:{kinds})(?:\s*,\s*(?:{kinds}))*\s+(?:und|sowie|&)\s+(?:{_PLACED})?(?:{kinds})\b"),
        question_words=_pattern(rf"^({asks})\s+und\s+({asks})\s+(?=\w+\s+\w+)"),
    )


_PLACED = r"(?:die|welche[rsn]?)\s+"
"""What may stand before the second of two nouns: "welche Unterlagen und welche Voraussetzungen"."""


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)
