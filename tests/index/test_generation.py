"""A published generation opens whole, or is refused with a sentence that says what to do."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.errors import GenerationError, NotReadyError
from app.index.dense import CHROMA_FOLDER, RowMask
from app.index.generation import (
    SENTENCES_FILE,
    Generation,
    activate,
    active_id,
    generations_folder,
    open_active,
    open_generation,
)
from app.index.lexical import LEXICAL_FOLDER
from app.index.store import CHUNKS_FILE
from app.models.evidence.rarity import stems
from app.models.ports import Embedder
from tests.knowledge import DOCUMENTS, TENANT

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def generation(published: Path, embedder: Embedder) -> Generation:
    return open_active(published, TENANT, embedder.info)


@pytest.fixture
def folder(published_copy: Path) -> Path:
    """The only generation of a data folder that may be damaged."""
    (folder,) = generations_folder(published_copy, TENANT).iterdir()
    return folder


def test_a_published_generation_opens_with_all_its_texts(generation: Generation) -> None:
    assert sorted(entry.id for entry in generation.manifest.documents) == list(DOCUMENTS)
    assert {chunk.document_id for chunk in generation.chunks} == set(DOCUMENTS)
    assert generation.languages == {"de", "en"}
    assert generation.tenant.id == TENANT
    assert generation.manifest.chunk_count == len(generation.chunks) == len(generation.dense.vectors())


def _german(generation: Generation) -> RowMask:
    return np.array([chunk.language == "de" for chunk in generation.chunks])


def test_a_question_is_found_by_meaning(generation: Generation, embedder: Embedder) -> None:
    hits = generation.dense.search(embedder.embed_query("Was kostet ein neuer Perso?"), 3, _german(generation))
    assert generation.chunks[hits[0].row].service == "personalausweis"


def test_a_question_is_found_by_its_words(generation: Generation) -> None:
    scores = generation.lexical.scores(generation.lexical.query_terms("Wie hoch ist die Hundesteuer?"))
    assert scores.shape == (len(generation.chunks),)
    assert generation.chunks[int(scores.argmax())].service == "hund-anmelden"


def test_every_sentence_has_its_vector(generation: Generation, embedder: Embedder) -> None:
    assert len(generation.sentence_vectors) == sum(len(chunk.sentences) for chunk in generation.chunks)
    row = len(generation.chunks) - 1
    chunk = generation.chunks[row]
    vectors = generation.vectors_of(row)
    assert vectors.shape == (len(chunk.sentences), embedder.info.dimension)
    again = embedder.embed_passages([f"{chunk.title}: {sentence}" for sentence in chunk.sentences])
    assert np.allclose(vectors, again, atol=1e-5)


def test_the_rows_of_a_document_are_its_passages_in_order(generation: Generation) -> None:
    rows = [row for document in DOCUMENTS for row in generation.rows_of(document)]
    assert sorted(rows) == list(range(len(generation.chunks)))
    for document in DOCUMENTS:
        chunks = [generation.chunks[row] for row in generation.rows_of(document)]
        assert {chunk.document_id for chunk in chunks} == {document}
        assert list(generation.rows_of(document)) == sorted(generation.rows_of(document))
    with pytest.raises(KeyError):
        generation.rows_of("nirgends")


def test_the_name_of_a_document_is_its_title(generation: Generation, embedder: Embedder) -> None:
    title = next(chunk.title for chunk in generation.chunks if chunk.document_id == "hund-anmelden")
    (expected,) = embedder.embed_passages([title])
    assert np.allclose(generation.aliases.name_vector("hund-anmelden"), expected, atol=1e-5)


def test_words_are_as_rare_as_the_documents_that_have_them(generation: Generation) -> None:
    rarity = generation.rarity
    assert rarity.pages == len(DOCUMENTS)
    everywhere, some, nowhere = (min(stems(word, "de")) for word in ("der", "Hundesteuer", "Nashorn"))
    assert rarity.of_stem(everywhere) < rarity.of_stem(some) < rarity.of_stem(nowhere)
    assert max(rarity.stem_pages.values()) <= len(DOCUMENTS)
    assert generation.rarity is rarity  # counted once


def test_nothing_published_says_which_command_to_run(tmp_path: Path, embedder: Embedder) -> None:
    assert active_id(tmp_path, TENANT) is None
    with pytest.raises(NotReadyError, match=f"amtslotse knowledge publish --tenant {TENANT}"):
        open_active(tmp_path, TENANT, embedder.info)


@pytest.mark.parametrize(
    "change",
    [{"revision": "0" * 64}, {"name": "other"}, {"query_prompt": ""}, {"passage_prompt": ""}, {"dimension": 3}],
)
def test_an_index_of_another_embedding_model_is_refused(
    published: Path, embedder: Embedder, change: dict[str, str | int]
) -> None:
    other = replace(embedder.info, **change)  # type: ignore[arg-type]
    with pytest.raises(GenerationError, match="publish again, or set AMTSLOTSE_EMBEDDING_MODEL back") as refused:
        open_active(published, TENANT, other)
    assert f"was embedded with {embedder.info.name} ({embedder.info.revision[:12]})" in refused.value.message
    assert f"this service runs {other.name} ({other.revision[:12]})" in refused.value.message


def test_every_file_but_those_of_chroma_is_listed_with_its_hash(generation: Generation) -> None:
    files = {path.relative_to(generation.folder).as_posix() for path in generation.folder.rglob("*") if path.is_file()}
    listed = set(generation.manifest.files)
    assert listed < files
    assert all(name == "manifest.json" or name.startswith(f"{CHROMA_FOLDER}/") for name in files - listed)
    assert {CHUNKS_FILE, SENTENCES_FILE, "tenant.yaml"} < listed
    assert any(name.startswith(f"{LEXICAL_FOLDER}/") for name in listed)


def test_each_listed_file_is_missed_when_it_is_gone_and_noticed_when_it_is_truncated(
    folder: Path, generation: Generation, embedder: Embedder
) -> None:
    for name in generation.manifest.files:
        content = (folder / name).read_bytes()
        (folder / name).unlink()
        with pytest.raises(GenerationError, match=r"is missing: publish again or roll back\."):
            open_generation(folder, TENANT, embedder.info)
        (folder / name).write_bytes(content[: len(content) // 2])
        with pytest.raises(GenerationError, match=r"was changed or truncated after publishing: publish again"):
            open_generation(folder, TENANT, embedder.info)
        (folder / name).write_bytes(content)
    assert open_generation(folder, TENANT, embedder.info).id == generation.id


def test_a_missing_dense_index_is_refused(folder: Path, embedder: Embedder) -> None:
    shutil.rmtree(folder / CHROMA_FOLDER)
    with pytest.raises(GenerationError, match="has no dense index: publish again or roll back"):
        open_generation(folder, TENANT, embedder.info)


def test_a_truncated_dense_index_is_refused(folder: Path, embedder: Embedder) -> None:
    path = folder / CHROMA_FOLDER / "chroma.sqlite3"
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(GenerationError, match="publish again or roll back"):
        open_generation(folder, TENANT, embedder.info)


def test_a_missing_folder_is_refused(published_copy: Path, embedder: Embedder) -> None:
    shutil.rmtree(generations_folder(published_copy, TENANT))
    with pytest.raises(GenerationError, match=r"has no manifest\.json"):
        open_active(published_copy, TENANT, embedder.info)


def test_the_pointer_moves_only_to_a_generation_that_is_there(published_copy: Path) -> None:
    before = active_id(published_copy, TENANT)
    with pytest.raises(GenerationError, match=r"has no manifest\.json"):
        activate(published_copy, TENANT, "20000101T000000000000Z")
    assert active_id(published_copy, TENANT) == before
