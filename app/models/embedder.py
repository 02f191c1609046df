"""The embedder on sentence-transformers: any model of that library, multilingual-e5-small by default."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Self

import numpy as np

from app.errors import ModelError
from app.models.catalog import load_catalog
from app.models.installed import model_path, weights_sha256
from app.models.ports import EmbedderInfo, Matrix, Vector
from app.settings import Settings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = 8
"""Texts computed at once. Measured on 2 cores: 8 is 10 % faster than 32, because less padding is computed."""


class SentenceTransformerEmbedder:
    """Implements `Embedder` on the CPU, in float32.

    One caller computes at a time. A query is computed alone, so its vector never depends on anything else. The
    vectors of passages depend on which other passages are given (in the last bits, about 1e-7), not on their order.
    """

    def __init__(self, model: "SentenceTransformer", name: str, revision: str) -> None:
        self._model = model
        self._lock = Lock()
        self._info = EmbedderInfo(
            name=name,
            revision=revision,
            dimension=model.get_embedding_dimension() or 0,
            query_prompt=model.prompts.get("query") or "",
            passage_prompt=model.prompts.get("document") or "",
            max_tokens=model.max_seq_length or 0,
        )

    @classmethod
    def load(cls, settings: Settings) -> Self:
        """Loads `settings.embedding_model` from local files; takes seconds, and nothing is fetched.

        Raises:
            ModelError: the model is missing, damaged, or not one for sentence-transformers.
        """
        name = settings.embedding_model
        path = _downloaded(name) if _is_hub_name(name) else model_path(settings, name)
        revision = weights_sha256(settings, str(path) if _is_hub_name(name) else name)
        return cls(_load_offline(path), Path(name).name, revision)

    @property
    def info(self) -> EmbedderInfo:
        return self._info

    def embed_query(self, text: str) -> Vector:
        with self._lock:
            vector = self._model.encode_query(text, show_progress_bar=False, normalize_embeddings=True)
        return np.asarray(vector, dtype=np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        vectors = np.zeros((len(texts), self._info.dimension), dtype=np.float32)
        if not texts:
            return vectors
        order = sorted(range(len(texts)), key=lambda index: (len(texts[index]), texts[index]))
        with self._lock:
            vectors[order] = self._model.encode_document(
                [texts[index] for index in order],
                batch_size=_BATCH,
                show_progress_bar=False,
                normalize_embeddings=True,
            )
        return vectors


def _is_hub_name(name: str) -> bool:
    return name.count("/") == 1 and not Path(name).exists() and load_catalog().find(name) is None


def _downloaded(name: str) -> Path:
    """Where a model of that name lies in the cache of huggingface_hub; the service never fetches one."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except LocalEntryNotFoundError as error:
        raise ModelError(
            f"The embedding model '{name}' is not on this machine: fetch it once with `hf download {name}`."
        ) from error


def _load_offline(path: Path) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(str(path), device="cpu", local_files_only=True, trust_remote_code=False)
    except (OSError, ValueError, RuntimeError, KeyError, ImportError) as error:
        raise ModelError(
            f"{path} cannot be loaded as an embedding model ({str(error).splitlines()[0]}): "
            "check it with `amtslotse models verify`."
        ) from error
