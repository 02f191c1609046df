"""One publishing of a made-up town, measured in a process of its own: `python -m evaluation.bench_ingest_run`."""

import argparse
import hashlib
import resource
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
from pydantic import TypeAdapter

from app.index.generation import generations_folder
from app.index.manifest import Manifest
from app.models.factory import open_embedder
from app.models.installed import model_path
from app.models.ports import Embedder, EmbedderInfo, Matrix, Vector
from app.settings import Settings, get_settings
from app.tenants.tenant import load_tenant
from evaluation.bench_ingest_texts import write_texts
from ingest.generation import publish_prepared
from ingest.prepared import prepare


@dataclass(frozen=True, slots=True)
class Measured:
    """Times in seconds, with the model loaded and without gold questions."""

    documents: int
    passages: int
    sentences: int
    read_s: float
    """Reading and checking all texts for the first time; part of `first_s`."""
    embed_s: float
    """Embedding; part of `first_s`."""
    first_s: float
    bare_s: float | None
    """`SentenceTransformer.encode` on what was embedded, in turns with it; None when it wasn't asked for."""
    unchanged_s: float
    """Until it is clear that nothing has to be published."""
    changed_read_s: float
    """Of `changed_s`."""
    changed_s: float
    """Publishing again after one text changed."""
    generation_mb: float
    peak_gb: float
    """Largest resident memory of this process, with mapped files."""


MEASURED = TypeAdapter(Measured)


class _Timed:
    """The embedder; adds up its time, and that of bare `encode` on the same texts when there is one."""

    def __init__(self, embedder: Embedder, settings: Settings, beside_bare: bool) -> None:
        """`beside_bare` needs the real model."""
        self._embedder = embedder
        self._bare = None
        if beside_bare:
            from sentence_transformers import SentenceTransformer

            self._bare = SentenceTransformer(str(model_path(settings, settings.embedding_model)), device="cpu")
            self._bare.encode(["warm up"])
        embedder.embed_passages(["warm up"])
        self.embed_s = 0.0
        self.bare_s = 0.0

    @property
    def info(self) -> EmbedderInfo:
        return self._embedder.info

    def embed_query(self, text: str) -> Vector:
        return self._embedder.embed_query(text)

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        started = perf_counter()
        vectors = self._embedder.embed_passages(texts)
        self.embed_s += perf_counter() - started
        if self._bare is not None:
            started = perf_counter()
            self._bare.encode([self.info.passage_prompt + text for text in texts], normalize_embeddings=True)
            self.bare_s += perf_counter() - started
        return vectors


class _StandIn:
    """Random vectors of the real model's size, the same for the same text: for all costs but the model's."""

    def __init__(self, info: EmbedderInfo) -> None:
        self.info = info

    def embed_query(self, text: str) -> Vector:
        vector: Vector = self.embed_passages([text])[0]
        return vector

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        seeds = (hashlib.sha256(text.encode()).digest()[:8] for text in texts)
        rows = [
            np.random.default_rng(int.from_bytes(seed, "big")).standard_normal(self.info.dimension, np.float32)
            for seed in seeds
        ]
        vectors: Matrix = np.stack(rows) if rows else np.empty((0, self.info.dimension), np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


def measure(
    settings: Settings, folder: Path, documents: int, *, beside_bare: bool = False, with_model: bool = True
) -> Measured:
    """Publishes a town of that many texts in an empty folder: for the first time, unchanged, and with one change.

    Without the model, with stand-ins for its vectors.
    """
    tenant_id = settings.default_tenant
    town, data_dir = folder / "knowledge" / tenant_id, folder / "data"
    _make_town(settings, town, documents)
    model = open_embedder(settings)
    embedder = _Timed(model if with_model else _StandIn(model.info), settings, beside_bare)
    started = perf_counter()
    prepared = prepare(town.parent, data_dir, tenant_id)
    read_s = perf_counter() - started
    manifest = publish_prepared(prepared, embedder, "bench", _say)
    first_s = perf_counter() - started - embedder.bare_s
    bare_s, embed_s = embedder.bare_s, embedder.embed_s
    started = perf_counter()
    unchanged = prepare(town.parent, data_dir, tenant_id)
    assert unchanged.unchanged(embedder.info.name, embedder.info.revision)
    unchanged_s = perf_counter() - started
    _change_one(town)
    started = perf_counter()
    changed = prepare(town.parent, data_dir, tenant_id)
    changed_read_s = perf_counter() - started
    publish_prepared(changed, embedder, "bench", _silent)
    changed_s = perf_counter() - started - (embedder.bare_s - bare_s)
    return Measured(
        documents=documents,
        passages=manifest.chunk_count,
        sentences=manifest.sentence_count,
        read_s=read_s,
        embed_s=embed_s,
        first_s=first_s,
        bare_s=bare_s if beside_bare else None,
        unchanged_s=unchanged_s,
        changed_read_s=changed_read_s,
        changed_s=changed_s,
        generation_mb=_size(data_dir, manifest) / 1e6,
        peak_gb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9,
    )


def _make_town(settings: Settings, town: Path, documents: int) -> None:
    (town / "services").mkdir(parents=True)
    shutil.copyfile(settings.knowledge_dir / settings.default_tenant / "tenant.yaml", town / "tenant.yaml")
    write_texts(town / "services", documents, [office.id for office in load_tenant(town).offices])


def _change_one(town: Path) -> None:
    paths = sorted((town / "services").glob("*.md"))
    path = paths[len(paths) // 2]
    text = path.read_text("utf-8")
    path.write_text(text.replace("## Hinweise\n\n", "## Hinweise\n\nSeit Januar gibt es eine neue Regel. "), "utf-8")


def _size(data_dir: Path, manifest: Manifest) -> int:
    folder = generations_folder(data_dir, manifest.tenant) / manifest.id
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _say(step: str, done: int, total: int) -> None:
    if done * 10 // max(1, total) != (done - 256) * 10 // max(1, total):
        sys.stderr.write(f"bench-ingest: {step} {done}/{total}\n")


def _silent(_step: str, _done: int, _total: int) -> None:
    """Nobody watches."""


def main(arguments: Sequence[str]) -> None:
    """Prints one JSON object; called by `evaluation.bench_ingest`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("documents", type=int)
    parser.add_argument("--beside-bare", action="store_true")
    parser.add_argument("--without-model", action="store_true")
    options = parser.parse_args(arguments)
    measured = measure(
        get_settings(),
        options.folder,
        options.documents,
        beside_bare=options.beside_bare,
        with_model=not options.without_model,
    )
    sys.stdout.write(MEASURED.dump_json(measured).decode() + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
