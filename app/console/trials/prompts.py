"""The prompts of a set-up: the published files, some of them replaced by edited copies that lie with the trial."""

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from threading import Lock

from app.answering.prompts import load_prompt
from app.errors import ConfigurationError, InvalidInputError

LONGEST = 20_000
"""Characters of a prompt file."""
_making = Lock()


def published_prompts(folder: Path) -> dict[str, str]:
    """The files as they are, by name without `.yaml`."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.*.yaml"))}


def prompts_folder(published: Path, edited: Mapping[str, str], below: Path) -> Path:
    """A folder with the prompts of a set-up, made below `below` when it is not there yet; `published` without edits.

    Its name is a digest of the edits, so that what was read from one folder is never taken for another one's.

    Raises:
        InvalidInputError: an edited copy is no prompt file; the message says why.
    """
    if not edited:
        return published
    listed = "\n".join(f"{name}\n{edited[name]}" for name in sorted(edited))
    folder = below / hashlib.sha256(f"{published}\n{listed}".encode()).hexdigest()[:32]
    with _making:  # two people may try the same copies at once
        if not folder.is_dir():
            _make(folder, published, edited)
    return folder


def _make(folder: Path, published: Path, edited: Mapping[str, str]) -> None:
    beside = folder.with_suffix(".part")
    shutil.rmtree(beside, ignore_errors=True)
    shutil.copytree(published, beside)
    for name, content in edited.items():
        (beside / f"{name}.yaml").write_text(content, encoding="utf-8")
    try:
        for name in edited:
            stem, _, language = name.rpartition(".")
            load_prompt(beside, stem, language)
    except ConfigurationError as error:
        raise InvalidInputError(
            f"Die geänderte Anweisung ist nicht gültig: {error.message.replace(str(beside), '')}"
        ) from error
    beside.rename(folder)
