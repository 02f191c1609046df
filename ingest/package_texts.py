"""The texts in an exported file of another town. Nothing else of it is used: no settings, rules or vectors."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from app.errors import KnowledgeError
from ingest.disk_errors import writing
from ingest.document import ServiceDocument
from ingest.documents_file import DOCUMENTS_FILE, read_documents
from ingest.package import Package, open_package, read_package, unpack
from ingest.signing import refuse_unknown_signer

MAX_BYTES = 256 << 20
"""Of all texts together: ten times a town with 5,000."""


def texts_in_package(
    data_dir: Path, tenant_id: str, source: Path, trusted_key: str | None
) -> tuple[Package, tuple[ServiceDocument, ...]]:
    """What the file says about itself, and its texts, after checking the signature and every byte.

    Raises:
        KnowledgeError: damaged, changed, by an unknown signer, the town's own, without texts, or too large.
        InvalidInputError: `trusted_key` is no key.
    """
    with open_package(source) as file:
        package = read_package(file)
        if package.tenant == tenant_id:
            raise KnowledgeError(
                f"The package holds the texts of '{tenant_id}' itself: import the generation, without --texts."
            )
        refuse_unknown_signer(data_dir, tenant_id, package.tenant, package.signer, trusted_key)
        _refuse_without_texts(package)
        return package, _documents(file, package)


def _refuse_without_texts(package: Package) -> None:
    size = next((file.size for file in package.files if file.name == DOCUMENTS_FILE), None)
    if size is None:
        raise KnowledgeError(
            "The package has no texts to take over, because an earlier version of Amtslotse published it: "
            f"'{package.tenant}' should publish again with this version, and export that."
        )
    if size > MAX_BYTES:
        raise KnowledgeError(f"The texts in the package have more than {MAX_BYTES >> 20} MB: no town has so many.")


def _documents(file: BinaryIO, package: Package) -> tuple[ServiceDocument, ...]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        with writing(folder, "Nothing was imported."):
            unpack(file, package, folder, only=(DOCUMENTS_FILE,))
            return read_documents(folder)
