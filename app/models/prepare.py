"""Builds the embedded models from the packages that came with the dependencies. Nothing is downloaded."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from app.errors import ModelError
from app.models.catalog import CatalogEntry, PypiSource, load_catalog
from app.models.e5_directory import write_directory
from app.models.e5_packed import packed_file, read_packed
from app.models.installed import is_installed, verify_model
from app.models.installing import installing, new_model_folder, require_space
from app.settings import Settings

Report = Callable[[str], None]
"""Takes one line of progress for a person."""


def prepare_models(settings: Settings, report: Report) -> None:
    """Makes sure that every embedded model is installed and undamaged (hashes all of them: about a second).

    Raises:
        ModelError: a package is missing or damaged, or the disk is full; nothing half-done stays behind.
        LockedError: another process installs models.
    """
    with installing(settings):
        for entry in load_catalog().models:
            if isinstance(entry.source, PypiSource):
                _prepare(settings, entry, entry.source, report)


def _prepare(settings: Settings, entry: CatalogEntry, source: PypiSource, report: Report) -> None:
    if _is_sound(settings, entry, report):
        report(f"{entry.id}: ready")
        return
    report(f"{entry.id}: preparing {entry.size_bytes >> 20} MB from the package {source.pypi} …")
    require_space(settings, entry.size_bytes)
    build = _BUILDERS[entry.id]
    with new_model_folder(settings, entry, entry.sha256) as folder:
        build(entry, source, folder)
    report(f"{entry.id}: ready")


def _is_sound(settings: Settings, entry: CatalogEntry, report: Report) -> bool:
    if not is_installed(settings, entry):
        return False
    try:
        verify_model(settings, entry)
    except ModelError:
        report(f"{entry.id}: damaged, will be replaced")
        return False
    return True


def _assemble_gemma(entry: CatalogEntry, source: PypiSource, folder: Path) -> None:
    """Joins the parts that the packages carry; the package compares the result's SHA-256 too."""
    try:
        package = import_module(source.pypi.replace("-", "_"))
        package.assemble(folder / entry.file)
    except (ImportError, FileNotFoundError) as error:
        raise ModelError(f"The package '{source.pypi}' is incomplete ({error}): run `make setup`.") from error
    except ValueError as error:
        raise ModelError(f"The package '{source.pypi}' is damaged: delete `.venv` and run `make setup`.") from error


def _convert_e5(_entry: CatalogEntry, source: PypiSource, folder: Path) -> None:
    write_directory(read_packed(packed_file(source.pypi)), folder)


_BUILDERS: dict[str, Callable[[CatalogEntry, PypiSource, Path], None]] = {
    "gemma-3-270m": _assemble_gemma,
    "multilingual-e5-small": _convert_e5,
}
