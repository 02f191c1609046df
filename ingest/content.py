"""What a generation is made from, to tell whether publishing would make the same one again."""

from dataclasses import dataclass
from pathlib import Path

from app.index.generation import file_hash
from app.index.manifest import Manifest
from app.tenants.rules.load import RULES_FOLDER
from app.version import code_version
from ingest.chunking import CHUNKER_VERSION
from ingest.quality import CheckedKnowledge

TENANT_FILE = "tenant.yaml"


@dataclass(frozen=True, slots=True)
class Content:
    """Equal contents give equal generations when they are embedded by the same model."""

    documents: frozenset[tuple[str, str]]
    """Id and content hash of each text."""
    files: frozenset[tuple[str, str]]
    """Name and SHA-256 of `tenant.yaml` and of every file of the decision rules."""
    made_by: tuple[str, str]
    """Versions of chunker and code."""


def content_of(manifest: Manifest) -> Content:
    """What a generation was made from."""
    documents = frozenset((entry.id, entry.content_hash) for entry in manifest.documents)
    files = frozenset((name, digest) for name, digest in manifest.files.items() if _is_source(name))
    return Content(documents, files, (manifest.chunker_version, manifest.code_version))


def content_of_source(checked: CheckedKnowledge, source: Path) -> Content:
    """What the next generation would be made from."""
    documents = frozenset((document.id, document.content_hash) for document in checked.documents)
    paths = [source / TENANT_FILE, *(path for path in (source / RULES_FOLDER).rglob("*") if path.is_file())]
    files = frozenset((path.relative_to(source).as_posix(), file_hash(path)) for path in paths)
    return Content(documents, files, (CHUNKER_VERSION, code_version()))


def _is_source(name: str) -> bool:
    return name == TENANT_FILE or name.startswith(f"{RULES_FOLDER}/")
