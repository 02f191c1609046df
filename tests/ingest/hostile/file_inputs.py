"""Files that are none, lead elsewhere, or have names that make trouble."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

from tests.ingest.hostile.html_inputs import good_html
from tests.ingest.hostile.inputs import Hostile, noticed

_LONG_NAME = "html/" + "langer-name-" * 20 + "aeiou.html"
"""So long that no file of fields beside it can exist."""


def file_inputs(outside: Path) -> list[Hostile]:
    """`outside` is a file that is not in the town's folder."""
    return [
        Hostile("html/rohr.html", os.mkfifo, "unreadable"),
        Hostile("services/rohr.md", os.mkfifo, "unreadable"),
        Hostile("services/steckdose.md", _socket, "unreadable"),
        Hostile("services/ordner.md", Path.mkdir, "unreadable"),
        Hostile("services/kreis.md", _link("kreis.md"), "unreadable"),
        Hostile("services/ins-leere.md", _link("gibt-es-nicht"), "unreadable"),
        Hostile("services/nach-draussen.md", _link(outside), "outside-folder"),
        Hostile("services/unendlich.md", _link("/dev/zero"), "outside-folder"),
        Hostile("pdf/nach-draussen.pdf", _link(outside), "outside-folder"),
        noticed("services/verknuepfter-ordner", _link(outside.parent), "unread-file"),
        Hostile("html/zeile\numbruch.html", b"", "empty-file", said_of="html/zeile\ufffdumbruch.html"),
        Hostile("html/\u202elmth.txt\u202c.html", b"", "empty-file", said_of="html/\ufffdlmth.txt\ufffd.html"),
        Hostile("html/farbe\x1b[31m.html", b"", "empty-file", said_of="html/farbe\ufffd[31m.html"),
        Hostile(os.fsdecode(b"html/gr\xfc\xdfe.html"), b"", "empty-file", said_of="html/gr\ufffd\ufffde.html"),
        Hostile(_LONG_NAME, b"", "empty-file"),
        Hostile("html/gleich.html", good_html("Gleich"), "duplicate-id"),
        noticed("html/tabelle.xlsx", b"PK\x03\x04", "unread-file"),
        *_fields_beside("unbekanntes-feld", b"gebuehr: 5 Euro\n", "unknown-field"),
        *_fields_beside("feld-bombe", b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "meta"),
        *_fields_beside("feld-rohr", os.mkfifo, "meta"),
        *_fields_beside("feld-unendlich", _link("/dev/zero"), "meta"),
        *_fields_beside("feld-riesig", lambda path: path.write_bytes(b"a: b\n" * 300_000), "meta"),
        *_fields_beside("feld-muell", bytes(range(256)), "meta"),
    ]  # fmt: skip


def _fields_beside(name: str, content: "bytes | Callable[[Path], object]", code: str) -> list[Hostile]:
    """A good page with a bad file of fields beside it."""

    def write(path: Path) -> None:
        path.with_name(f"{name}.html").write_bytes(good_html(name))
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            content(path)

    return [Hostile(f"html/{name}.html.meta.yaml", write, code)]


def _link(target: Path | str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def _socket(path: Path) -> None:
    folder = os.open(path.parent, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(f"/proc/self/fd/{folder}/{path.name}")  # 108 characters are the most for a socket's path
    os.close(folder)
