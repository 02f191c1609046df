"""One publisher at a time: the second is told who the first is, or waits."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import LockedError
from ingest.lock import HOLDER_FILE, holder, publish_lock
from ingest.publishing_log import account_name

TOWN = "town"
HOLDS = """
import sys
from pathlib import Path
from ingest.lock import publish_lock
with publish_lock(Path(sys.argv[1]), "town"):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    (tmp_path / TOWN).mkdir()
    return tmp_path


@pytest.fixture
def other(data_dir: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until it reads a line."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, data_dir], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_the_holder_is_named_to_whoever_comes_second(data_dir: Path, other: subprocess.Popen[str]) -> None:
    expected = f"process {other.pid} of {account_name()} on .*, since 20.* UTC.*wait until it has finished.*--wait"
    with pytest.raises(LockedError, match=expected), publish_lock(data_dir, TOWN):
        pass
    assert other.poll() is None


def test_a_second_publisher_may_wait_for_the_first(data_dir: Path, other: subprocess.Popen[str]) -> None:
    assert other.stdin is not None
    other.stdin.write("done\n")
    other.stdin.flush()
    with publish_lock(data_dir, TOWN, wait_s=60):
        found = holder(data_dir, TOWN)
        assert found is not None
        assert found.process == os.getpid()
    assert other.wait() == 0


def test_waiting_ends_when_its_time_is_over(data_dir: Path, other: subprocess.Popen[str]) -> None:
    with pytest.raises(LockedError, match=str(other.pid)), publish_lock(data_dir, TOWN, wait_s=0.05):
        pass


def test_the_lock_of_a_killed_process_is_free(data_dir: Path, other: subprocess.Popen[str]) -> None:
    other.kill()
    other.wait()
    with publish_lock(data_dir, TOWN):
        found = holder(data_dir, TOWN)
        assert found is not None
        assert found.process == os.getpid()
    assert holder(data_dir, TOWN) is None


def test_who_holds_the_lock_may_take_it_again_and_keeps_it(data_dir: Path) -> None:
    with publish_lock(data_dir, TOWN):
        with publish_lock(data_dir, TOWN):
            pass
        assert holder(data_dir, TOWN) is not None
    assert holder(data_dir, TOWN) is None


def test_a_holder_that_cannot_be_read_is_left_out_of_the_message(data_dir: Path, other: subprocess.Popen[str]) -> None:
    (data_dir / TOWN / HOLDER_FILE).write_text("{", encoding="utf-8")
    with pytest.raises(LockedError, match=f"is publishing for '{TOWN}': wait"), publish_lock(data_dir, TOWN):
        pass
    assert other.poll() is None
