"""Staff add gold questions one by one: into a file of their own, so that those written by hand stay as they are."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import yaml
from filelock import FileLock, Timeout
from pydantic import ValidationError

from app.errors import ConfigurationError, InvalidInputError, LockedError
from app.files import make_folder, sync_folder, write_atomically
from app.tenants.publishing import Publishing
from evaluation.gold_file import GoldKind, GoldQuestion, read_gold_files

DESK_FILE = "gold/dev_desk.yaml"
"""Below the town's folder; the default of `publishing.gold` finds it."""
MOST_QUESTIONS = 2_000
_HEAD = "# Gold questions that staff took from conversations in the console. Fields as in the other gold files.\n\n"
_LOCK_TIMEOUT_S = 10
_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class NewGold:
    """What staff expect of an answer; what is left out is empty."""

    question: str
    language: str
    kind: str
    service: str
    """Id of the service whose text should answer."""
    facts: tuple[str, ...]
    """Each must be in the answer; spellings of one fact are separated by `|`."""
    must_not: tuple[str, ...]


def add_gold_question(folder: Path, publishing: Publishing, new: NewGold) -> str:
    """Adds a question to DESK_FILE in a town's folder and gives back its id. The old file stays until the new is whole.

    Raises:
        InvalidInputError: it is no gold question, or it is there already.
        ConfigurationError: the town's publishing would never ask it, or its files are not valid or not writable.
        LockedError: somebody else is adding one.
    """
    if not any(PurePosixPath(DESK_FILE).match(pattern) for pattern in publishing.gold):
        raise ConfigurationError(
            f"Diese Stadt prüft nur {', '.join(publishing.gold)}. Die Administration muss in tenant.yaml unter "
            f"publishing.gold auch {DESK_FILE} eintragen."
        )
    question = _question(new)
    path = folder / DESK_FILE
    try:
        make_folder(path.parent)
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=_LOCK_TIMEOUT_S):
            _write(path, question, folder, publishing)
    except Timeout as error:
        raise LockedError(
            "Gerade legt jemand anderes eine Prüffrage an. Versuchen Sie es gleich noch einmal."
        ) from error
    except OSError as error:
        raise ConfigurationError(
            f"Die Prüffrage lässt sich nicht speichern ({error.strerror}). Die Administration muss erlauben, "
            f"dass der Dienst in {path.parent} schreibt."
        ) from error
    return question.id


def _write(path: Path, question: GoldQuestion, folder: Path, publishing: Publishing) -> None:
    """Replaces the file by one with the question, after the loader took all of the town's files together with it."""
    others = {
        found: None
        for pattern in publishing.gold
        for found in sorted(folder.glob(pattern))
        if found.is_file() and found != path
    }
    kept = read_gold_files([path]) if path.exists() else ()
    if len(kept) >= MOST_QUESTIONS:
        raise InvalidInputError(f"{path.name} hat schon {MOST_QUESTIONS} Prüffragen. Bitte räumen Sie dort erst auf.")
    known = (*kept, *read_gold_files(tuple(others)))
    if any(each.question.casefold() == question.question.casefold() and not each.after for each in known):
        raise InvalidInputError("Diese Prüffrage gibt es schon.")
    if any(each.id == question.id for each in known):
        raise InvalidInputError("Eine Prüffrage mit dieser Kennung gibt es schon. Ändern Sie ein Wort der Frage.")
    candidate = path.with_name(f".{path.stem}.candidate.yaml")
    try:
        write_atomically(candidate, _HEAD + _as_yaml((*kept, question)))
        read_gold_files([candidate])
        candidate.replace(path)
        sync_folder(path.parent)
    finally:
        candidate.unlink(missing_ok=True)


def _question(new: NewGold) -> GoldQuestion:
    text = " ".join(new.question.split())
    if not text:
        raise InvalidInputError("Bitte schreiben Sie die Frage auf.")
    if new.kind not in set(GoldKind):
        raise InvalidInputError("Bitte wählen Sie, was der Chatbot tun soll.")
    facts = tuple(tuple(_parts(line)) for line in new.facts if line.strip(f" {_SEPARATOR}"))
    if new.kind == GoldKind.ANSWERABLE and not (new.service or facts):
        raise InvalidInputError(
            "Wählen Sie die Leistung, aus deren Text die Antwort kommen soll, oder nennen Sie eine Angabe."
        )
    digest = hashlib.sha256(f"{new.language}\n{text.casefold()}".encode()).hexdigest()[:10]
    try:
        return GoldQuestion(
            id=f"desk-{new.service or new.kind}-{digest}",
            split="dev",
            question=text,
            language=new.language,
            kind=GoldKind(new.kind),
            services=(new.service,) if new.service else (),
            facts=facts,
            must_not=tuple(line.strip() for line in new.must_not if line.strip()),
        )
    except ValidationError as error:
        raise InvalidInputError("Diese Prüffrage ist nicht vollständig. Prüfen Sie Sprache und Frage.") from error


def _parts(line: str) -> list[str]:
    return [part.strip() for part in re.split(re.escape(_SEPARATOR), line) if part.strip()]


def _as_yaml(questions: tuple[GoldQuestion, ...]) -> str:
    """As people write these files: without empty fields, single spellings as plain text."""
    rows = []
    for question in questions:
        fields = question.model_dump(mode="json", exclude_defaults=True)
        if "facts" in fields:
            fields["facts"] = [fact[0] if len(fact) == 1 else fact for fact in fields["facts"]]
        rows.append(fields)
    return yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=1_000)
