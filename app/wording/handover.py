"""What a citizen is told after a question was passed on to people."""

from collections.abc import Mapping
from functools import lru_cache

import yaml

from app.wording.catalog import FALLBACK, FOLDER


def what_happens_next(language: str, working_days: int | None) -> str:
    """Who replies, and within how many working days when the town promises that; German as a last resort."""
    texts = _texts().get(language) or _texts()[FALLBACK]
    if working_days is None:
        return texts["open_ended"]
    return texts["one_day"] if working_days == 1 else texts["within"].format(days=working_days)


@lru_cache(maxsize=1)
def _texts() -> Mapping[str, Mapping[str, str]]:
    texts: dict[str, dict[str, str]] = yaml.safe_load((FOLDER / "handover.yaml").read_text(encoding="utf-8"))
    return texts
