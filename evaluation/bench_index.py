"""How fast passages are found, in the town's own knowledge and in a hundredfold one, and how fast they are embedded."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from time import perf_counter

import numpy as np

from app.answering.language import answer_language
from app.answering.retrieve import retrieve
from app.answering.weights import Weights
from app.index.chunk import Chunk, chunk_id
from app.index.generation import Generation
from app.models.installed import model_path
from app.models.ports import Embedder, Matrix
from app.settings import Settings
from evaluation.bench_figures import Figure, p50, p95
from evaluation.corpus import Contents, temporary_generation
from ingest.embedding import NOTHING_KNOWN, embed_texts, passage_texts

LARGE_CHUNKS = 10_000
_ROUNDS = 2
_EMBEDDED = 200
_NOISE = 0.35
"""Length of the noise added to a unit vector: a copy keeps a cosine of about 0.94, like neighbouring services."""


def bench_retrieval(
    generation: Generation, embedder: Embedder, weights: Weights, questions: Sequence[str]
) -> list[Figure]:
    """Latency of `retrieve`, the question's embedding included, as published and with LARGE_CHUNKS passages."""
    figures = _latency(f"retrieval, {len(generation.chunks)} passages", generation, embedder, weights, questions)
    with _enlarged(generation, embedder) as large:
        figures += _latency(f"retrieval, {len(large.chunks)} passages", large, embedder, weights, questions)
    return figures


def bench_ingest(generation: Generation, embedder: Embedder, settings: Settings) -> Figure:
    """Passages embedded a second as publishing does it, against bare `SentenceTransformer.encode`."""
    from sentence_transformers import SentenceTransformer

    texts = passage_texts(generation.chunks)[:_EMBEDDED]
    bare = SentenceTransformer(str(model_path(settings, settings.embedding_model)), device="cpu")
    prompted = [embedder.info.passage_prompt + text for text in texts]
    bare.encode(prompted[:8])
    embedder.embed_passages(texts[:8])
    ours_s, bare_s = 0.0, 0.0
    for start in range(0, len(texts), _EMBEDDED // 2):  # in turns: a busy machine hurts both alike
        part = slice(start, start + _EMBEDDED // 2)
        started = perf_counter()
        embed_texts(embedder, texts[part], NOTHING_KNOWN, "passages", lambda _step, _done, _total: None)
        ours_s += perf_counter() - started
        started = perf_counter()
        bare.encode(prompted[part], normalize_embeddings=True)
        bare_s += perf_counter() - started
    return Figure("passages embedded", len(texts) / ours_s, "chunks/s", baseline=len(texts) / bare_s)


def _latency(
    name: str, generation: Generation, embedder: Embedder, weights: Weights, questions: Sequence[str]
) -> list[Figure]:
    day = generation.manifest.created_at.date()
    asked = [(question, answer_language(None, question)) for question in questions]
    retrieve(*asked[0], day, generation, embedder, weights)
    times = []
    for question, language in asked * _ROUNDS:
        started = perf_counter()
        retrieve(question, language, day, generation, embedder, weights)
        times.append(1000 * (perf_counter() - started))
    return [Figure(f"{name}, p50", p50(times), "ms"), Figure(f"{name}, p95", p95(times), "ms")]


@contextmanager
def _enlarged(generation: Generation, embedder: Embedder) -> Iterator[Generation]:
    """The generation's passages many times over: each copy a service of its own, its vectors a little moved."""
    copies = max(1, LARGE_CHUNKS // len(generation.chunks))
    vectors, names = generation.dense.vectors(), generation.aliases
    sentence_vectors = np.asarray(generation.sentence_vectors)
    contents = Contents(
        chunks=[_copy(chunk, number) for number in range(copies) for chunk in generation.chunks],
        vectors=np.concatenate([_moved(vectors, number) for number in range(copies)]),
        sentence_vectors=np.concatenate([_moved(sentence_vectors, number) for number in range(copies)]),
        aliases=[
            replace(alias, document_id=_numbered(alias.document_id, number))
            for number in range(copies)
            for alias in names.aliases
        ],
        alias_vectors=np.concatenate([_moved(names.vectors, number) for number in range(copies)]),
    )
    with temporary_generation(contents, embedder.info) as large:
        yield large


def _copy(chunk: Chunk, number: int) -> Chunk:
    document_id, text = _numbered(chunk.document_id, number), f"{chunk.text} (Stadtteil {number})"
    return replace(
        chunk,
        id=chunk_id(document_id, chunk.module, chunk.position, text, chunk.language),
        document_id=document_id,
        service=_numbered(chunk.service, number),
        text=text,
    )


def _numbered(name: str, number: int) -> str:
    return f"{name}-{number}"


def _moved(vectors: Matrix, number: int) -> Matrix:
    noise = np.random.default_rng(number).standard_normal(vectors.shape).astype(np.float32)
    moved = vectors + _NOISE * noise / np.linalg.norm(noise, axis=1, keepdims=True)
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), dtype=np.float32)
