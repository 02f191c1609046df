"""What the system says about a file becomes a sentence that says what to do."""

from pathlib import Path

import pytest

from app.errors import KnowledgeError
from ingest.disk_errors import writing


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device", "/a/file"), "/a/file cannot be written (No space left on device): "),
        (OSError("512 requested and 0 written"), "/a cannot be written (512 requested and 0 written): "),
    ],
)
def test_the_file_the_reason_what_to_do_and_the_outcome_are_named(error: OSError, said: str) -> None:
    with pytest.raises(KnowledgeError) as raised, writing(Path("/a"), "Nothing was lost."):
        raise error
    assert raised.value.message == (f"{said}free some space or check its permissions, and try again. Nothing was lost.")
