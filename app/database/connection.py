"""The connection to the answer log: durable SQLite settings, the write lock, migrations."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from filelock import FileLock
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text

from app.database.failures import translated
from app.errors import RecordsError

BUSY_TIMEOUT_MS = 10_000
"""How long a writer waits for another one. An append takes a few milliseconds."""

_MIGRATIONS = Path(__file__).parent / "migrations"
_POSTGRESQL_LOCK = 4_268_110_531  # any fixed number: names the log's advisory lock
_migrating = threading.Lock()  # Alembic's `context` is one global per process


class Database:
    """Opens the database at its newest schema, creating it when it does not exist.

    A `Path` is a SQLite file, a string is a SQLAlchemy URL.

    Raises:
        RecordsError: it cannot be opened, is damaged, or was written by a newer version.
    """

    def __init__(self, target: str | Path) -> None:
        url = URL.create("sqlite", database=str(target)) if isinstance(target, Path) else make_url(target)
        self._file = _plain_file(url)
        self.name = str(self._file) if self._file else url.render_as_string(hide_password=True)
        with translated(self.name):
            if self._file:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                self._file.touch(mode=0o600)
            self._engine = create_engine(url, hide_parameters=True)  # an error's message must not quote a record
            if url.get_backend_name() == "sqlite":
                _configure_sqlite(self._engine)
            # Two processes may open a new file at once, and SQLite does not wait for the switch to WAL.
            with FileLock(f"{self._file}.lock", timeout=60) if self._file else nullcontext():
                if self._file:
                    self._run_outside_transaction("PRAGMA journal_mode = WAL")
                self._migrate()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the log throughout and keeps nobody from writing."""
        with translated(self.name), self._engine.connect() as connection:
            if connection.dialect.name != "sqlite":  # a SQLite transaction is a snapshot already
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction of the only writer, among threads and processes; commits unless it raises."""
        with translated(self.name), self._engine.connect() as connection:
            connection = connection.execution_options(immediate=True)
            with connection.begin():
                if connection.dialect.name == "postgresql":  # where BEGIN IMMEDIATE does not exist
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _POSTGRESQL_LOCK})
                yield connection

    def scrub(self) -> None:
        """Empties the write-ahead log, so that erased content leaves the disk too (SQLite only).

        While somebody reads, SQLite cannot do it; then the next call, or closing, does.
        """
        if self._file:
            with translated(self.name):
                # A short wait: until it is over, appends wait too.
                self._run_outside_transaction("PRAGMA busy_timeout = 200", "PRAGMA wal_checkpoint(TRUNCATE)")

    def refresh_statistics(self) -> None:
        """Lets SQLite look at how many rows there are, so that it takes the right index; takes milliseconds. Others do
        so by themselves."""
        if self._file:
            with translated(self.name):
                self._run_outside_transaction("PRAGMA analysis_limit = 1000", "ANALYZE")
                self._engine.dispose()  # open connections would go on by what they read when they were opened

    def close(self) -> None:
        """Gives all connections back. The last one to close a SQLite file tidies its write-ahead log."""
        self._engine.dispose()

    def _run_outside_transaction(self, *statements: str) -> None:
        connection = self._engine.raw_connection()
        try:
            cursor = connection.cursor()
            for statement in (*statements, f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}"):
                cursor.execute(statement)
                cursor.fetchall()
            cursor.close()
        finally:
            connection.close()

    def _migrate(self) -> None:
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        newest = ScriptDirectory.from_config(config).get_current_head()
        with self.reading() as connection:
            if MigrationContext.configure(connection).get_current_revision() == newest:
                return
        try:
            with _migrating, self.writing() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        except CommandError as error:
            raise RecordsError(
                f"The answer log {self.name} cannot be brought to schema {newest}: {error}. It was probably "
                "written by a newer Amtslotse; start that version, or restore the backup of this one."
            ) from error


def _plain_file(url: URL) -> Path | None:
    """The SQLite file of a URL; None for servers and for SQLite's own `file:` addresses."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database.startswith(("file:", ":")):
        return None
    return Path(url.database)


def _configure_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: Any, _: object) -> None:
        connection.isolation_level = None  # the driver would begin transactions by its own rules
        # A tampered text that is no UTF-8 must reach the verification instead of stopping it.
        connection.text_factory = lambda raw: raw.decode(errors="surrogateescape")
        for pragma in (
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
            "synchronous = FULL",  # a committed answer survives a power cut
            "foreign_keys = ON",
            "secure_delete = ON",  # erased content is overwritten with zeros
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("immediate", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
