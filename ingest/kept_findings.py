"""Runs the checks, and keeps what they found in a text until something that this depends on changes.

Large towns publish after a small edit; checking thousands of unchanged texts anew would take minutes.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from app.files import make_folder, write_atomically
from app.tenants.rules.load import RULES_FOLDER
from app.version import code_version
from ingest.checks.all import QUICK_CHECKS, SET_CHECKS, TEXT_CHECKS
from ingest.checks.check import Check, CheckedText, CheckInput
from ingest.checks.readings import Readings
from ingest.findings import Finding

Kept = dict[str, tuple[Finding, ...]]
"""Findings by the hash of what they depend on."""
_KEPT = TypeAdapter(Kept)


def run_checks(given: CheckInput, kept_file: Path | None = None) -> list[Finding]:
    """The findings of all checks. With a file, those that cannot have changed since the last run are read from it.

    A file that is missing, damaged, or from other code is as good as none.
    """
    found = list(_run(QUICK_CHECKS, given))
    if kept_file is None:
        return [*found, *_run(TEXT_CHECKS, given), *_run(SET_CHECKS, given)]
    before = read_kept(kept_file)
    keys = text_keys(given)
    after = _text_findings(given, keys, before)
    of_all = _digest(*keys, *_rule_files(given.folder))
    after[of_all] = before[of_all] if of_all in before else _set_findings(given, kept_file)
    if after != before:
        write_kept(kept_file, after)
    return [*found, *(finding for findings in after.values() for finding in findings)]


def text_keys(given: CheckInput) -> list[str]:
    """For each text the hash of everything that the findings of TEXT_CHECKS in it depend on."""
    shared = _digest(code_version(), given.tenant.model_dump_json(), given.config.model_dump_json())
    return [
        _digest(shared, text.name, text.document.model_dump_json(), _source(given.folder, text)) for text in given.texts
    ]


def read_kept(file: Path) -> Kept:
    """What the file keeps; nothing when it is missing or damaged."""
    try:
        return _KEPT.validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return {}


def write_kept(file: Path, found: Kept) -> None:
    """Replaces what the file keeps; on a full or read-only disk the next run takes longer, nothing else."""
    with suppress(OSError):
        make_folder(file.parent)
        write_atomically(file, _KEPT.dump_json(found))


def _text_findings(given: CheckInput, keys: Sequence[str], before: Mapping[str, tuple[Finding, ...]]) -> Kept:
    """By key, in the order of the texts; only the texts that are new or different are checked."""
    new = [text for text, key in zip(given.texts, keys, strict=True) if key not in before]
    fresh: dict[str, list[Finding]] = {text.name: [] for text in new}
    for finding in _run(TEXT_CHECKS, replace(given, texts=tuple(new))):
        fresh[finding.file].append(finding)
    return {
        key: before[key] if key in before else tuple(fresh[text.name])
        for text, key in zip(given.texts, keys, strict=True)
    }


def _set_findings(given: CheckInput, kept_file: Path) -> tuple[Finding, ...]:
    """After a small edit, what was read in the other texts is only compared anew."""
    readings = Readings(kept_file.with_name(f"{kept_file.stem}-readings.json"))
    found = tuple(_run(SET_CHECKS, replace(given, readings=readings)))
    readings.save()
    return found


def _run(checks: Iterable[Check], given: CheckInput) -> Iterator[Finding]:
    for check in checks:
        yield from check(given)


def _source(folder: Path, text: CheckedText) -> bytes:
    """The file itself, in whose lines findings are placed; empty where the text has none of its own."""
    try:
        return (folder / text.name).read_bytes() if text.name.endswith(".md") else b""
    except OSError:
        return b""


def _rule_files(folder: Path) -> Iterator[bytes]:
    for path in sorted((folder / RULES_FOLDER).rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix().encode()
            yield path.read_bytes()


def _digest(*parts: str | bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()
