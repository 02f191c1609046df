"""Going back to an earlier generation."""

import subprocess
from pathlib import Path

import pytest

from app.errors import GenerationError, KnowledgeError, LockedError
from app.index.generation import activate, active_id, generations_folder
from app.models.ports import Embedder
from ingest.generation import publish
from ingest.rollback import damaged_generations, generations, rollback
from tests.knowledge import TENANT, copy_knowledge, silent

pytestmark = pytest.mark.models


@pytest.fixture
def three(published_copy: Path, tmp_path: Path, embedder: Embedder) -> list[str]:
    """Ids of three generations in `published_copy`, oldest first; the last is active."""
    knowledge = copy_knowledge(tmp_path / "knowledge", ("sperrmuell",))
    first = active_id(published_copy, TENANT) or ""
    return [first, *(publish(knowledge, published_copy, TENANT, embedder, "test", silent).id for _ in range(2))]


def test_generations_are_listed_oldest_first(published_copy: Path, three: list[str]) -> None:
    assert [manifest.id for manifest in generations(published_copy, TENANT)] == three
    assert active_id(published_copy, TENANT) == three[-1]


def test_rolling_back_activates_the_parent_each_time_until_there_is_none(
    published_copy: Path, three: list[str]
) -> None:
    assert rollback(published_copy, TENANT) == active_id(published_copy, TENANT) == three[1]
    assert rollback(published_copy, TENANT) == active_id(published_copy, TENANT) == three[0]
    with pytest.raises(KnowledgeError, match="no earlier generation to roll back to"):
        rollback(published_copy, TENANT)
    assert active_id(published_copy, TENANT) == three[0]


def test_rolling_back_to_a_named_generation_works_in_both_directions(published_copy: Path, three: list[str]) -> None:
    assert rollback(published_copy, TENANT, three[0]) == active_id(published_copy, TENANT) == three[0]
    assert rollback(published_copy, TENANT, three[2]) == active_id(published_copy, TENANT) == three[2]


@pytest.mark.parametrize("name", ["20000101T000000000000Z", "", ".", "../generations", "/etc"])
def test_a_generation_that_is_not_there_is_refused_and_nothing_moves(
    published_copy: Path, three: list[str], name: str
) -> None:
    with pytest.raises(GenerationError, match=f"amtslotse knowledge generations --tenant {TENANT}"):
        rollback(published_copy, TENANT, name)
    assert active_id(published_copy, TENANT) == three[-1]


def test_nothing_published_leaves_nothing_to_roll_back_to(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="'xanadu' has no earlier generation"):
        rollback(tmp_path, "xanadu")
    assert generations(tmp_path, "xanadu") == []
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_active_generation_is_left_for_the_newest_one_before_it(
    published_copy: Path, three: list[str]
) -> None:
    (generations_folder(published_copy, TENANT) / three[2] / "manifest.json").write_text("{", encoding="utf-8")
    assert [manifest.id for manifest in generations(published_copy, TENANT)] == three[:2]
    assert damaged_generations(published_copy, TENANT) == [three[2]]
    assert rollback(published_copy, TENANT) == three[1]


def test_a_damaged_generation_is_not_rolled_back_to(published_copy: Path, three: list[str]) -> None:
    (generations_folder(published_copy, TENANT) / three[1] / "manifest.json").unlink()
    with pytest.raises(GenerationError, match=f"no generation '{three[1]}'"):
        rollback(published_copy, TENANT)
    assert active_id(published_copy, TENANT) == three[2]


def test_after_a_rollback_the_next_generation_has_the_active_one_as_parent(
    published_copy: Path, small_knowledge: Path, embedder: Embedder, three: list[str]
) -> None:
    rollback(published_copy, TENANT, three[0])
    fourth = publish(small_knowledge, published_copy, TENANT, embedder, "test", silent)
    assert fourth.parent == three[0]
    assert rollback(published_copy, TENANT) == three[0]


def test_nobody_rolls_back_while_another_process_publishes(
    stuck_publisher: subprocess.Popen[str], published_copy: Path
) -> None:
    assert stuck_publisher.poll() is None
    current = active_id(published_copy, TENANT) or ""
    with pytest.raises(LockedError, match="wait until it has finished"):
        rollback(published_copy, TENANT, current)


def test_the_pointer_may_name_the_generation_that_is_active_already(published_copy: Path, three: list[str]) -> None:
    activate(published_copy, TENANT, three[2])
    assert active_id(published_copy, TENANT) == three[2]
