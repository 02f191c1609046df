"""What goes wrong on the disk is one line; what goes wrong in the program keeps its traceback."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

import cli.main


def _fails_with(number: int, path: Path) -> Callable[[], None]:
    def run() -> None:
        raise OSError(number, "says the system", str(path))

    return run


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC])
def test_a_disk_that_cannot_be_written_is_one_line_that_names_the_file(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli.main, "app", _fails_with(number, tmp_path))
    with pytest.raises(SystemExit, match="1"):
        cli.main.main()
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert said.startswith(f"amtslotse: {tmp_path} cannot be read or written (says the system)")


def test_another_error_of_the_system_is_not_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli.main, "app", _fails_with(errno.EBADF, tmp_path))
    with pytest.raises(OSError, match="says the system"):
        cli.main.main()
