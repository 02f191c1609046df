"""Publishing: a new generation or none, and the old one serves on."""

import errno
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from app.errors import ConfigurationError, KnowledgeError, LockedError, UnknownTenantError
from app.index.generation import Generation, active_id, file_hash, generations_folder, open_active
from app.models.ports import Embedder, EmbedderInfo, Matrix, Vector
from app.version import code_version
from ingest.chunking import CHUNKER_VERSION
from ingest.generation import publish
from ingest.rollback import generations
from tests.ingest.samples import markdown
from tests.knowledge import DOCUMENTS, TENANT, copy_knowledge, silent

pytestmark = pytest.mark.models


class CountingEmbedder:
    """The real embedder; notes what it was asked to compute."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.computed: list[str] = []

    @property
    def info(self) -> EmbedderInfo:
        return self._embedder.info

    def embed_query(self, text: str) -> Vector:
        return self._embedder.embed_query(text)

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        self.computed += texts
        return self._embedder.embed_passages(texts)


@pytest.fixture
def counting(embedder: Embedder) -> CountingEmbedder:
    return CountingEmbedder(embedder)


def names(data_dir: Path) -> list[str]:
    """What lies in the generations' folder, hidden files too."""
    return sorted(path.name for path in generations_folder(data_dir, TENANT).iterdir())


def found_first(generation: Generation, embedder: Embedder, question: str) -> str:
    hits = generation.dense.search(embedder.embed_query(question), 1, np.ones(len(generation.chunks), dtype=bool))
    return generation.chunks[hits[0].row].service


def test_what_is_published_is_found(published: Path, embedder: Embedder) -> None:
    generation = open_active(published, TENANT, embedder.info)
    assert found_first(generation, embedder, "Wo melde ich meinen Welpen an?") == "hund-anmelden"
    assert found_first(generation, embedder, "alte Couch abholen lassen") == "sperrmuell"


def test_the_manifest_says_what_was_published_by_whom_and_with_what(published: Path, embedder: Embedder) -> None:
    (manifest,) = generations(published, TENANT)
    assert manifest.id == active_id(published, TENANT)
    assert (manifest.tenant, manifest.created_by, manifest.parent) == (TENANT, "test", None)
    assert (manifest.chunker_version, manifest.code_version) == (CHUNKER_VERSION, code_version())
    assert (manifest.embedding.name, manifest.embedding.revision) == (embedder.info.name, embedder.info.revision)
    assert sorted(entry.id for entry in manifest.documents) == list(DOCUMENTS)
    assert sum(entry.chunks for entry in manifest.documents) == manifest.chunk_count


def test_publishing_unchanged_texts_again_computes_nothing_and_gives_the_same_vectors(
    published_copy: Path, small_knowledge: Path, counting: CountingEmbedder
) -> None:
    first = open_active(published_copy, TENANT, counting.info)
    second_id = publish(small_knowledge, published_copy, TENANT, counting, "test", silent).id
    second = open_active(published_copy, TENANT, counting.info)
    assert counting.computed == []
    assert (second.id, second.manifest.parent) == (second_id, first.id)
    assert second.id != first.id
    assert second.chunks == first.chunks
    assert np.array_equal(second.sentence_vectors, first.sentence_vectors)
    assert np.allclose(second.dense.vectors(), first.dense.vectors(), atol=1e-6)


def test_after_a_change_only_what_changed_is_computed(
    published_copy: Path, tmp_path: Path, counting: CountingEmbedder
) -> None:
    knowledge = copy_knowledge(tmp_path / "knowledge")
    path = knowledge / TENANT / "services" / "hund-anmelden.md"
    path.write_text(path.read_text("utf-8").replace("ein Hund: 96,00 Euro", "ein Hund: 98,00 Euro"), "utf-8")
    publish(knowledge, published_copy, TENANT, counting, "test", silent)
    assert len(counting.computed) == 2
    assert all("98,00 Euro" in text for text in counting.computed)
    texts = [chunk.text for chunk in open_active(published_copy, TENANT, counting.info).chunks]
    assert any("98,00 Euro" in text for text in texts)
    assert not any("ein Hund: 96,00 Euro" in text for text in texts)


def test_texts_with_errors_are_not_published_and_the_errors_are_listed(
    tmp_path: Path, counting: CountingEmbedder
) -> None:
    knowledge = copy_knowledge(tmp_path / "knowledge", ("hund-anmelden",))
    path = knowledge / TENANT / "services" / "hund-anmelden.md"
    path.write_text(path.read_text("utf-8").replace("office: steueramt", "office: hundeamt"), "utf-8")
    with pytest.raises(
        KnowledgeError, match=r"nothing was published:\nservices/hund-anmelden\.md: error unknown-office"
    ):
        publish(knowledge, tmp_path / "data", TENANT, counting, "test", silent)
    assert not generations_folder(tmp_path / "data", TENANT).exists()
    assert counting.computed == []


def test_an_unknown_tenant_is_told_so(tmp_path: Path, small_knowledge: Path, embedder: Embedder) -> None:
    with pytest.raises(UnknownTenantError, match="There is no tenant 'xanadu'"):
        publish(small_knowledge, tmp_path, "xanadu", embedder, "test", silent)
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_tenant_file_is_told_so(tmp_path: Path, embedder: Embedder) -> None:
    knowledge = copy_knowledge(tmp_path / "knowledge", ())
    (knowledge / TENANT / "tenant.yaml").write_text("id: [", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"tenant\.yaml is not readable YAML"):
        publish(knowledge, tmp_path / "data", TENANT, embedder, "test", silent)


def _no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    "writer",
    [
        "write_chunks",
        "embed_into",
        "write_changed_dense",
        "write_alias_texts",
        "write_lexical",
        "write_manifest",
        "sync_tree",
    ],
)
def test_a_full_disk_changes_nothing_and_says_what_to_do(
    published_copy: Path, small_knowledge: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch, writer: str
) -> None:
    before = names(published_copy)
    with monkeypatch.context() as patch:
        patch.setattr(f"ingest.build.{writer}", _no_space)
        with pytest.raises(KnowledgeError, match="is full: free some space and try again"):
            publish(small_knowledge, published_copy, TENANT, embedder, "test", silent)
    assert names(published_copy) == before == [active_id(published_copy, TENANT)]
    open_active(published_copy, TENANT, embedder.info)


def test_a_full_disk_is_told_also_when_the_error_does_not_say_so(
    published_copy: Path, small_knowledge: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free = 4096

    def short_write(*_: object) -> None:
        raise OSError("512 requested and 0 written")  # numpy's own words, without a number

    monkeypatch.setattr("ingest.build.write_changed_dense", short_write)
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage)
    with pytest.raises(KnowledgeError, match="is full"):
        publish(small_knowledge, published_copy, TENANT, embedder, "test", silent)


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, RuntimeError, PermissionError])
def test_an_interrupted_publisher_leaves_nothing_behind(
    published_copy: Path, small_knowledge: Path, embedder: Embedder, interruption: type[BaseException]
) -> None:
    def interrupt(_step: str, _done: int, _total: int) -> None:
        assert any(name.startswith(".building-") for name in names(published_copy))
        raise interruption

    before = names(published_copy)
    with pytest.raises(interruption):
        publish(small_knowledge, published_copy, TENANT, embedder, "test", interrupt)
    assert names(published_copy) == before


def test_a_second_publisher_is_told_that_another_works(
    stuck_publisher: subprocess.Popen[str], published_copy: Path, small_knowledge: Path, embedder: Embedder
) -> None:
    assert stuck_publisher.poll() is None
    building = names(published_copy)
    with pytest.raises(
        LockedError, match=f"Another process is publishing for '{TENANT}' .process {stuck_publisher.pid} "
    ):
        publish(small_knowledge, published_copy, TENANT, embedder, "test", silent)
    assert names(published_copy) == building


def test_a_killed_publisher_leaves_the_active_generation_serving_and_the_next_one_cleans_up(
    stuck_publisher: subprocess.Popen[str], published_copy: Path, small_knowledge: Path, embedder: Embedder
) -> None:
    stuck_publisher.kill()
    stuck_publisher.wait()
    (leftover, before) = names(published_copy)
    assert leftover.startswith(".building-")
    serving = open_active(published_copy, TENANT, embedder.info)
    assert serving.id == before
    assert found_first(serving, embedder, "Hundesteuer") == "hund-anmelden"
    after = publish(small_knowledge, published_copy, TENANT, embedder, "test", silent)
    assert names(published_copy) == [before, after.id]


def _no_pointer(data_dir: Path) -> None:
    (data_dir / TENANT / "active").write_text("20000101T000000000000Z\n", encoding="utf-8")


def _no_chunks(data_dir: Path) -> None:
    next(generations_folder(data_dir, TENANT).glob("*/chunks.jsonl")).unlink()


def _old_tenant_format(data_dir: Path) -> None:
    (folder,) = generations_folder(data_dir, TENANT).iterdir()
    tenant, manifest = folder / "tenant.yaml", folder / "manifest.json"
    before = file_hash(tenant)
    tenant.write_text(tenant.read_text("utf-8") + "\nno_longer_known: 1\n", encoding="utf-8")
    manifest.write_text(manifest.read_text("utf-8").replace(before, file_hash(tenant)), encoding="utf-8")


@pytest.mark.parametrize("damage", [_no_pointer, _no_chunks, _old_tenant_format])
def test_publishing_works_when_the_active_generation_cannot_be_read(
    published_copy: Path, tmp_path: Path, counting: CountingEmbedder, damage: Callable[[Path], None]
) -> None:
    damage(published_copy)
    knowledge = copy_knowledge(tmp_path / "knowledge", ())
    (knowledge / TENANT / "services" / "hund.md").write_text(markdown(), encoding="utf-8")
    manifest = publish(knowledge, published_copy, TENANT, counting, "test", silent)
    assert len(counting.computed) >= 2
    assert open_active(published_copy, TENANT, counting.info).id == manifest.id


def test_progress_ends_with_all_done(published_copy: Path, small_knowledge: Path, embedder: Embedder) -> None:
    seen: dict[str, tuple[int, int]] = {}
    publish(
        small_knowledge, published_copy, TENANT, embedder, "test", lambda step, *counts: seen.update({step: counts})
    )
    assert seen
    assert all(done == total > 0 for done, total in seen.values())
