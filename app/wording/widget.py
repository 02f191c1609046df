"""The widget's interface texts, one flat YAML file a language beside this module."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import yaml

from app.wording.catalog import FALLBACK, FOLDER


@lru_cache(maxsize=16)
def widget_texts(language: str) -> Mapping[str, str]:
    """Interface texts of a language, or the German ones where it has none."""
    path = FOLDER / f"widget.{language}.yaml"
    if not path.is_file():
        return widget_texts(FALLBACK)
    texts: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return MappingProxyType({key: str(text).strip() for key, text in texts.items()})
