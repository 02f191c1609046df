"""What a citizen may want to ask next about a service, by module of its text and language."""

from collections.abc import Mapping
from functools import lru_cache

import yaml

from app.wording.catalog import FALLBACK, FOLDER


def follow_up_question(module: str, language: str) -> str | None:
    """The question that the module answers, about a service that is named beside it; None where there is none.

    Languages without questions of their own get the German ones.
    """
    questions = _questions()
    return questions.get(language, questions[FALLBACK]).get(module)


@lru_cache(maxsize=1)
def _questions() -> Mapping[str, Mapping[str, str]]:
    questions: dict[str, dict[str, str]] = yaml.safe_load((FOLDER / "follow_ups.yaml").read_text(encoding="utf-8"))
    return questions
