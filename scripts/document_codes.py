"""Writes the table of finding codes into docs/knowledge.md, from the registry: `python -m scripts.document_codes`."""

import re

from app.files import write_atomically
from app.settings import PROJECT_ROOT
from ingest.codes import codes

DOCUMENT = PROJECT_ROOT / "docs" / "knowledge.md"
_TABLE = re.compile(r"(?<=\| code \| severity \| means \|\n\|---\|---\|---\|\n)(?:\|.*\|\n)*")


def rows() -> str:
    """One row a code, in the order of the registry."""
    return "".join(
        f"| `{code}` | {known.severity.value if known.severity else 'varies'} | {known.summary} |\n"
        for code, known in codes().items()
    )


def documented_rows() -> str:
    """The rows that the document has now; empty when it has no such table."""
    found = _TABLE.search(DOCUMENT.read_text(encoding="utf-8"))
    return found.group() if found else ""


if __name__ == "__main__":
    write_atomically(DOCUMENT, _TABLE.sub(lambda _: rows(), DOCUMENT.read_text(encoding="utf-8")))
