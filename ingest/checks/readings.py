"""What checks have read in texts, kept between runs: reading sentences takes long, comparing what they say does not."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from app.files import make_folder, write_atomically
from app.version import code_version

_KEPT = TypeAdapter(dict[str, str])


class Readings:
    """Results by what they depend on. Those that nobody asks for any more are forgotten when it is saved."""

    def __init__(self, file: Path | None = None) -> None:
        """Without a file nothing is kept. A file that is missing or damaged is as good as an empty one."""
        self._file = file
        self._before: dict[str, str] = {}
        self._now: dict[str, str] = {}
        if file is not None:
            with suppress(OSError, ValidationError):
                self._before = _KEPT.validate_json(file.read_bytes())

    def of(self, kind: str, depends_on: str, read: Callable[[], str]) -> str:
        """The result of `read`, or the one that it gave before for the same `depends_on` in the same code."""
        if self._file is None:
            return read()
        key = hashlib.sha256(f"{kind}\x1f{code_version()}\x1f{depends_on}".encode()).hexdigest()[:32]
        if key not in self._now:
            self._now[key] = self._before[key] if key in self._before else read()
        return self._now[key]

    def save(self) -> None:
        """Writes what was asked for, if anything is new; a full disk only makes the next run slower."""
        if self._file is not None and not self._now.keys() <= self._before.keys():
            with suppress(OSError):
                make_folder(self._file.parent)
                write_atomically(self._file, _KEPT.dump_json(self._now))
