"""Secrets in files: keys and passwords that nobody else on the machine may read."""

import os
import stat
from pathlib import Path

from app.errors import ConfigurationError
from app.files import write_atomically

_GROUP_READ = stat.S_IRGRP


def read_secret(path: Path, *, group_may_read: bool = False) -> str:
    """The content without surrounding white space.

    `group_may_read` suits files that somebody else puts there for the service: Kubernetes and systemd hand them to
    its group.

    Raises:
        ConfigurationError: the file is missing or empty, belongs to another user, or is open to others.
    """
    try:
        with path.open("rb") as file:
            _check(path, os.fstat(file.fileno()), group_may_read)  # the open file, not whatever has its name by then
            secret = file.read().decode()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise ConfigurationError(f"The secret file {path} cannot be read ({reason}).") from error
    if not secret.strip():
        raise ConfigurationError(f"The secret file {path} is empty: write the secret into it.")
    return secret.strip()


def write_secret(path: Path, secret: str, *, exclusive: bool = False) -> None:
    """Writes a file that only this user can read, at no moment anybody else.

    With `exclusive` a file that is there already stays, and FileExistsError is raised.
    """
    write_atomically(path, secret, mode=0o600, exclusive=exclusive)


def _check(path: Path, status: os.stat_result, group_may_read: bool) -> None:
    if status.st_uid not in (0, os.geteuid()):
        raise ConfigurationError(
            f"The secret file {path} belongs to another user: chown it to the user that runs Amtslotse."
        )
    forbidden = 0o077 & ~(_GROUP_READ if group_may_read else 0)
    if status.st_mode & forbidden:
        raise ConfigurationError(
            f"The secret file {path} is open to others (mode {status.st_mode & 0o777:04o}): "
            f"run `chmod {'640' if group_may_read else '600'} {path}`, and replace the secret if somebody may have "
            "read it."
        )
