"""What a running service answers from, while generations come and go."""

import logging
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from app.errors import GenerationError, NotReadyError, UnknownTenantError
from app.index.generation import activate, generations_folder
from app.index.live import LiveGenerations
from app.index.store import CHUNKS_FILE
from app.models.ports import Embedder
from ingest.generation import publish
from ingest.rollback import rollback
from tests.knowledge import TENANT, silent

pytestmark = pytest.mark.models


@pytest.fixture
def live(published_copy: Path, small_knowledge: Path, embedder: Embedder) -> LiveGenerations:
    return LiveGenerations(published_copy, small_knowledge, embedder.info)


@pytest.fixture
def publish_again(published_copy: Path, small_knowledge: Path, embedder: Embedder) -> str:
    """Publishes once more without using `live`; gives back the new id."""
    return publish(small_knowledge, published_copy, TENANT, embedder, "test", silent).id


def damage(data_dir: Path, generation_id: str) -> None:
    os.truncate(generations_folder(data_dir, TENANT) / generation_id / CHUNKS_FILE, 100)


def test_a_moved_pointer_is_followed_without_a_restart(
    live: LiveGenerations, published_copy: Path, small_knowledge: Path, embedder: Embedder
) -> None:
    first = live.active(TENANT)
    second = publish(small_knowledge, published_copy, TENANT, embedder, "test", silent)
    assert live.active(TENANT).id == second.id != first.id
    rollback(published_copy, TENANT)
    assert live.active(TENANT) is first


def test_a_request_in_flight_keeps_the_generation_that_it_started_with(
    live: LiveGenerations, published_copy: Path, small_knowledge: Path, embedder: Embedder
) -> None:
    held = live.active(TENANT)
    publish(small_knowledge, published_copy, TENANT, embedder, "test", silent)
    assert live.active(TENANT) is not held
    assert held.dense.search(embedder.embed_query("Hundesteuer"), 1, np.ones(len(held.chunks), dtype=bool))


def test_a_damaged_new_generation_leaves_the_old_one_serving_and_is_told(
    live: LiveGenerations,
    published_copy: Path,
    small_knowledge: Path,
    embedder: Embedder,
    caplog: pytest.LogCaptureFixture,
) -> None:
    first = live.active(TENANT)
    second = publish(small_knowledge, published_copy, TENANT, embedder, "test", silent)
    damage(published_copy, second.id)
    with caplog.at_level(logging.ERROR):
        assert live.active(TENANT) is first
    assert f"goes on serving generation {first.id}" in caplog.text
    assert "publish again or roll back" in caplog.text


def test_a_generation_opened_for_a_replay_never_serves_in_place_of_the_one_that_did(
    published_copy: Path, small_knowledge: Path, embedder: Embedder, publish_again: str
) -> None:
    live = LiveGenerations(published_copy, small_knowledge, embedder.info)
    serving = live.active(TENANT)
    (oldest, *_) = sorted(path.name for path in generations_folder(published_copy, TENANT).iterdir())
    assert live.get(TENANT, oldest).id == oldest != serving.id
    third = publish(small_knowledge, published_copy, TENANT, embedder, "test", silent)
    damage(published_copy, third.id)
    assert live.active(TENANT).id == serving.id == publish_again


def test_a_damaged_generation_is_an_error_when_none_served_before(live: LiveGenerations, published_copy: Path) -> None:
    (folder,) = generations_folder(published_copy, TENANT).iterdir()
    damage(published_copy, folder.name)
    with pytest.raises(GenerationError, match="publish again or roll back"):
        live.active(TENANT)


def test_an_unknown_tenant_is_told_so(live: LiveGenerations) -> None:
    with pytest.raises(UnknownTenantError, match="keine Stadt mit der Kennung „xanadu“"):
        live.active("xanadu")


def test_a_tenant_with_texts_and_nothing_published_is_not_ready(
    tmp_path: Path, small_knowledge: Path, embedder: Embedder
) -> None:
    live = LiveGenerations(tmp_path / "empty", small_knowledge, embedder.info)
    assert live.tenants() == (TENANT,)
    assert live.active_id(TENANT) is None
    with pytest.raises(NotReadyError, match="noch nichts veröffentlicht"):
        live.active(TENANT)


def test_a_published_tenant_serves_on_without_its_sources(
    published_copy: Path, tmp_path: Path, embedder: Embedder
) -> None:
    live = LiveGenerations(published_copy, tmp_path / "gone", embedder.info)
    assert live.active(TENANT).tenant.id == TENANT


def test_requests_at_once_share_one_opened_generation(live: LiveGenerations) -> None:
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _: id(live.active(TENANT)), range(8)))
    assert len(set(opened)) == 1


def test_generations_that_were_used_longest_ago_are_let_go(
    live: LiveGenerations, published_copy: Path, monkeypatch: pytest.MonkeyPatch, publish_again: str
) -> None:
    monkeypatch.setattr("app.index.live._OPEN_AT_MOST", 1)
    (first, second) = sorted(path.name for path in generations_folder(published_copy, TENANT).iterdir())
    opened = live.get(TENANT, first)
    assert live.get(TENANT, second).id == publish_again
    assert live.get(TENANT, first) is not opened
    activate(published_copy, TENANT, first)
    assert live.active(TENANT).id == first
