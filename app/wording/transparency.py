"""The wording of the transparency register: `transparency.??.yaml` beside this module, one file a language."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from app.wording.catalog import FALLBACK, FOLDER, FOREIGN, Catalog, load_catalog


@lru_cache(maxsize=1)
def transparency_catalogs() -> Mapping[str, Catalog]:
    """All of them by language; read once per process."""
    loaded = [load_catalog(path) for path in sorted(FOLDER.glob("transparency.??.yaml"))]
    return MappingProxyType({entry.language: entry for entry in loaded})


def transparency_catalog(language: str) -> Catalog:
    """The wording in that language (ISO 639-1); in English where the language has none."""
    known = transparency_catalogs()
    return known.get(language) or known[FOREIGN]


def transparency_languages() -> tuple[str, ...]:
    """Languages that have wording, German first."""
    return tuple(sorted(transparency_catalogs(), key=lambda language: (language != FALLBACK, language)))


def group(
    wording: Catalog, name: str, *, without: frozenset[str] = frozenset(), **values: str | int
) -> tuple[str, ...]:
    """The sentences below a key, in the order of the file; those whose last part is in `without` are left out."""
    keys = [key for key in wording.texts if key.startswith(f"{name}.") and key.rpartition(".")[2] not in without]
    return tuple(wording.text(key, **values) for key in keys)
