"""Building a generation is all or nothing: what a failure, a full disk or a killed process leaves behind is deleted."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path

from app.errors import KnowledgeError
from app.files import remove_leftovers

BUILDING = ".building-"
"""What the folder's name begins with until it is whole."""
_FULL_BELOW_BYTES = 1 << 20
"""A disk with less room than this counts as full: numpy and Chroma don't pass on what the system said."""


def remove_unfinished(root: Path) -> None:
    """Deletes what a killed publisher left behind. Call only while holding the publish lock."""
    for leftover in root.glob(f"{BUILDING}*"):
        shutil.rmtree(leftover)
    for folder in (root.parent, root, *root.glob("[!.]*/")):
        remove_leftovers(folder)


@contextmanager
def whole_or_nothing(folder: Path, data_dir: Path) -> Iterator[None]:
    """Makes a folder for a generation to be built in; it is deleted again when building fails.

    Raises KnowledgeError when the disk is full.
    """
    folder.mkdir()
    try:
        yield
    except BaseException as error:
        full = _is_full(folder.parent, error)
        shutil.rmtree(folder, ignore_errors=True)
        if full:
            raise KnowledgeError(
                f"The disk that holds {data_dir} is full: free some space and try again. Nothing was changed."
            ) from error
        raise


def _is_full(folder: Path, error: BaseException) -> bool:
    """Whether an error comes from a full disk. Call before anything is cleaned up."""
    if isinstance(error, OSError) and error.errno in (ENOSPC, EDQUOT, EFBIG):
        return True
    if type(error).__module__.startswith("chromadb") and re.search(r"disk I/O|is full|readonly", str(error)):
        return True  # a quota or a limit of file sizes, though the disk has room
    return isinstance(error, Exception) and shutil.disk_usage(folder).free < _FULL_BELOW_BYTES
