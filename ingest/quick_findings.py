"""What is wrong with each text by itself, known at once for texts that were checked before, also by another process."""

from dataclasses import replace
from pathlib import Path
from threading import Lock

from ingest.checks.all import TEXT_CHECKS
from ingest.checks.check import CheckedText, CheckInput
from ingest.findings import Finding
from ingest.kept_findings import Kept, read_kept, text_keys, write_kept

AT_ONCE = 10
"""So many texts may be checked while a page waits: 20 ms each. A saved edit is one."""


class QuickFindings:
    """The findings of one town's texts by themselves. Safe to share between threads."""

    def __init__(self, kept_file: Path, *others: Path) -> None:
        """`kept_file`: where the whole check that follows keeps its findings, see `ingest.kept_findings.run_checks`;
        `others`: where other runs keep theirs, such as publishing. They are only read."""
        self._file, self._others = kept_file, others
        self._known: Kept | None = None
        """By key of the text; None before the file was read."""
        self._lock = Lock()

    def of(self, given: CheckInput) -> tuple[tuple[Finding, ...], frozenset[str]]:
        """The findings of these texts, and the names of those that `check` has to look at first: they are many."""
        keys = dict(zip(text_keys(given), given.texts, strict=True))
        with self._lock:
            if self._known is None:
                self._known = self._read()
            known = {key: self._known[key] for key in keys if key in self._known}
            unchecked = [text for key, text in keys.items() if key not in known]
            if len(unchecked) <= AT_ONCE:
                known |= {key: _found(given, text) for key, text in keys.items() if key not in known}
                unchecked = []
            self._known = known  # what belongs to earlier wordings is let go
        findings = tuple(finding for found in known.values() for finding in found)
        return findings, frozenset(text.name for text in unchecked)

    def check(self, given: CheckInput) -> None:
        """Checks all texts that are not known yet, 20 ms each, and keeps what it found for the next start."""
        found: Kept = {}
        for key, text in zip(text_keys(given), given.texts, strict=True):
            with self._lock:
                known = (self._known or {}).get(key)
            found[key] = _found(given, text) if known is None else known
            with self._lock:
                if self._known is not None:
                    self._known[key] = found[key]
        if not found.keys() <= read_kept(self._file).keys():
            write_kept(self._file, {**self._read(), **found})

    def _read(self) -> Kept:
        return {key: found for file in (*self._others, self._file) for key, found in read_kept(file).items()}


def _found(given: CheckInput, text: CheckedText) -> tuple[Finding, ...]:
    alone = replace(given, texts=(text,))
    return tuple(finding for check in TEXT_CHECKS for finding in check(alone))
