"""The widget as one file: all of its ES modules and style sheets, wrapped so that a plain script tag runs them.

No bundler, no Node: the modules keep to what `_module` reads (named imports at the top, `export` before a declaration),
and a test runs the result. The same sources give the same bytes, so that a page can pin them by their hash.
"""

import gzip
import json
import re
from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha384
from pathlib import Path
from posixpath import dirname, join, normpath

from app.errors import ConfigurationError
from app.web import STATIC_DIR

ENTRY = "widget.js"
STYLES = "widget/css.js"
"""Imported by modules, but made here: `css`, the text of each style sheet by the name of its file."""
_STYLES_FOLDER = "widget/styles"
_LICENCE = "/*! Amtslotse, EUPL-1.2 */"
_DIGEST_CHARS = 20

_BLOCK_COMMENT = re.compile(r"^[ \t]*/\*\*.*?\*/[ \t]*\n", re.MULTILINE | re.DOTALL)
_LINE_COMMENT = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function\*? ?|class |const |let )(\w+)", re.MULTILINE)
_LEFT_OVER = re.compile(r"^(?:import|export)\b.*|\bimport(?:\(|\.meta).*", re.MULTILINE)


@dataclass(frozen=True)
class Bundle:
    """The widget as browsers load it."""

    text: bytes
    """JavaScript in UTF-8."""
    compressed: bytes
    """The same, gzipped."""
    digest: str
    """Start of its SHA-384 in hexadecimal digits: names this version, `/widget-{digest}.js`."""
    integrity: str
    """For the attribute `integrity` of a script tag."""

    @classmethod
    def of(cls, text: bytes) -> "Bundle":
        """A file that was a bundle once, or is one now."""
        digest = sha384(text)
        return cls(
            text=text,
            compressed=gzip.compress(text, mtime=0),
            digest=digest.hexdigest()[:_DIGEST_CHARS],
            integrity=f"sha384-{b64encode(digest.digest()).decode()}",
        )


def widget_bundle() -> Bundle:
    """The bundle of the files as they are now; made again only when one of them has changed.

    Raises:
        ConfigurationError: a module has a form that cannot be bundled; names the file and the line.
    """
    files = sorted((STATIC_DIR / "widget").rglob("*.*"))
    return _bundle(tuple((path, path.stat().st_mtime_ns) for path in (STATIC_DIR / ENTRY, *files)))


@lru_cache(maxsize=1)
def _bundle(_files: tuple[tuple[Path, int], ...]) -> Bundle:
    done: dict[str, str] = {}
    _module(ENTRY, done, ())
    body = "\n".join(done.values())
    return Bundle.of(f'{_LICENCE}\n(() => {{\n"use strict";\n{body}\n}})();\n'.encode())


def _module(name: str, done: dict[str, str], importers: tuple[str, ...]) -> None:
    """Adds a module to `done`, behind those that it imports: a function of its own, whose result are its exports."""
    if name in done:
        return
    if name in importers:
        raise ConfigurationError(f"{name}: modules import each other in a circle: {' -> '.join((*importers, name))}.")
    source = _styles() if name == STYLES else (STATIC_DIR / name).read_text(encoding="utf-8")
    text = _LINE_COMMENT.sub("", _BLOCK_COMMENT.sub("", source))
    for _, imported in _IMPORT.findall(text):
        _module(_path(name, imported), done, (*importers, name))
    text = _IMPORT.sub(lambda match: f"const {{{_bindings(match[1])}}} = {_variable(_path(name, match[2]))};\n", text)
    exported = [found for _, found in _EXPORT.findall(text)]
    text = _EXPORT.sub(r"\1\2", text)
    if left := _LEFT_OVER.search(text):
        raise ConfigurationError(f"{name}: cannot be bundled: {left[0]}")
    done[name] = f"const {_variable(name)} = (() => {{\n{text.strip()}\nreturn {{ {', '.join(exported)} }};\n}})();"


def _styles() -> str:
    texts = {
        path.stem: _CSS_COMMENT.sub("", path.read_text(encoding="utf-8")).strip()
        for path in sorted((STATIC_DIR / _STYLES_FOLDER).glob("*.css"))
    }
    return f"export const css = {json.dumps(texts, ensure_ascii=False)};\n"


def _path(importer: str, imported: str) -> str:
    return normpath(join(dirname(importer), imported))


def _bindings(names: str) -> str:
    return " ".join(names.split()).replace(" as ", ": ")


def _variable(name: str) -> str:
    return "$" + re.sub(r"\W", "_", name.removesuffix(".js"))
