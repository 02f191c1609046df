"""The catalogs of fixed wording: every sentence that neither a passage nor the language model supplies."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any

import yaml

from app.errors import ConfigurationError

FOLDER = Path(__file__).resolve().parent
FALLBACK = "de"
FOREIGN = "en"
"""Language of the frame for citizens whose language has no catalog."""
STANDARD, EINFACH, LEICHT = "standard", "einfach", "leicht"
"""The styles: `einfach` is Einfache Sprache, `leicht` Leichte Sprache."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same in C where PyYAML has it: ten times as fast, which the first view of a page is glad of."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """The wording of one language. Keys are dotted paths such as `emergency.life`."""

    language: str
    version: int
    path: Path
    texts: Mapping[str, str]

    def text(self, key: str, **values: str | int) -> str:
        """The wording under `key` with its `{placeholders}` filled; values that it doesn't use are ignored.

        Raises:
            ConfigurationError: no such key, or a placeholder without a value; names file and key.
        """
        template = self.texts.get(key)
        if template is None:
            raise ConfigurationError(f"{self.path}: there is no wording '{key}'; add it to every catalog.")
        try:
            return template.format_map(values)
        except KeyError as error:
            raise ConfigurationError(
                f"{self.path}: '{key}' needs a value for {{{error.args[0]}}}; pass it or change the wording."
            ) from error

    def placeholders(self, key: str) -> frozenset[str]:
        """Names of the values that the wording under `key` needs."""
        return _placeholders(self.texts[key])


@lru_cache(maxsize=1)
def catalogs() -> Mapping[str, Catalog]:
    """All catalogs by language, from the `??.yaml` files beside this module; read once per process."""
    loaded = [load_catalog(path) for path in sorted(FOLDER.glob("??.yaml"))]
    return MappingProxyType({entry.language: entry for entry in loaded})


def catalog(language: str, style: str = STANDARD) -> Catalog:
    """The catalog of that language (ISO 639-1), or the English one where the language has none.

    With another style, wording in Einfache Sprache takes the place of the standard where there is any: no one has
    checked it as Leichte Sprache.
    """
    known = catalogs()
    found = known.get(language) or known[FOREIGN]
    return found if style == STANDARD else plain_catalogs().get(found.language, found)


@lru_cache(maxsize=1)
def plain_catalogs() -> Mapping[str, Catalog]:
    """The catalogs with wording in Einfache Sprache by language, from the `einfach.??.yaml` files."""
    loaded = [_over(load_catalog(path)) for path in sorted(FOLDER.glob("einfach.??.yaml"))]
    return MappingProxyType({entry.language: entry for entry in loaded})


def _over(plain: Catalog) -> Catalog:
    """The standard catalog with the plain wording in place of its own."""
    return replace(plain, texts=MappingProxyType({**catalogs()[plain.language].texts, **plain.texts}))


def load_catalog(path: Path) -> Catalog:
    """Reads one catalog file; the last two letters of its name are the language.

    Raises:
        ConfigurationError: not readable, not of the expected shape, or a placeholder that is more than a name.
    """
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - both are safe
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigurationError(f"{path} is not readable YAML in UTF-8: {error}") from error
    if not isinstance(raw, dict) or set(raw) != {"version", "texts"} or not isinstance(raw["version"], int):
        raise ConfigurationError(f"{path}: a catalog has exactly 'version' (a whole number) and 'texts'.")
    texts = dict(_flatten(raw["texts"], path))
    for key, template in texts.items():
        try:
            names = _placeholders(template)
        except ValueError as error:
            raise ConfigurationError(f"{path}: '{key}': {error}; double a literal brace.") from error
        if not all(name.isidentifier() for name in names):
            raise ConfigurationError(f"{path}: '{key}': a placeholder must be a plain name such as {{office}}.")
    return Catalog(language=path.stem[-2:], version=raw["version"], path=path, texts=MappingProxyType(texts))


def _flatten(node: Any, path: Path, prefix: str = "") -> list[tuple[str, str]]:
    if isinstance(node, str):
        return [(prefix, node.strip("\n"))]
    if isinstance(node, dict) and node:
        pairs: list[tuple[str, str]] = []
        for key, value in node.items():
            if not isinstance(key, str):
                raise ConfigurationError(
                    f"{path}: '{prefix}': put the key '{key}' in quotes, YAML reads it as a value."
                )
            pairs += _flatten(value, path, f"{prefix}.{key}" if prefix else key)
        return pairs
    raise ConfigurationError(f"{path}: '{prefix}' must be a text or a group of texts.")


def _placeholders(template: str) -> frozenset[str]:
    parts = list(Formatter().parse(template))
    if any(spec or conversion for _, _, spec, conversion in parts):
        raise ValueError("a placeholder takes no format")
    return frozenset(name for _, name, _, _ in parts if name is not None)
