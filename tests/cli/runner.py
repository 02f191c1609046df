"""Running a command in this process, and what it gives back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from app.settings import get_settings
from cli.main import main


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@contextmanager
def in_this_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *command: str
) -> Iterator[Run]:
    """Runs `amtslotse` with that command in front, with the settings that the environment holds by then."""
    get_settings.cache_clear()

    def run(*arguments: str) -> Outcome:
        monkeypatch.setattr("sys.argv", ["amtslotse", *command, *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Outcome(int(ended.value.code or 0), printed.out, printed.err)

    yield run
    get_settings.cache_clear()
