"""Background jobs: started, watched, bounded, cancelled, interrupted."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.console import jobs
from app.console.jobs import Job, JobKind, JobRunningError, JobState
from app.errors import NotFoundError
from app.settings import Settings

TOWN = "musterstadt"
PROGRESS = '{"steps": [{"name": "passages", "done": 3, "total": 9}], "outcome": "%s", "generation": "g1"}'
QUICK = "import sys; open(sys.argv[sys.argv.index('--progress') + 1], 'w').write('" + PROGRESS % "published" + "')"
FAILING = "import sys; print('it went wrong', file=sys.stderr); sys.exit(1)"
WAITING = "import sys; sys.stdin.read(); import signal; signal.pause()"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", knowledge_dir=tmp_path / "knowledge")


@pytest.fixture
def waiting(settings: Settings) -> Iterator[Job]:
    """A job that goes on until it is cancelled."""
    job = _start(settings, WAITING)
    yield job
    jobs.cancel(settings, TOWN, job.id)
    jobs.wait(job.id, 20)


def _start(settings: Settings, code: str) -> Job:
    return jobs.start(settings, TOWN, JobKind.PUBLISH, "Kim Beispiel", program=(sys.executable, "-c", code))


def _ended(settings: Settings, code: str) -> Job:
    job = _start(settings, code)
    jobs.wait(job.id, 20)
    return jobs.find(settings, TOWN, job.id)


def test_a_job_that_ended_well_says_what_came_out_of_it(settings: Settings) -> None:
    job = _ended(settings, QUICK)
    assert (job.state, job.progress.outcome, job.generation) == (JobState.DONE, "published", "g1")
    assert [(step.name, step.done, step.total) for step in job.progress.steps] == [("passages", 3, 9)]
    assert job.ended_at is not None


def test_a_job_that_failed_keeps_what_the_program_said(settings: Settings) -> None:
    job = _ended(settings, FAILING)
    assert job.state is JobState.FAILED
    assert job.said == "it went wrong"


def test_only_one_job_runs_in_the_whole_installation(settings: Settings, waiting: Job) -> None:
    assert waiting.running
    with pytest.raises(JobRunningError, match="Kim Beispiel") as refused:
        jobs.start(settings, "anderstadt", JobKind.EFFECT, "Alex", program=(sys.executable, "-c", QUICK))
    assert refused.value.job.id == waiting.id
    running = jobs.running_job(settings)
    assert running is not None
    assert running.id == waiting.id


def test_a_cancelled_job_ends_and_says_so(settings: Settings) -> None:
    job = _start(settings, WAITING)
    jobs.cancel(settings, TOWN, job.id)
    jobs.wait(job.id, 20)
    assert jobs.find(settings, TOWN, job.id).state is JobState.CANCELLED
    assert _ended(settings, QUICK).state is JobState.DONE


def test_a_job_whose_process_went_away_with_the_server_shows_as_interrupted(settings: Settings) -> None:
    job = _ended(settings, QUICK)
    (job.folder / "ended.json").unlink()
    (job.folder / "progress.json").write_text('{"steps": [], "outcome": null}')
    assert jobs.find(settings, TOWN, job.id).state is JobState.INTERRUPTED
    assert jobs.running_job(settings) is None


def test_another_process_with_the_same_number_is_not_the_job(settings: Settings) -> None:
    job = _ended(settings, QUICK)
    (job.folder / "ended.json").unlink()
    (job.folder / "progress.json").unlink()
    record = json.loads((job.folder / "job.json").read_text())
    (job.folder / "job.json").write_text(json.dumps({**record, "process": os.getpid()}))
    assert jobs.find(settings, TOWN, job.id).state is JobState.INTERRUPTED


def test_a_result_outlives_the_server_that_started_the_job(settings: Settings) -> None:
    job = _ended(settings, QUICK)
    (job.folder / "ended.json").unlink()
    assert jobs.find(settings, TOWN, job.id).state is JobState.DONE


def test_old_jobs_are_deleted(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "KEPT", 2)
    made = [_ended(settings, "pass").id for _ in range(3)]
    assert {job.id for job in jobs.jobs(settings, TOWN)} == set(made[1:])
    with pytest.raises(NotFoundError):
        jobs.find(settings, TOWN, made[0])


@pytest.mark.parametrize("name", ["../jobs", "..", "x/y", ""])
def test_ids_lead_nowhere_else(settings: Settings, name: str) -> None:
    with pytest.raises(NotFoundError):
        jobs.find(settings, TOWN, name)


def test_the_command_sees_the_settings_of_this_server(settings: Settings) -> None:
    job = _ended(settings, "import os; print(os.environ['AMTSLOTSE_DATA_DIR'])")
    assert job.output.strip() == str(settings.data_dir)
