"""What desk, editors and admins read: one catalog file an area of the console."""

from functools import lru_cache

from app.wording.catalog import FALLBACK, FOLDER, Catalog, load_catalog


@lru_cache(maxsize=64)
def console_catalog(area: str, language: str = FALLBACK) -> Catalog:
    """The wording of an area, from `console/<area>.<language>.yaml`. Raises ConfigurationError."""
    return load_catalog(FOLDER / "console" / f"{area}.{language}.yaml")
