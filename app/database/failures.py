"""What the database reports, turned into sentences that say what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import Timeout
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from app.errors import InvalidInputError, RecordsError

_ADVICE = {
    sqlite3.SQLITE_FULL: "the disk is full. Free some space; nothing that was confirmed is lost",
    sqlite3.SQLITE_READONLY: "it cannot be written. Give the service's user write access to file and folder",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened. Give the service's user write access to file and folder",
    sqlite3.SQLITE_PERM: "it cannot be opened. Give the service's user write access to file and folder",
    sqlite3.SQLITE_BUSY: "another process keeps it locked. Find out which one and stop it",
    sqlite3.SQLITE_LOCKED: "another process keeps it locked. Find out which one and stop it",
    sqlite3.SQLITE_CORRUPT: "the file is damaged. Stop the service, keep the file aside and restore a backup",
    sqlite3.SQLITE_NOTADB: "the file is damaged. Stop the service, keep the file aside and restore a backup",
    sqlite3.SQLITE_IOERR: "the disk failed to read or write. Check the disk and its free space",
}


@contextmanager
def translated(database: str) -> Iterator[None]:
    """Raises a RecordsError for every failure of the database or its file inside the block.

    An IntegrityError passes: only the statement's author knows what it means. Half a surrogate pair, which is
    no text, becomes an InvalidInputError.
    """
    try:
        yield
    except IntegrityError:
        raise
    except UnicodeEncodeError as error:
        raise InvalidInputError(f"This is no text that can be stored: {error.object!r}. Correct it.") from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise RecordsError(f"The answer log {database} failed: {_advice(error)}.") from error
    except Timeout as error:
        raise RecordsError(
            f"The answer log {database} failed: another process has been opening it for a minute. "
            "Find out which one and stop it."
        ) from error
    except OSError as error:
        raise RecordsError(
            f"The answer log {database} cannot be opened: {error.strerror or error}. "
            "Check AMTSLOTSE_DATA_DIR, and that the service's user may write there."
        ) from error


def _advice(error: SQLAlchemyError | sqlite3.Error) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    if isinstance(code, int):
        primary = code & 0xFF  # extended codes carry details in the higher bits
        if primary in _ADVICE:
            return _ADVICE[primary]
    return f"{cause}. Check that the database is there and at the version of this Amtslotse"
