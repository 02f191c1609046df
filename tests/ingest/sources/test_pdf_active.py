"""Scripts, programs and attachments of a PDF are named; how it opens its first page isn't worth a word."""

from pathlib import Path

import pytest

from ingest.sources.pdf_file import read_pdf_file
from ingest.sources.sections import Page
from tests.ingest.hostile.pdf_inputs import raw_pdf

_CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R %s >>"
_SCRIPT = b"<< /S /JavaScript /JS (x) >>"


@pytest.mark.parametrize(
    ("more", "what"),
    [
        (b"/OpenAction " + _SCRIPT, "a script"),
        (b"/AA << /WC " + _SCRIPT + b" >>", "a script"),
        (b"/Names << /JavaScript << /Names [(a) " + _SCRIPT + b"] >> >>", "a script"),
        (b"/OpenAction << /S /Launch /F (x) >>", "the start of a program"),
        (b"/Names << /EmbeddedFiles << /Names [] >> >>", "an embedded file"),
        (b"/OpenAction [3 0 R /Fit]", ""),
        (b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>", ""),
        (b"/Names (x) /AA 7 /OpenAction 99 0 R", ""),
    ],
)
def test_what_a_file_would_do_is_named(tmp_path: Path, more: bytes, what: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(raw_pdf({1: _CATALOGUE % more}))
    outcome = read_pdf_file(path, "a.pdf")
    assert isinstance(outcome, Page)
    assert [(finding.code, finding.message) for finding in outcome.findings] == (
        [("active-content", f"not loaded: {what}")] if what else []
    )
