"""What a person is told when the system doesn't let a file be written."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import KnowledgeError


def cannot_write(error: OSError, place: Path, outcome: str) -> KnowledgeError:
    """The error to raise from a system's one. `place` is named where that one names no file.

    `outcome` says what became of the work, as a sentence: "Nothing was changed."
    """
    return KnowledgeError(
        f"{error.filename or place} cannot be written ({error.strerror or error}): free some space or check its "
        f"permissions, and try again. {outcome}"
    )


@contextmanager
def writing(place: Path, outcome: str) -> Iterator[None]:
    """Turns errors of the system inside into the one above."""
    try:
        yield
    except OSError as error:
        raise cannot_write(error, place, outcome) from error
