"""What a town has already, as somebody needs to know who brings in texts of another one."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from app.errors import GenerationError
from app.index.generation import active_id, generations_folder
from app.index.manifest import read_manifest
from ingest.sources.config import SOURCES_FILE, CrawlSource, MarkdownSource, SourcesConfig, load_sources
from ingest.sources.read import read_sources

IMPORTED_FOLDER = "imported"
"""Below a town's folder; has one folder for each town that texts were taken over from."""


def own_texts(town: Path, data_dir: Path, *taken: Path) -> dict[str, str]:
    """Where the town has a text, by its id: a file, or the published generation for pages of its website.

    Texts in the folders `taken` don't count. The website itself is not asked.

    Raises ConfigurationError when sources.yaml is not valid, KnowledgeError when no child process can be started.
    """
    found: dict[str, str] = dict.fromkeys(_published(data_dir, town.name), "what is published")
    for text_id in [path.stem for folder in taken for path in folder.rglob("*.md")]:
        found.pop(text_id, None)
    for path in sorted((town / IMPORTED_FOLDER).rglob("*.md")):  # unread ones give no document yet
        if not _below(path, taken):
            found[path.stem] = path.relative_to(town).as_posix()
    files = tuple(source for source in load_sources(town).sources if not isinstance(source, CrawlSource))
    for result in read_sources(town, SourcesConfig(sources=files)) if files else ():
        if result.document is not None and not _below(town / result.name, taken):
            found[result.document.id] = result.name
    return found


def missing_source(town: Path, folder: Path) -> str:
    """The lines for sources.yaml so that the texts in a folder are read; empty when they are, or lie elsewhere.

    Raises ConfigurationError when sources.yaml is not valid.
    """
    if not folder.resolve().is_relative_to(town.resolve()):
        return ""
    path = PurePosixPath(folder.resolve().relative_to(town.resolve()).as_posix())
    known = [source for source in load_sources(town).sources if isinstance(source, MarkdownSource)]
    if any(path.is_relative_to(source.path) for source in known):
        return ""
    lines = f"  - kind: markdown\n    path: {path}\n"
    if (town / SOURCES_FILE).exists():
        return lines
    return "sources:\n" + "".join(f"  - kind: markdown\n    path: {source.path}\n" for source in known) + lines


def _published(data_dir: Path, tenant_id: str) -> Iterator[str]:
    active = active_id(data_dir, tenant_id)
    try:
        manifest = read_manifest(generations_folder(data_dir, tenant_id) / active) if active else None
    except GenerationError:
        return
    yield from (entry.id for entry in manifest.documents) if manifest else ()


def _below(path: Path, folders: tuple[Path, ...]) -> bool:
    return any(path.parent.resolve().is_relative_to(folder.resolve()) for folder in folders)
