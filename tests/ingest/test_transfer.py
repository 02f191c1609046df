"""A generation taken to another installation: the same answers there, and nothing that was changed on the way."""

import shutil
import tarfile
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.answering.service import AnsweringService
from app.answering.values import Answer, Question, Recorded
from app.errors import GenerationError, InvalidInputError, KnowledgeError
from app.index.dense import CHROMA_FOLDER
from app.index.generation import PASSAGES_FILE, active_id, file_hash, generations_folder, open_active, open_generation
from app.index.manifest import GenerationState, read_manifest, write_manifest
from app.models.ports import Embedder
from app.records.repository import RecordRepository
from app.settings import Settings
from app.signing import make_signing_key, public_key
from app.starting import build_service
from ingest.approval import approve
from ingest.generation import publish
from ingest.rollback import generations, rollback
from ingest.signing import trusted_keys
from ingest.transfer import Consent, export_generation, import_generation
from tests.answering.samples import PRICE_QUESTION, question
from tests.fakes import ScriptedLanguageModel
from tests.ingest.cheap_embedder import CheapEmbedder
from tests.knowledge import TENANT, copy_knowledge, silent

CHEAP = CheapEmbedder()
TEXTS = ("sperrmuell", "hund-anmelden")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two texts published by a model that needs no file, and with a key. Don't change it."""
    folder = tmp_path_factory.mktemp("home")
    publish(copy_knowledge(folder / "knowledge", TEXTS), folder / "data", TENANT, CHEAP, "Ada", silent)
    make_signing_key(folder / "data", TENANT)
    return folder / "data"


@pytest.fixture(scope="module")
def package(home: Path) -> Path:
    target = home.parent / "town.amtslotse"
    export_generation(home, TENANT, None, target)
    return target


def signer_of(data_dir: Path) -> str:
    return public_key(make_signing_key(data_dir, TENANT))


def bring(package: Path, data_dir: Path, key: str | None, embed_again: bool = False) -> str:
    embedder = CheapEmbedder(8) if embed_again else CHEAP
    return import_generation(data_dir, TENANT, package, embedder, Consent("Bo", key, embed_again), silent).id


def test_an_import_is_the_exported_generation_and_not_active(home: Path, package: Path, tmp_path: Path) -> None:
    generation_id = bring(package, tmp_path, signer_of(home))
    assert active_id(tmp_path, TENANT) is None
    there = open_active(home, TENANT, CHEAP.info)
    here = open_generation(generations_folder(tmp_path, TENANT) / generation_id, TENANT, CHEAP.info)
    assert here.chunks == there.chunks
    assert (here.id, here.manifest.created_by) == (there.id, "Ada")
    origin = here.manifest.imported_from
    assert origin is not None
    assert (origin.signer, origin.by, origin.parent, origin.embedding) == (signer_of(home), "Bo", None, "cheap")
    query = CHEAP.embed_query("Hund")
    usable = there.dense.search(query, 5, _all(len(there.chunks)))
    assert here.dense.search(query, 5, _all(len(here.chunks))) == usable


def _all(count: int) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    return np.ones(count, dtype=np.bool_)


@pytest.mark.models
def test_an_imported_generation_gives_the_same_answer_once_it_is_active(
    published: Path, small_knowledge: Path, service: AnsweringService, embedder: Embedder, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(published, tmp_path / "home"))
    package, there = tmp_path / "town.amtslotse", tmp_path / "there"
    key = signer_of(home)
    export_generation(home, TENANT, None, package)
    generation_id = import_generation(there, TENANT, package, embedder, Consent("Bo", key), silent).id
    assert rollback(there, TENANT, generation_id) == generation_id
    model = ScriptedLanguageModel(default="")
    with closing(RecordRepository(tmp_path / "there.sqlite3")) as records, closing(model):
        moved = build_service(Settings(data_dir=there, knowledge_dir=small_knowledge), embedder, model, records)
        answers = [_answer(town, question(PRICE_QUESTION)) for town in (service, moved)]
    assert answers[0].statements
    assert answers[0] == answers[1]


def _answer(town: AnsweringService, asked: Question) -> Answer:
    with town.admit():
        *_, recorded = town.ask(asked)
    assert isinstance(recorded, Recorded)
    return recorded.answer


def test_an_export_is_the_same_bytes_every_time(home: Path, package: Path, tmp_path: Path) -> None:
    export_generation(home, TENANT, active_id(home, TENANT), tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == package.read_bytes()


def test_any_tar_lists_what_is_in_it_and_chroma_is_not(package: Path) -> None:
    with tarfile.open(package) as tar:
        names = tar.getnames()
    assert names[:2] == ["package.json", "package.sig"]
    assert names[2:] == sorted(names[2:])
    assert {"manifest.json", "chunks.jsonl", PASSAGES_FILE, "tenant.yaml"} <= set(names)
    assert not [name for name in names if CHROMA_FOLDER in name]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_changed_byte_anywhere_is_refused_and_leaves_nothing(
    home: Path, package: Path, tmp_path: Path, data: st.DataObject
) -> None:
    content = bytearray(package.read_bytes())
    position = data.draw(st.integers(0, len(content) - 1), label="position")
    content[position] ^= data.draw(st.integers(1, 255), label="bits")
    (tmp_path / "changed").write_bytes(content)
    with pytest.raises(KnowledgeError, match="import"):
        bring(tmp_path / "changed", tmp_path / "data", signer_of(home))
    assert_nothing_landed(tmp_path / "data")


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_package_that_is_cut_off_or_goes_on_is_refused(
    home: Path, package: Path, tmp_path: Path, data: st.DataObject
) -> None:
    content = package.read_bytes()
    cut = data.draw(st.integers(0, len(content) - 1))
    for changed in (content[:cut], content + b"\0", content + content[:512]):
        (tmp_path / "changed").write_bytes(changed)
        with pytest.raises(KnowledgeError, match="nothing was imported"):
            bring(tmp_path / "changed", tmp_path / "data", signer_of(home))
        assert_nothing_landed(tmp_path / "data")


def assert_nothing_landed(data_dir: Path) -> None:
    root = generations_folder(data_dir, TENANT)
    assert not root.exists() or list(root.iterdir()) == []


def test_an_unknown_signer_is_refused_until_trusted_and_then_remembered(
    home: Path, package: Path, tmp_path: Path
) -> None:
    stranger = signer_of(tmp_path / "stranger")
    for key in (None, stranger):
        with pytest.raises(KnowledgeError, match=f"signed by {signer_of(home)}.*--trust PUBLICKEY"):
            bring(package, tmp_path / "data", key)
    assert trusted_keys(tmp_path / "data", TENANT) == frozenset()
    generation_id = bring(package, tmp_path / "data", signer_of(home).upper())
    assert trusted_keys(tmp_path / "data", TENANT) == {signer_of(home)}
    shutil.rmtree(generations_folder(tmp_path / "data", TENANT) / generation_id)
    assert bring(package, tmp_path / "data", None) == generation_id


def test_what_is_no_key_is_told_so(package: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="64 hexadecimal digits"):
        bring(package, tmp_path, "abc")


def test_another_model_is_named_and_the_texts_may_be_embedded_again(home: Path, package: Path, tmp_path: Path) -> None:
    other = CheapEmbedder(8)
    with pytest.raises(KnowledgeError, match=r"was embedded with cheap.*--embed-again"):
        import_generation(tmp_path, TENANT, package, other, Consent("Bo", signer_of(home)), silent)
    generation_id = bring(package, tmp_path, None, embed_again=True)
    here = open_generation(generations_folder(tmp_path, TENANT) / generation_id, TENANT, other.info)
    assert here.dense.vectors().shape == (len(here.chunks), 8)
    assert here.chunks == open_active(home, TENANT, CHEAP.info).chunks


def test_the_same_generation_is_not_imported_twice(home: Path, package: Path, tmp_path: Path) -> None:
    generation_id = bring(package, tmp_path, signer_of(home))
    with pytest.raises(KnowledgeError, match=f"has the generation {generation_id} already"):
        bring(package, tmp_path, None)
    assert [manifest.id for manifest in generations(tmp_path, TENANT)] == [generation_id]


def test_another_towns_package_is_named_as_such(home: Path, package: Path, tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=f"holds '{TENANT}', not 'neustadt': import it with --tenant {TENANT}"):
        import_generation(tmp_path, "neustadt", package, CHEAP, Consent("Bo", signer_of(home)), silent)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\0" * 20_000, b"x" * 700])
def test_what_is_no_package_is_told_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(KnowledgeError, match="nothing was imported"):
        bring(tmp_path / "file", tmp_path / "data", None)
    with pytest.raises(KnowledgeError, match="cannot be read"):
        bring(tmp_path / "missing", tmp_path / "data", None)


def test_a_damaged_generation_is_not_exported(home: Path, tmp_path: Path) -> None:
    data_dir = Path(shutil.copytree(home, tmp_path / "data"))
    (chunks,) = generations_folder(data_dir, TENANT).glob("*/chunks.jsonl")
    chunks.write_text("{}\n", encoding="utf-8")
    with pytest.raises(GenerationError, match=r"chunks\.jsonl is missing or was changed"):
        export_generation(data_dir, TENANT, None, tmp_path / "file")
    assert not (tmp_path / "file").exists()


def test_nothing_is_exported_without_a_key_or_a_generation(home: Path, tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="amtslotse knowledge key"):
        export_generation(tmp_path, TENANT, None, tmp_path / "file")
    make_signing_key(tmp_path, TENANT)
    with pytest.raises(KnowledgeError, match="has published nothing yet"):
        export_generation(tmp_path, TENANT, None, tmp_path / "file")
    with pytest.raises(GenerationError, match=r"no manifest\.json"):
        export_generation(home, TENANT, "../../../etc", tmp_path / "file")


def test_a_generation_of_an_earlier_version_can_be_taken_along(home: Path, tmp_path: Path) -> None:
    """It has the passages' vectors in Chroma alone."""
    data_dir = Path(shutil.copytree(home, tmp_path / "data"))
    (folder,) = generations_folder(data_dir, TENANT).iterdir()
    (folder / PASSAGES_FILE).unlink()
    manifest = read_manifest(folder)
    files = {name: digest for name, digest in manifest.files.items() if name != PASSAGES_FILE}
    write_manifest(folder, manifest.model_copy(update={"files": files}))
    export_generation(data_dir, TENANT, None, tmp_path / "file")
    generation_id = bring(tmp_path / "file", tmp_path / "there", signer_of(home))
    here = generations_folder(tmp_path / "there", TENANT) / generation_id
    assert read_manifest(here).files[PASSAGES_FILE] == file_hash(here / PASSAGES_FILE)
    assert np.allclose(np.load(here / PASSAGES_FILE), open_active(home, TENANT, CHEAP.info).dense.vectors(), atol=1e-6)


def test_where_four_eyes_are_asked_for_an_import_waits_for_somebody_else(
    home: Path, package: Path, tmp_path: Path
) -> None:
    knowledge = copy_knowledge(tmp_path / "knowledge", ("sperrmuell",))
    with (knowledge / TENANT / "tenant.yaml").open("a", encoding="utf-8") as file:
        file.write("publishing: {four_eyes: true}\n")
    first = publish(knowledge, tmp_path / "data", TENANT, CHEAP, "Ada", silent)
    approve(tmp_path / "data", TENANT, first.id, "Cem")
    generation_id = bring(package, tmp_path / "data", signer_of(home))
    found = next(manifest for manifest in generations(tmp_path / "data", TENANT) if manifest.id == generation_id)
    assert (found.state, found.parent) == (GenerationState.PENDING, first.id)
    with pytest.raises(KnowledgeError, match="cannot approve it as well"):
        approve(tmp_path / "data", TENANT, generation_id, "Bo")
    assert approve(tmp_path / "data", TENANT, generation_id, "Cem").id == active_id(tmp_path / "data", TENANT)


def test_after_activating_an_import_the_way_back_leads_to_what_was_active(
    home: Path, package: Path, tmp_path: Path
) -> None:
    knowledge = copy_knowledge(tmp_path / "knowledge", ("sperrmuell",))
    first = publish(knowledge, tmp_path / "data", TENANT, CHEAP, "Ada", silent)
    rollback(tmp_path / "data", TENANT, bring(package, tmp_path / "data", signer_of(home)))
    assert rollback(tmp_path / "data", TENANT) == first.id
