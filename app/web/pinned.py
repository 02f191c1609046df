"""Versions of the widget that pages have pinned by their hash: they are served for as long as their file is kept.

A page with `integrity` goes on showing the version that its operators have looked at after the service was updated.
"""

import re
from pathlib import Path

from app.files import make_folder, write_atomically
from app.web.bundle import Bundle, widget_bundle

_FOLDER = "widget"
_DIGEST = re.compile(r"[0-9a-f]{20}")


def pinned_bundle(digest: str, data_dir: Path) -> Bundle | None:
    """The version of that digest, or None. The present one is kept below `data_dir` from its first request on."""
    if not _DIGEST.fullmatch(digest):
        return None
    path = data_dir / _FOLDER / f"widget-{digest}.js"
    current = widget_bundle()
    if current.digest == digest:
        if not path.is_file():
            make_folder(path.parent)
            write_atomically(path, current.text)
        return current
    if not path.is_file():
        return None
    kept = Bundle.of(path.read_bytes())
    return kept if kept.digest == digest else None
