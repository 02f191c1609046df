"""Recognises words of the prompt templates in an answer."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from app.answering.values import Origin, Statement
from app.errors import ConfigurationError

RUN = 5
"""Words in a row: templates share four of them with ordinary sentences, hardly ever five."""
_WORD = re.compile(r"\w+")
_FIELD = re.compile(r"\{\w+\}")
_LABEL = re.compile(r"^\s*([^\W\d_][\w ]{2,40}):", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PromptWords:
    """What every template says, in runs of `RUN` words, and the labels of its parts ("Quellen:")."""

    runs: frozenset[tuple[str, ...]]
    labels: re.Pattern[str] | None

    def leaked_in(self, statement: Statement, cited: str) -> str | None:
        """Words of a template that stand in the statement and not in what it cites; None when there are none."""
        leaked = _runs(statement.text) & self.runs - _runs(cited)
        if leaked:
            return " ".join(min(leaked))
        if statement.origin is not Origin.GENERATED or self.labels is None:
            return None
        label = self.labels.search(statement.text)
        return label.group() if label and label.group() not in cited else None


def read_prompt_words(folder: Path) -> PromptWords:
    """From all templates below a folder, whichever of them the configured model uses.

    Raises:
        ConfigurationError: no templates there, or one that can't be read.
    """
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise ConfigurationError(f"{folder} holds no prompt templates: check AMTSLOTSE_PROMPTS_DIR.")
    texts = [text for path in paths for text in _texts(path)]
    labels = sorted({label for text in texts for label in _LABEL.findall(text)})
    return PromptWords(
        runs=frozenset().union(*map(_runs, texts)),
        labels=re.compile(rf"\b(?:{'|'.join(map(re.escape, labels))}):") if labels else None,
    )


def _texts(path: Path) -> Iterable[str]:
    try:
        template = yaml.safe_load(path.read_text(encoding="utf-8"))
        parts = (template.get("prefix"), template.get("body"), template.get("refusal"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, AttributeError) as error:
        raise ConfigurationError(f"{path} is no prompt template: {error}") from error
    return (_FIELD.sub("\n", part) for part in parts if part)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return frozenset(tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
