"""The wording around an answer given as one text: `as_text.??.yaml` beside this module, one file a language."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from app.wording.catalog import FOLDER, FOREIGN, Catalog, load_catalog


@lru_cache(maxsize=1)
def as_text_catalogs() -> Mapping[str, Catalog]:
    """All of them by language; read once per process."""
    loaded = [load_catalog(path) for path in sorted(FOLDER.glob("as_text.??.yaml"))]
    return MappingProxyType({entry.language: entry for entry in loaded})


def as_text_catalog(language: str) -> Catalog:
    """The wording in that language (ISO 639-1); in English where the language has none."""
    known = as_text_catalogs()
    return known.get(language) or known[FOREIGN]
