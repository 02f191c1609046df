"""The style sheets of the service's own pages and of the console, each joined from its parts to one file.

Chat window, pages and console share the widget's design tokens, so that a town's colours have one home.
"""

import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from app.web import STATIC_DIR

_TOKENS = "widget/styles/tokens.css"
_DARK = "widget/styles/dark.css"
"""Without a media query: the widget sets its own, a joined sheet gets the visitor's preference."""
_DESIGN = ("tokens", "frame", "text", "buttons", "forms", "cards", "tables", "notes", "adapt")
_PAGE = ("text", "frame", "facts", "tables", "print")
SHEETS = MappingProxyType(
    {
        "console": (_TOKENS, _DARK, "base.css", *(f"console/design/{part}.css" for part in _DESIGN)),
        "page": (_TOKENS, _DARK, "base.css", *(f"page/{part}.css" for part in _PAGE)),
    }
)
"""Parts by the name of the sheet; later ones win."""
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def style_sheet(name: str) -> tuple[str, str]:
    """The text of one of `SHEETS` and its entity tag; joined again only when a part has changed."""
    parts = [STATIC_DIR / part for part in SHEETS[name]]
    return _joined(tuple((path, path.stat().st_mtime_ns) for path in parts))


@lru_cache(maxsize=len(SHEETS))
def _joined(parts: tuple[tuple[Path, int], ...]) -> tuple[str, str]:
    text = "\n".join(_part(path) for path, _ in parts)
    return text, f'"{sha256(text.encode()).hexdigest()[:20]}"'


def _part(path: Path) -> str:
    text = _COMMENT.sub("", path.read_text(encoding="utf-8")).strip() + "\n"
    return f"@media (prefers-color-scheme: dark) {{\n{text}}}\n" if path == STATIC_DIR / _DARK else text
