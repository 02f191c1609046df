"""Taking a generation to another installation: exported as one signed file, imported beside the active one.

The dense index is not taken along: it is built anew from the vectors, so that no database of somebody else is opened.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import numpy as np

from app.errors import GenerationError, KnowledgeError
from app.files import make_folder, sync_folder, sync_tree
from app.index.aliases import VECTORS_FILE as NAMES_FILE
from app.index.aliases import read_aliases
from app.index.dense import CHROMA_FOLDER, SIZES_FILE, DenseIndex
from app.index.dense_update import GRAPH_FILE, write_new_dense
from app.index.generation import (
    PASSAGES_FILE,
    SENTENCES_FILE,
    active_id,
    file_hash,
    file_hashes,
    generations_folder,
    open_generation,
)
from app.index.manifest import (
    EmbeddingEntry,
    GenerationState,
    ImportEntry,
    Manifest,
    read_manifest,
    write_manifest,
)
from app.index.store import read_chunks
from app.index.vector_file import VectorFile, read_vectors
from app.models.ports import Embedder
from app.signing import signing_key
from app.tenants.tenant import load_tenant
from ingest.approval import needs_approval
from ingest.disk_errors import writing
from ingest.embedding import NOTHING_KNOWN, Progress, embed_into, passage_texts, sentence_texts
from ingest.lock import publish_lock
from ingest.package import Package, open_package, read_package, unpack, write_package
from ingest.signing import refuse_unknown_signer
from ingest.unfinished import BUILDING, remove_unfinished, whole_or_nothing

_BUILT_HERE = (SIZES_FILE, GRAPH_FILE)
_VECTOR_FILES = (PASSAGES_FILE, SENTENCES_FILE, NAMES_FILE)


def export_generation(data_dir: Path, tenant_id: str, generation_id: str | None, target: Path) -> Package:
    """Writes a generation, the active one when none is named, into one file signed with the town's key.

    The same generation and key give the same bytes.

    Raises:
        GenerationError: no such generation, or it is damaged.
        KnowledgeError: nothing is published, or there is no key yet.
    """
    key = signing_key(data_dir, tenant_id)
    chosen = generation_id or active_id(data_dir, tenant_id)
    if chosen is None:
        raise KnowledgeError(f"'{tenant_id}' has published nothing yet: there is nothing to export.")
    folder = generations_folder(data_dir, tenant_id) / Path(chosen).name
    manifest = read_manifest(folder)
    for name, digest in manifest.files.items():
        if not (folder / name).is_file() or file_hash(folder / name) != digest:
            raise GenerationError(f"{folder / name} is missing or was changed: export another generation.")
    with _complete(folder, manifest) as whole:
        names = [path.relative_to(whole).as_posix() for path in whole.rglob("*") if path.is_file()]
        kept = [name for name in names if name not in _BUILT_HERE and not name.startswith((".", f"{CHROMA_FOLDER}/"))]
        return write_package(target, whole, kept, tenant_id, manifest.id, key)


@dataclass(frozen=True, slots=True)
class Consent:
    """What the person who imports allows."""

    by: str
    trusted_key: str | None = None
    """A public key to trust from now on."""
    embed_again: bool = False
    """Whether the texts may be embedded by this installation's model when another one embedded them."""


def import_generation(
    data_dir: Path, tenant_id: str, source: Path, embedder: Embedder, consent: Consent, progress: Progress
) -> Manifest:
    """Puts an exported generation beside the others, not active. A failure leaves nothing behind.

    Where four eyes are asked for it waits for the approval of somebody else than who imports.

    Raises:
        KnowledgeError: damaged, changed, by an unknown signer, another town's, embedded by another model, already
            here, or the disk is full; the message says which and what to do.
        InvalidInputError: the key to trust is none.
        LockedError: another process publishes for this tenant.
    """
    with open_package(source) as file:
        package = read_package(file)
        with writing(data_dir, "Nothing was imported."):
            _refuse_stranger(data_dir, tenant_id, package, consent)
            root = generations_folder(data_dir, tenant_id)
            make_folder(root)
            with publish_lock(data_dir, tenant_id):
                remove_unfinished(root)
                if (root / package.generation).exists():
                    raise KnowledgeError(f"'{tenant_id}' has the generation {package.generation} already.")
                return _land(data_dir, package, file, embedder, consent, progress)


def _refuse_stranger(data_dir: Path, tenant_id: str, package: Package, consent: Consent) -> None:
    if package.tenant != tenant_id:
        raise KnowledgeError(
            f"The package holds '{package.tenant}', not '{tenant_id}': import it with --tenant {package.tenant}, or "
            "take over its texts alone with --texts."
        )
    refuse_unknown_signer(data_dir, tenant_id, package.tenant, package.signer, consent.trusted_key)


def _land(
    data_dir: Path, package: Package, source: BinaryIO, embedder: Embedder, consent: Consent, progress: Progress
) -> Manifest:
    root = generations_folder(data_dir, package.tenant)
    folder = root / f"{BUILDING}{package.generation}"
    with whole_or_nothing(folder, data_dir):
        unpack(source, package, folder)
        manifest = _read(folder, package)
        if manifest.embedding != EmbeddingEntry.of(embedder.info):
            if not consent.embed_again:
                raise KnowledgeError(
                    f"The package was embedded with {manifest.embedding.name} "
                    f"({manifest.embedding.revision[:12]}), this installation runs {embedder.info.name} "
                    f"({embedder.info.revision[:12]}): set AMTSLOTSE_EMBEDDING_MODEL to that one, or import with "
                    "--embed-again, which computes all vectors anew from the texts."
                )
            _embed_again(folder, embedder, progress)
        write_new_dense(folder, read_chunks(folder), read_vectors(folder / PASSAGES_FILE))
        manifest = _imported(data_dir, folder, manifest, package, embedder, consent)
        write_manifest(folder, manifest)
        open_generation(folder, package.tenant, embedder.info)
        sync_tree(folder)
        folder.rename(root / manifest.id)
        sync_folder(root)
    return manifest


def _read(folder: Path, package: Package) -> Manifest:
    manifest = read_manifest(folder)
    if (manifest.id, manifest.tenant) != (package.generation, package.tenant):
        raise KnowledgeError("The package names another generation than it holds: get it again.")
    return manifest


def _embed_again(folder: Path, embedder: Embedder, progress: Progress) -> None:
    chunks, names = read_chunks(folder), [alias.text for alias in read_aliases(folder)]
    texts = (("passages", passage_texts(chunks)), ("sentences", sentence_texts(chunks)), ("names", names))
    for (step, part), file in zip(texts, _VECTOR_FILES, strict=True):
        embed_into(folder / file, embedder, part, NOTHING_KNOWN, step, progress)


def _imported(
    data_dir: Path, folder: Path, manifest: Manifest, package: Package, embedder: Embedder, consent: Consent
) -> Manifest:
    """The manifest as it stands here: rolling back from it leads to what is active now."""
    active = active_id(data_dir, package.tenant)
    active_folder = generations_folder(data_dir, package.tenant) / active if active else None
    waits = needs_approval(load_tenant(folder, package.tenant), active_folder)
    origin = ImportEntry(
        signer=package.signer,
        at=datetime.now(UTC),
        by=consent.by,
        parent=manifest.parent,
        embedding=manifest.embedding.name,
    )
    files = {*manifest.files, PASSAGES_FILE, *_BUILT_HERE}
    return manifest.model_copy(
        update={
            "imported_from": origin,
            "parent": active,
            "created_by": consent.by if waits else manifest.created_by,
            "state": GenerationState.PENDING if waits else GenerationState.READY,
            "approval": None,
            "embedding": EmbeddingEntry.of(embedder.info),
            "files": file_hashes(folder, sorted(files)),
        }
    )


@contextmanager
def _complete(folder: Path, manifest: Manifest) -> Iterator[Path]:
    """The folder; for a generation of an earlier version a copy that has the passages' vectors as a file, too."""
    if PASSAGES_FILE in manifest.files:
        yield folder
        return
    with TemporaryDirectory() as name:
        whole = Path(name) / folder.name
        shutil.copytree(folder, whole)
        ids = [chunk.id for chunk in read_chunks(folder)]
        vectors = DenseIndex(folder, ids).vectors()
        with VectorFile(whole / PASSAGES_FILE, len(ids), vectors.shape[1]) as file:
            file.write(np.arange(len(ids)), vectors)
        yield whole
