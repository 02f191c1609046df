"""Watching a real folder: what makes it publish, and what doesn't stop it."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.errors import KnowledgeError, LockedError
from ingest.watch import Rhythm, Watch, folder_digest, folder_state

_PATIENCE_S = 20.0
QUICK = Rhythm(every_s=3600, poll_s=0.01, settle_s=0.1, lock_retry_s=0.05)


class Town:
    """A folder, and a publisher that notes what it found there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.text = folder / "services" / "hund.md"
        self.text.parent.mkdir(parents=True)
        self.text.write_text("eins", encoding="utf-8")
        self.published: queue.Queue[str] = queue.Queue()
        self.said: list[str] = []
        self.failures: list[Exception] = []
        self.during: Callable[[], None] = lambda: None
        self.under_way = threading.Lock()

    def publish(self) -> None:
        assert self.under_way.acquire(blocking=False), "two publishes at once"
        try:
            text = self.text.read_text(encoding="utf-8")
            during, self.during = self.during, lambda: None
            during()
            if self.failures:
                raise self.failures.pop(0)
            self.published.put(text)
        finally:
            self.under_way.release()

    def next(self) -> str:
        return self.published.get(timeout=_PATIENCE_S)

    def write(self, text: str) -> None:
        self.text.write_text(text, encoding="utf-8")

    def wait_until_said(self, words: str) -> None:
        deadline = time.monotonic() + _PATIENCE_S
        while not any(words in line for line in self.said):
            assert time.monotonic() < deadline, f"'{words}' was never said, but {self.said}"
            threading.Event().wait(0.01)


@contextmanager
def watching(town: Town, rhythm: Rhythm = QUICK) -> Iterator[None]:
    stop = threading.Event()
    watch = Watch(town.folder, town.publish, town.said.append, rhythm)
    thread = threading.Thread(target=watch.run, args=(stop,), name="watch")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=_PATIENCE_S)
        assert not thread.is_alive()


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path / "musterstadt")


def test_it_publishes_at_the_start_and_after_each_change(town: Town) -> None:
    with watching(town):
        assert town.next() == "eins"
        town.write("zwei")
        assert town.next() == "zwei"
        (town.folder / "services" / "neu.md").write_text("neu", encoding="utf-8")
        assert town.next() == "zwei"
        (town.folder / "services" / "neu.md").unlink()
        assert town.next() == "zwei"
    assert town.published.empty()


def test_a_change_while_it_publishes_is_published_next(town: Town) -> None:
    town.during = lambda: town.write("zwei")
    with watching(town):
        assert [town.next(), town.next()] == ["eins", "zwei"]


def test_files_that_are_saved_again_or_not_finished_are_no_change(town: Town) -> None:
    with watching(town):
        town.next()
        town.write("eins")
        for name in (".hund.md.swp", "~$hund.docx", "hund.md~", "hund.pdf.part", ".git/HEAD"):
            path = town.folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text("unfertig", encoding="utf-8")
        town.write("zwei")
        assert town.next() == "zwei"
    assert town.published.empty()


def test_several_changes_in_a_row_are_published_once(town: Town) -> None:
    with watching(town, Rhythm(every_s=3600, poll_s=0.01, settle_s=1)):
        town.next()
        for number in range(20):
            town.write(f"Fassung {number}")
        assert town.next() == "Fassung 19"
    assert town.published.empty()


@pytest.mark.parametrize("failure", [KnowledgeError("Der Text ist kaputt."), OSError("Der Text ist kaputt.")])
def test_a_failure_is_said_and_the_next_change_tries_again(town: Town, failure: Exception) -> None:
    town.failures = [failure]
    with watching(town):
        town.wait_until_said("Der Text ist kaputt.")
        assert town.published.empty()
        town.write("geheilt")
        assert town.next() == "geheilt"
    assert any("the next change tries again" in line for line in town.said)


def test_while_somebody_else_publishes_it_tries_again_without_a_change(town: Town) -> None:
    town.failures = [LockedError("Another process is publishing."), LockedError("Another process is publishing.")]
    with watching(town):
        assert town.next() == "eins"
    assert town.said.count("Another process is publishing.") == 2


def test_it_looks_again_at_an_interval(town: Town) -> None:
    with watching(town, Rhythm(every_s=0.05, poll_s=0.01, settle_s=0.1)):
        assert [town.next() for _ in range(3)] == ["eins"] * 3
    assert any("time to look again" in line for line in town.said)


def test_a_folder_that_is_gone_for_a_while_does_not_end_it(town: Town) -> None:
    away = town.folder.with_name("weg")
    with watching(town):
        town.next()
        town.folder.rename(away)
        town.wait_until_said("No such file")
        away.rename(town.folder)
        assert town.next() == "eins"


def test_what_is_a_mistake_of_the_program_ends_it(town: Town) -> None:
    town.failures = [RuntimeError("Fehler im Programm")]
    watch = Watch(town.folder, town.publish, town.said.append, QUICK)
    with pytest.raises(RuntimeError):
        watch.run(threading.Event())


def test_the_state_of_a_folder_tells_saving_and_its_digest_only_contents(town: Town) -> None:
    state, digest = folder_state(town.folder), folder_digest(town.folder)
    town.text.touch()
    assert folder_state(town.folder) != state
    assert folder_digest(town.folder) == digest
    town.write("zwei")
    assert folder_digest(town.folder) != digest
    assert folder_state(town.folder / "nirgends") == frozenset()
