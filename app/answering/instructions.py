"""Recognises sentences that are written for a language model: the patterns of screening, and those for texts."""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.answering.disguise import other_readings
from app.answering.folding import fold
from app.answering.patterns import Category, categories
from app.errors import ConfigurationError

_FILE = Path(__file__).with_name("instructions.yaml")
_SHARED = re.compile(r"<([a-z_]+)>")

_MARKUP = re.compile(
    r"<\|[\w ]{2,30}\|>|\[/?INST\]|<</?SYS>>|</?(?:system|assistant|instructions?|prompt)>|<(?:start|end)_of_turn>|"
    r"^\s*(?:#{1,4}\s*)?(?:SYSTEM|System|Assistant|Human|### ?Instruction)\s*(?:PROMPT|prompt|message)?:\s*\S",
    re.MULTILINE,
)
"""How conversations with a model are marked up; a service text has no use for it."""

_CUE = re.compile(
    r"ignor|vergiss|vergess|missacht|befolg|anweis|instru|instruc|prompt|regeln|rules|vorgab|befehl|modus|\bmode\b|model|"
    r"assist|bot\b|bots\b|\bki\b|\bai\b|\bia\b|llm|gpt|copilot|intelligen|intelligenz|system|rolle|\brole|pretend|roleplay|"
    r"antwort|respond|response|reply|answer|output|summar|filter|decod|dekod|base ?64|rot13|jailbreak|\bdu\b|\bdein|"
    r"\byou\b|\byour\b|\busers?\b|nutzer|fragend|quellen|consigne|règle|forget|disregard|override|following|obeying|"
    r"talimat|kural|yapay|asistan|negeer|zignoruj|zapomnij|pomiń|\bsag(?:e|t)?\b|schreib"
)
"""Every pattern needs one of these; most sentences have none and are not looked at any further."""
_HARMLESS = re.compile(
    r"\brole ?play(?:ing)? games?\b|\brollenspiel\w*|\byou are now in a position\b|"
    r"\b(?:ignorieren|vergessen) sie (?:\w+ ){0,4}(?:anweisung|regel|vorgabe|hinweis)\w* (?:auf|aus|in|im|von|vom) "
    r"(?:\w+ ){0,3}(?:formular|brief|schreiben|bescheid|aushang|schild)\w*"
)
"""What texts say to citizens, and what only in a message to the bot would be an attack."""
_OTHER_SCRIPT = re.compile("[\u0370-\u07ff\u0900-\u0dff\uff21-\uff5a\U0001d400-\U0001d7ff]")


_WINDOW = 1200
_OVERLAP = 300
"""Characters; the patterns look at less than this at once."""
_NO_WORD = re.compile(r"\w{80,}")
"""Longer than any word: letters in a row that would cost the patterns quadratic time."""


class _Pattern(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    regex: str


class _PatternFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    words: dict[str, str]
    patterns: tuple[_Pattern, ...]


def instruction_in(text: str) -> str | None:
    """The id of the first pattern by which a text speaks to a language model; None for ordinary text.

    Costs linear time however long the text is.
    """
    windows = (text[start : start + _WINDOW] for start in range(0, max(1, len(text) - _OVERLAP), _WINDOW - _OVERLAP))
    return next((name for name in map(_in_window, windows) if name), None)


def _in_window(text: str) -> str | None:
    if _MARKUP.search(text):
        return "chat-markup"
    for reading in _readings(text):
        folded = _HARMLESS.sub(" ", fold(_NO_WORD.sub(" ", reading)))
        if not _CUE.search(folded) and not _OTHER_SCRIPT.search(folded):
            continue
        sentences = folded.split("\n")
        for name, regex in _patterns():
            if any(map(regex.search, sentences)):
                return name
        fired = _injection().fired(folded)
        if fired:
            return fired[0].signal.rpartition("/")[2]
    return None


def _readings(text: str) -> tuple[str, ...]:
    """The sentence, and what it says once look-alike letters, wide letters or a code are taken off."""
    plain = unicodedata.normalize("NFKC", text)
    return tuple(dict.fromkeys((plain, *other_readings(plain))))


@lru_cache(maxsize=1)
def _injection() -> Category:
    return next(category for category in categories() if category.name == "injection")


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    try:
        file = _PatternFile.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
        return tuple((entry.id, re.compile(_expanded(entry.regex, file.words))) for entry in file.patterns)
    except (OSError, yaml.YAMLError, ValidationError, re.error, KeyError) as error:
        raise ConfigurationError(f"{_FILE} is not valid: {error!r}") from error


def _expanded(regex: str, words: dict[str, str]) -> str:
    """The expression with its shared words filled in."""
    return _SHARED.sub(lambda match: f"(?:{words[match.group(1)]})", regex)
