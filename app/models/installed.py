"""Models on this machine: `<models_dir>/<id>/` with the files and a `model.json` that says what they must hash to."""

import hashlib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from app.errors import ModelError
from app.models.catalog import CatalogEntry, load_catalog
from app.settings import Settings

RECORD_FILE = "model.json"
_READ_BYTES = 1 << 20


class FileRecord(BaseModel):
    """One file as it was written; size and time tell cheaply whether it was touched since."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sha256: str
    size_bytes: int
    mtime_ns: int


class InstalledModel(BaseModel):
    """The content of `model.json`: every file of the model by its path in the folder."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    files: dict[str, FileRecord]


def model_dir(settings: Settings, entry: CatalogEntry) -> Path:
    """The folder of a model, there or not."""
    return settings.models_dir / entry.id


def is_installed(settings: Settings, entry: CatalogEntry) -> bool:
    """Whether the model was prepared or pulled completely; says nothing about later damage."""
    folder = model_dir(settings, entry)
    return (folder / RECORD_FILE).is_file() and (folder / entry.file).is_file()


def model_path(settings: Settings, name: str) -> Path:
    """What to load for a model id from the catalog, or for a path: a GGUF file, or an embedder's folder.

    Raises:
        ModelError: the model is not installed, there is no such file, or the id is unknown.
    """
    entry = load_catalog().find(name)
    if entry is None:
        path = Path(name)
        if path.exists():
            return path
        if path.suffix == ".gguf" or len(path.parts) > 1:
            raise ModelError(f"There is no model at {path}: correct the path or name an id of `amtslotse models list`.")
        entry = load_catalog().entry(name)
    folder = _require_installed(settings, entry)
    return folder if entry.kind == "embedder" else folder / entry.file


def weights_sha256(settings: Settings, name: str) -> str:
    """SHA-256 of a model's weights, hexadecimal: as recorded while the file is untouched, else computed.

    Raises:
        ModelError: the model is not installed, or its weights are not the ones that were installed.
    """
    entry = load_catalog().find(name)
    if entry is not None:
        return installed_sha256(settings, entry)
    path = model_path(settings, name)
    return sha256_of(path if path.is_file() else _only_weights_file(path))


def installed_sha256(settings: Settings, entry: CatalogEntry) -> str:
    """Like `weights_sha256`, for a catalog entry."""
    weights = _require_installed(settings, entry) / entry.file
    recorded = _read_record(settings, entry).files[entry.file]
    if not _is_untouched(weights, recorded) and sha256_of(weights) != recorded.sha256:
        raise ModelError(_damaged(entry, weights))
    return recorded.sha256


def verify_model(settings: Settings, entry: CatalogEntry) -> InstalledModel:
    """Hashes every file of an installed model.

    Raises:
        ModelError: the model is missing, or a file is damaged; the message says how to repair it.
    """
    folder = _require_installed(settings, entry)
    record = _read_record(settings, entry)
    if entry.sha256 is not None and record.files[entry.file].sha256 != entry.sha256:
        raise ModelError(_damaged(entry, folder / RECORD_FILE))
    for name, file in record.files.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != file.size_bytes or sha256_of(path) != file.sha256:
            raise ModelError(_damaged(entry, path))
    return record


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, hexadecimal, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_READ_BYTES):
            digest.update(piece)
    return digest.hexdigest()


def _require_installed(settings: Settings, entry: CatalogEntry) -> Path:
    if not is_installed(settings, entry):
        raise ModelError(f"The model '{entry.id}' is not in {settings.models_dir}: run `{_install_command(entry)}`.")
    return model_dir(settings, entry)


def _read_record(settings: Settings, entry: CatalogEntry) -> InstalledModel:
    path = model_dir(settings, entry) / RECORD_FILE
    try:
        record = InstalledModel.model_validate_json(path.read_text(encoding="utf-8"))
    except (ValidationError, UnicodeDecodeError) as error:
        raise ModelError(_damaged(entry, path)) from error
    if entry.file not in record.files:
        raise ModelError(_damaged(entry, path))
    return record


def _only_weights_file(folder: Path) -> Path:
    found = list(folder.glob("*.safetensors")) or list(folder.glob("pytorch_model.bin"))
    if len(found) != 1:
        raise ModelError(f"{folder} should hold exactly one file of weights (model.safetensors), not {len(found)}.")
    return found[0]


def _is_untouched(path: Path, recorded: FileRecord) -> bool:
    status = path.stat()
    return (status.st_size, status.st_mtime_ns) == (recorded.size_bytes, recorded.mtime_ns)


def _damaged(entry: CatalogEntry, path: Path) -> str:
    return f"The model file {path} is damaged: run `{_install_command(entry)}`, which replaces it."


def _install_command(entry: CatalogEntry) -> str:
    return f"amtslotse models {'prepare' if entry.embedded else 'pull ' + entry.id}"
