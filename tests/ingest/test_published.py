"""What the active generation holds is used again only where it is exactly what would be made."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from app.index.chunk import Chunk
from app.index.generation import PASSAGES_FILE, SENTENCES_FILE, active_id, generations_folder
from app.index.manifest import read_manifest, write_manifest
from app.index.store import CHUNKS_FILE
from ingest.chunking import chunk_document
from ingest.document import ServiceDocument
from ingest.embedding import passage_texts, sentence_texts
from ingest.generation import publish
from ingest.published import Published, read_published
from ingest.sources.markdown import read_markdown
from tests.ingest.cheap_embedder import CheapEmbedder
from tests.knowledge import TENANT, copy_knowledge, silent

CHEAP = CheapEmbedder()
TEXTS = ("sperrmuell", "hund-anmelden", "hund-anmelden.einfach")


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A data folder; the texts lie beside it in `knowledge`."""
    publish(copy_knowledge(tmp_path / "knowledge", TEXTS), tmp_path / "data", TENANT, CHEAP, "test", silent)
    return tmp_path / "data"


def hashes(texts: list[ServiceDocument]) -> dict[str, str]:
    return {text.id: text.content_hash for text in texts}


def named(texts: list[ServiceDocument]) -> list[ServiceDocument]:
    read = {text.id: text for text in texts}
    return [text.named_like(read[text.service]) for text in texts]


def documents(town: Path) -> list[ServiceDocument]:
    folder = town.parent / "knowledge" / TENANT / "services"
    found = [read_markdown(path, path.name).document for path in sorted(folder.glob("*.md"))]
    return [document for document in found if document is not None]


def made(texts: list[ServiceDocument]) -> list[Chunk]:
    return [chunk for document in texts for chunk in chunk_document(document)]


def before(town: Path) -> Published:
    found = read_published(town, TENANT, CHEAP.info)
    assert found is not None
    return found


def test_unchanged_texts_have_the_chunks_that_were_published(town: Path) -> None:
    texts = documents(town)
    found = before(town)
    chunks = found.chunks_of(named(texts), hashes(texts))
    assert chunks == made(named(texts))
    assert {id(chunk) for chunk in chunks} <= {id(chunk) for chunk in found.chunks}


@pytest.mark.parametrize("name", ["hund-anmelden", "sperrmuell"])
def test_changed_texts_and_what_takes_their_names_are_chunked_anew(town: Path, name: str) -> None:
    texts = documents(town)
    by_id = {text.id: text for text in texts}
    by_id[name] = by_id[name].model_copy(update={"synonyms": ("Wauwau",)})
    changed = [by_id[text.id] for text in texts]
    assert before(town).chunks_of(named(changed), hashes(changed)) == made(named(changed))


def test_other_code_chunks_everything_anew(town: Path) -> None:
    folder = generations_folder(town, TENANT) / (active_id(town, TENANT) or "")
    write_manifest(folder, read_manifest(folder).model_copy(update={"code_version": "0.0.1+00000000"}))
    assert before(town).hashes == {}
    texts = documents(town)
    assert before(town).chunks_of(named(texts), hashes(texts)) == made(named(texts))


def test_every_vector_belongs_to_its_text(town: Path) -> None:
    found = before(town)
    for known, texts in (
        (found.passages, passage_texts(found.chunks)),
        (found.sentences, sentence_texts(found.chunks)),
    ):
        rows = [known.rows[text] for text in texts]
        assert np.allclose(known.vectors[rows], CHEAP.embed_passages(texts), atol=1e-6)
    assert np.array_equal(found.names.vectors[found.names.rows["Hundesteuer"]], CHEAP.embed_query("Hundesteuer"))


def _cut(name: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        (folder / name).write_bytes((folder / name).read_bytes()[:-1])

    return damage


def _missing(folder: Path) -> None:
    (folder / CHUNKS_FILE).unlink()


@pytest.mark.parametrize("damage", [_cut(CHUNKS_FILE), _cut(PASSAGES_FILE), _cut(SENTENCES_FILE), _missing])
def test_a_damaged_generation_is_as_good_as_none(town: Path, damage: Callable[[Path], None]) -> None:
    damage(generations_folder(town, TENANT) / (active_id(town, TENANT) or ""))
    assert read_published(town, TENANT, CHEAP.info) is None


def test_another_model_knows_nothing(town: Path, tmp_path: Path) -> None:
    assert read_published(town, TENANT, CheapEmbedder(8).info) is None
    assert read_published(tmp_path, TENANT, CHEAP.info) is None
