"""The words around a reply that a person wrote to a citizen."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import yaml

from app.wording.catalog import FALLBACK, FOLDER


@dataclass(frozen=True, slots=True)
class ReplyFrame:
    """In one language."""

    subject: str
    """Needs `{town}`."""
    written_by: str
    asked: str
    """Above the question."""


def reply_frame(language: str) -> ReplyFrame:
    """In that language (ISO 639-1), or in German."""
    frames = _frames()
    return frames.get(language) or frames[FALLBACK]


@lru_cache(maxsize=1)
def _frames() -> Mapping[str, ReplyFrame]:
    raw = yaml.safe_load((FOLDER / "reply.yaml").read_text(encoding="utf-8"))
    return {language: ReplyFrame(**texts) for language, texts in raw.items()}
