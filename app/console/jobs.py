"""Background jobs of the editors' pages: each is a command in a process of its own, watched through files.

A process of its own, so that the server goes on answering and gets the memory back. Only one runs at a time in the
whole installation. A job outlives the browser; one whose process went away with the server shows as interrupted.

For the trial room: `start(settings, tenant_id, JobKind.DRAFT, by)` builds a generation of the texts as they are saved
now, without activating it. When `find(settings, tenant_id, job.id).state` is DONE, its `.generation` is the id to open
with `LiveGenerations.get`. Nobody can roll back to such a generation; publishing makes one of its own.
"""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock, Thread

import psutil
from pydantic import SecretStr

from app.console.job_files import Ended, Job, JobKind, JobRecord, JobState, read_job
from app.errors import LockedError, NotFoundError
from app.files import make_folder, remove_folder, write_atomically
from app.settings import PROJECT_ROOT, Settings

KEPT = 30
"""Jobs of a town that stay to be looked at; older ones are deleted."""
_PROGRAM = (sys.executable, "-m", "cli.main")
_NICE = 10
"""Citizens' answers come first."""
_starting = Lock()
_watchers: dict[str, Thread] = {}
"""By job: who of this process will write its end down."""


class JobRunningError(LockedError):
    """Another job runs already; `job` is it."""

    code = "job_running"

    def __init__(self, job: Job) -> None:
        super().__init__(
            f"Gerade läuft schon ein Auftrag von {job.record.by}. Bitte warten Sie, bis er fertig ist, "
            "oder brechen Sie ihn ab."
        )
        self.job = job


def start(
    settings: Settings,
    tenant_id: str,
    kind: JobKind,
    by: str,
    options: Sequence[str] = (),
    program: Sequence[str] = _PROGRAM,
) -> Job:
    """Starts a job in the name of `by`, the person's display name.

    `options` are further ones of the command: of `knowledge publish`, `knowledge diff` or `knowledge draft`.

    Raises:
        JobRunningError: another one runs, whatever the town.
        OSError: the process cannot be started.
    """
    with _starting:
        busy = running_job(settings)
        if busy is not None:
            raise JobRunningError(busy)
        _remove_old(settings, tenant_id)
        now = datetime.now(UTC)
        job_id = f"{now:%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}"
        folder = _folder(settings, tenant_id) / job_id
        make_folder(folder)
        command = [*program, *_arguments(kind, tenant_id, by), "--progress", str(folder / "progress.json"), *options]
        with (folder / "output.txt").open("wb") as output, (folder / "errors.txt").open("wb") as errors:
            process = subprocess.Popen(  # noqa: S603 - our own command, no shell
                command,
                cwd=PROJECT_ROOT,
                env=_environment(settings),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=errors,
                start_new_session=True,
            )
        born = _made_nice(process.pid)
        record = JobRecord(
            id=job_id, kind=kind, tenant=tenant_id, by=by, started_at=now, options=tuple(options),
            process=process.pid, process_born=born,
        )  # fmt: skip
        write_atomically(folder / "job.json", record.model_dump_json())
        _watchers[job_id] = Thread(target=_watch, args=(process, folder, job_id), name=f"job-{job_id}", daemon=True)
        _watchers[job_id].start()
    return read_job(folder, _watchers)


def jobs(settings: Settings, tenant_id: str) -> list[Job]:
    """A town's jobs, newest first."""
    folders = sorted(_folder(settings, tenant_id).glob("[!.]*/"), reverse=True)
    return [read_job(folder, _watchers) for folder in folders if (folder / "job.json").is_file()]


def find(settings: Settings, tenant_id: str, job_id: str) -> Job:
    """One job as it is now. Raises NotFoundError."""
    folder = _folder(settings, tenant_id) / Path(job_id).name
    if Path(job_id).name != job_id or not (folder / "job.json").is_file():
        raise NotFoundError("Diesen Auftrag gibt es nicht mehr: Es werden nur die letzten aufgehoben.")
    return read_job(folder, _watchers)


def running_job(settings: Settings) -> Job | None:
    """The job that runs now, of whatever town."""
    return next((job for town in _towns(settings) for job in jobs(settings, town) if job.running), None)


def cancel(settings: Settings, tenant_id: str, job_id: str) -> None:
    """Ends a running job. Nothing is activated; the next publishing removes what was half built."""
    job = find(settings, tenant_id, job_id)
    if not job.running:
        return
    (job.folder / "cancelled").touch()
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(job.record.process)
        if process.create_time() == job.record.process_born:
            process.terminate()


def wait(job_id: str, timeout_s: float) -> None:
    """Waits until the end of a job that this process started is written down; for tests and scripts."""
    if watcher := _watchers.get(job_id):
        watcher.join(timeout_s)


def _arguments(kind: JobKind, tenant_id: str, by: str) -> list[str]:
    if kind is JobKind.PUBLISH:
        return ["knowledge", "publish", "--tenant", tenant_id, "--author", by]
    if kind is JobKind.DRAFT:
        return ["knowledge", "draft", "--tenant", tenant_id, "--author", by]
    return ["knowledge", "diff", "--tenant", tenant_id, "--json"]


def _watch(process: "subprocess.Popen[bytes]", folder: Path, job_id: str) -> None:
    code = process.wait()
    with suppress(OSError):  # the disk is full, or the town's folder is gone: then the job shows as interrupted
        write_atomically(folder / "ended.json", Ended(code=code, at=datetime.now(UTC)).model_dump_json())
    del _watchers[job_id]


def _made_nice(pid: int) -> float:
    """Lowers the process's priority; gives back when it was born, which tells it from a later one with the same id."""
    try:
        process = psutil.Process(pid)
        process.nice(max(_NICE, process.nice()))
        return process.create_time()
    except (psutil.Error, OSError):
        return 0.0


def _environment(settings: Settings) -> dict[str, str]:
    """What makes the command see the settings of this very server, also those that do not come from variables."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AMTSLOTSE_")}
    for name in settings.model_fields_set:
        value = getattr(settings, name)
        if value is not None:
            environment[f"AMTSLOTSE_{name.upper()}"] = _written(value)
    return environment


def _written(value: object) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _remove_old(settings: Settings, tenant_id: str) -> None:
    for job in jobs(settings, tenant_id)[KEPT - 1 :]:
        if not job.running:
            remove_folder(job.folder)


def _folder(settings: Settings, tenant_id: str) -> Path:
    return settings.data_dir / tenant_id / "jobs"


def _towns(settings: Settings) -> Iterator[str]:
    return (folder.parent.name for folder in settings.data_dir.glob("*/jobs/"))


__all__ = ["Job", "JobKind", "JobRunningError", "JobState", "cancel", "find", "jobs", "running_job", "start", "wait"]
