"""Lists of questions for a trial: pasted, or the town's own gold questions."""

import hashlib
from pathlib import Path

from app.console.trials.room import MOST_LISTED
from app.errors import InvalidInputError
from app.settings import Settings
from app.tenants.tenant import Tenant

SAMPLE = 20
_LOOKED_AT = ("dev", "training")
"""Splits that people may read; held-out questions stay unread, or they would no longer measure anything."""


def listed(text: str) -> tuple[str, ...]:
    """One question a line, each once. Raises InvalidInputError for none, or too many."""
    questions = tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if not questions:
        raise InvalidInputError("Fügen Sie mindestens eine Frage ein, eine je Zeile.")
    if len(questions) > MOST_LISTED:
        raise InvalidInputError(
            f"Das sind {len(questions)} Fragen; höchstens {MOST_LISTED} gehen auf einmal. Teilen Sie die Liste."
        )
    return questions


def gold_sample(settings: Settings, tenant: Tenant) -> tuple[str, ...]:
    """The same SAMPLE of the town's gold questions each time: those that stand alone and depend on no moment.

    Raises:
        InvalidInputError: the town has none.
        ConfigurationError: a file of them is not valid.
    """
    from evaluation.gold_file import read_gold_files

    folder = settings.knowledge_dir / tenant.id
    paths: list[Path] = sorted({path for pattern in tenant.publishing.gold for path in folder.glob(pattern)})
    known = read_gold_files(paths) if paths else ()
    alone = [each for each in known if each.split in _LOOKED_AT and not each.after and each.at is None]
    if not alone:
        raise InvalidInputError("Diese Stadt hat noch keine Prüffragen. Fügen Sie eigene Fragen ein.")
    chosen = sorted(alone, key=lambda each: hashlib.sha256(each.id.encode()).digest())[:SAMPLE]
    return tuple(dict.fromkeys(each.question for each in chosen))
