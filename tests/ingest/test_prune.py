"""Old generations go, but nothing that somebody may still need."""

import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import LockedError
from app.index.generation import activate, active_id, generations_folder, open_active
from app.index.manifest import GenerationState, Manifest, read_manifest, write_manifest
from app.records.repository import RecordRepository
from ingest.generation import publish
from ingest.prune import Kept, PruneRule, prune
from ingest.rollback import generations
from tests.ingest.cheap_embedder import CheapEmbedder
from tests.ingest.test_lock import HOLDS
from tests.knowledge import TENANT, copy_knowledge, silent
from tests.records.samples import new_record

ALL_OLD = PruneRule(keep=1, older_than=timedelta(0))
NOBODY: frozenset[str] = frozenset()


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with six generations, each a day younger than the one before; the last is active."""
    folder = tmp_path_factory.mktemp("six")
    data_dir = folder / "data"
    publish(copy_knowledge(folder / "knowledge", ("sperrmuell",)), data_dir, TENANT, CheapEmbedder(), "test", silent)
    root = generations_folder(data_dir, TENANT)
    (first,) = root.iterdir()
    manifest, parent = read_manifest(first), None
    for age in reversed(range(6)):
        created = datetime.now(UTC) - timedelta(days=age, hours=1)
        copy = shutil.copytree(first, root / f"{created:%Y%m%dT%H%M%S%fZ}")
        write_manifest(copy, manifest.model_copy(update={"id": copy.name, "created_at": created, "parent": parent}))
        parent = copy.name
    activate(data_dir, TENANT, parent or "")
    shutil.rmtree(first)
    return data_dir


@pytest.fixture
def data_dir(six: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(six, tmp_path / "data"))


def ids(data_dir: Path) -> list[str]:
    return [manifest.id for manifest in generations(data_dir, TENANT)]


def change(data_dir: Path, generation_id: str, **fields: object) -> None:
    folder = generations_folder(data_dir, TENANT) / generation_id
    changed: Manifest = read_manifest(folder).model_copy(update=fields)
    write_manifest(folder, changed)


def test_the_active_one_and_the_one_to_roll_back_to_stay(data_dir: Path) -> None:
    before = ids(data_dir)
    pruned = prune(data_dir, TENANT, ALL_OLD, NOBODY)
    assert pruned.removed == tuple(before[:4])
    assert pruned.kept == (Kept(before[4], "to roll back to"),)
    assert ids(data_dir) == before[4:]
    assert open_active(data_dir, TENANT, CheapEmbedder().info).id == before[5]


def test_the_one_to_roll_back_to_goes_when_asked_for(data_dir: Path) -> None:
    before = ids(data_dir)
    prune(data_dir, TENANT, replace(ALL_OLD, keep_rollback_target=False), NOBODY)
    assert ids(data_dir) == before[5:]


def test_an_old_active_one_stays_however_many_are_newer(data_dir: Path) -> None:
    before = ids(data_dir)
    activate(data_dir, TENANT, before[1])
    pruned = prune(data_dir, TENANT, ALL_OLD, NOBODY)
    assert ids(data_dir) == [before[0], before[1], before[5]]
    assert Kept(before[1], "active") in pruned.kept
    assert active_id(data_dir, TENANT) == before[1]


def test_only_what_is_beyond_the_number_and_the_age_goes(data_dir: Path) -> None:
    before = ids(data_dir)
    assert prune(data_dir, TENANT, PruneRule(6, timedelta(0)), NOBODY).removed == ()
    assert prune(data_dir, TENANT, PruneRule(1, timedelta(days=90)), NOBODY).removed == ()
    assert prune(data_dir, TENANT, PruneRule(3, timedelta(days=4)), NOBODY).removed == tuple(before[:2])


def test_what_a_kept_answer_came_from_stays(data_dir: Path, tmp_path: Path) -> None:
    before = ids(data_dir)
    now = datetime.now(UTC)
    with closing(RecordRepository(tmp_path / "records.sqlite3")) as records:
        records.append(replace(new_record("a-1", created_at=now - timedelta(days=200)), generation=before[0]))
        records.append(replace(new_record("a-2", created_at=now - timedelta(days=5)), generation=before[1]))
        records.append(replace(new_record("a-3", "other", created_at=now), generation=before[2]))
        records.append(replace(new_record("a-4", created_at=now), generation=before[3]))
        records.erase(TENANT, "a-4")
        recorded = records.generations(TENANT, now - timedelta(days=90))
    assert recorded == {before[1]}
    pruned = prune(data_dir, TENANT, ALL_OLD, recorded)
    assert pruned.removed == (before[0], before[2], before[3])
    assert Kept(before[1], "answers in the log came from it") in pruned.kept


def test_what_waits_for_approval_stays_and_what_was_refused_goes(data_dir: Path) -> None:
    before = ids(data_dir)
    change(data_dir, before[0], state=GenerationState.PENDING)
    change(data_dir, before[1], state=GenerationState.REFUSED)
    pruned = prune(data_dir, TENANT, ALL_OLD, NOBODY)
    assert Kept(before[0], "not decided about yet") in pruned.kept
    assert before[1] in pruned.removed


def test_a_dry_run_deletes_nothing_and_says_the_same(data_dir: Path) -> None:
    before = ids(data_dir)
    said = prune(data_dir, TENANT, ALL_OLD, NOBODY, dry_run=True)
    assert ids(data_dir) == before
    assert prune(data_dir, TENANT, ALL_OLD, NOBODY) == said


def test_whoever_is_stopped_meanwhile_leaves_whole_generations(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ids(data_dir)

    def stopped(_folder: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("shutil.rmtree", stopped)
        with pytest.raises(KeyboardInterrupt):
            prune(data_dir, TENANT, ALL_OLD, NOBODY)
    assert ids(data_dir) == before[1:]
    root = generations_folder(data_dir, TENANT)
    assert [path.name for path in root.glob(".*")] == [f".deleting-{before[0]}"]
    prune(data_dir, TENANT, PruneRule(6, timedelta(0)), NOBODY)
    assert list(root.glob(".*")) == []


def test_nothing_is_deleted_while_somebody_publishes(data_dir: Path) -> None:
    before = ids(data_dir)
    command = [sys.executable, "-c", HOLDS.replace('"town"', f'"{TENANT}"'), str(data_dir)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(LockedError, match=str(other.pid)):
            prune(data_dir, TENANT, ALL_OLD, NOBODY)
        other.kill()
    assert ids(data_dir) == before


def test_a_town_without_generations_has_nothing_to_prune(tmp_path: Path) -> None:
    assert prune(tmp_path, "xanadu", ALL_OLD, NOBODY).removed == ()
    assert list(tmp_path.iterdir()) == []
