"""The wording of pages that need texts of their own: `{page}.{language}.yaml` beside this module."""

from functools import lru_cache

from app.wording.catalog import FALLBACK, FOLDER, Catalog, load_catalog


@lru_cache(maxsize=32)
def page_catalog(page: str, language: str) -> Catalog:
    """The wording of a page in that language (ISO 639-1); in German where it has none."""
    known = {path.stem[-2:]: path for path in FOLDER.glob(f"{page}.??.yaml")}
    return load_catalog(known.get(language, known[FALLBACK]))
