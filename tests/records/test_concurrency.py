"""Many writers, and writers that die: no confirmed record is lost, the chain stays whole."""

import multiprocessing
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from app.records.repository import RecordRepository
from tests.records.samples import new_record

_BURST = """
import sys
from pathlib import Path
from app.records.repository import RecordRepository
from tests.records.samples import new_record

records = RecordRepository(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    payload = {"text": "x" * 20_000}
    stored = records.append(new_record(f"{sys.argv[2]}-{number}", payload=payload))
    print(stored.id, flush=True)
"""


def append_some(path: Path, writer: int, count: int) -> None:
    """Run in several processes at once; each opens the log itself."""
    records = RecordRepository(path)
    for number in range(count):
        records.append(new_record(f"{writer}-{number}", tenant=f"town-{number % 2}"))
    records.close()


def test_processes_that_open_and_write_at_once_build_one_whole_chain(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(4, mp_context=context) as pool:
        for future in [pool.submit(append_some, path, writer, 30) for writer in range(4)]:
            future.result()
    records = RecordRepository(path)
    report = records.verify()
    assert (report.records, report.faults) == (120, ())
    assert records.count("town-0") == records.count("town-1") == 60
    records.close()


def test_threads_share_one_repository(records: RecordRepository) -> None:
    with ThreadPoolExecutor(8) as pool:
        stored = list(pool.map(lambda number: records.append(new_record(str(number))), range(80)))
    assert sorted(record.sequence for record in stored) == list(range(1, 81))
    assert records.verify().intact


def test_threads_that_open_a_new_log_at_once_agree(path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda writer: append_some(path, writer, 4), range(4)))
    records = RecordRepository(path)
    assert records.verify().records == 16
    records.close()


@pytest.mark.parametrize("acknowledged", [1, 17])
def test_a_killed_writer_loses_no_confirmed_record_and_breaks_no_chain(path: Path, acknowledged: int) -> None:
    confirmed: list[str] = []
    for run in range(3):
        confirmed += _killed_after(path, f"run{run}", acknowledged)
        records = RecordRepository(path)
        report = records.verify()
        assert report.intact
        assert {record.id for record in records.iterate("musterstadt")} >= set(confirmed)
        assert records.append(new_record(f"after-{run}")).sequence == report.records + 1
        records.close()


def _killed_after(path: Path, prefix: str, acknowledged: int) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _BURST, str(path), prefix],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    with process:
        for _ in range(acknowledged):
            yield process.stdout.readline().strip()
        process.kill()
        # What it still confirmed before it died is in the pipe.
        yield from (line.strip() for line in process.stdout if line.endswith("\n"))
    assert process.returncode == -9
