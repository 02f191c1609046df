"""One file that holds a generation: an uncompressed tar whose every byte follows from its content.

    package.json    what is in it: name, size and SHA-256 of each file, and the signer's public key
    package.sig     the signature over package.json, hexadecimal
    …               the files, in the order of package.json

Reading compares each header with the one that writing would make, so there is nothing to interpret: no links, no
paths that lead elsewhere, no changed byte that goes unnoticed.
"""

import hashlib
import os
import re
import tarfile
from collections.abc import Container, Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from app.errors import KnowledgeError
from app.files import writing_atomically
from app.signing import public_key
from app.tenants.strict import SLUG_PATTERN
from ingest.signing import is_signed, sign

INDEX_FILE = "package.json"
SIGNATURE_FILE = "package.sig"
MAX_INDEX_BYTES = 4 << 20
MAX_FILES = 5_000
MAX_BYTES = 16 << 30
"""Of all files together: 20 times a town with 5,000 texts."""
_BLOCK = tarfile.BLOCKSIZE
_PIECE = 1 << 20
_NAME = re.compile(r"^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$")
"""No part begins with a dot, so none leads upwards or is hidden."""
_LONGEST_NAME = 100


class PackedFile(BaseModel):
    """One file of the generation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    """Path below the generation's folder."""
    size: int = Field(ge=0, le=MAX_BYTES)
    sha256: str

    @field_validator("name")
    @classmethod
    def _stays_inside(cls, name: str) -> str:
        if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME or name in (INDEX_FILE, SIGNATURE_FILE):
            raise ValueError(f"'{name[:_LONGEST_NAME]}' is no name for a file in a package")
        return name


class Package(BaseModel):
    """`package.json`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int = Field(1, ge=1, le=1)
    tenant: str = Field(pattern=SLUG_PATTERN)
    generation: str = Field(pattern=r"^[0-9]{8}T[0-9]{12}Z$")
    signer: str
    """Public key, hexadecimal."""
    files: tuple[PackedFile, ...] = Field(max_length=MAX_FILES)


def write_package(target: Path, folder: Path, names: list[str], tenant: str, generation: str,
                  key: Ed25519PrivateKey) -> Package:  # fmt: skip
    """Packs the named files of a folder and signs them. The same files and key give the same bytes."""
    files = tuple(_packed(folder, name) for name in sorted(names))
    package = Package(tenant=tenant, generation=generation, signer=public_key(key), files=files)
    index = package.model_dump_json(indent=1).encode()
    with writing_atomically(target) as out:
        _write_member(out, INDEX_FILE, index)
        _write_member(out, SIGNATURE_FILE, sign(key, index).hex().encode())
        for file in files:
            _write_file(out, file, folder / file.name)
        out.write(_end(out.tell()))
    return package


def open_package(source: Path) -> BinaryIO:
    """The file, to be read by the two functions below. Raises KnowledgeError when it is not there."""
    try:
        return source.open("rb")
    except OSError as error:
        raise KnowledgeError(
            f"{source} cannot be read ({error.strerror}): name a file that `amtslotse knowledge export` wrote."
        ) from error


def read_package(source: BinaryIO) -> Package:
    """Reads and verifies what comes before the files; whether the signer is to be trusted is the caller's to say.

    Raises KnowledgeError.
    """
    index = _read_member(source, INDEX_FILE, MAX_INDEX_BYTES)
    signature = _read_member(source, SIGNATURE_FILE, 128)
    try:
        package = Package.model_validate_json(index)
        raw = bytes.fromhex(signature.decode("ascii"))
    except (ValidationError, ValueError) as error:
        raise _damaged("its index cannot be read") from error
    if (package.model_dump_json(indent=1).encode(), raw.hex().encode()) != (index, signature):
        raise _damaged("its index is not written as an export writes it")
    if not is_signed(index, raw, package.signer):
        raise _damaged("the signature does not fit")
    if sum(file.size for file in package.files) > MAX_BYTES:
        raise KnowledgeError(f"The package is larger than {MAX_BYTES >> 30} GiB: no generation is.")
    if len({file.name for file in package.files}) < len(package.files):
        raise _damaged("it names a file twice")
    return package


def unpack(source: BinaryIO, package: Package, folder: Path, only: Container[str] | None = None) -> None:
    """Writes the files that follow into a folder, and makes sure that nothing else follows. Raises KnowledgeError.

    With `only`, no other files are written; they are checked all the same.
    """
    for file in package.files:
        path = folder / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        _expect(source, _header(file.name, file.size), file.name)
        digest = hashlib.sha256()
        wanted = only is None or file.name in only
        with path.open("xb") if wanted else Path(os.devnull).open("wb") as out:
            for piece in _pieces(source, file.size):
                digest.update(piece)
                out.write(piece)
        if digest.hexdigest() != file.sha256:
            raise _damaged(f"{file.name} is not what was signed")
        _expect(source, bytes(-file.size % _BLOCK), file.name)
    _expect(source, _end(source.tell()), "the end")
    if source.read(1):
        raise _damaged("something follows its end")


def _packed(folder: Path, name: str) -> PackedFile:
    digest, size = hashlib.sha256(), 0
    with (folder / name).open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return PackedFile(name=name, size=size, sha256=digest.hexdigest())


def _write_file(out: BinaryIO, file: PackedFile, path: Path) -> None:
    out.write(_header(file.name, file.size))
    with path.open("rb") as content:
        for piece in _pieces(content, file.size):
            out.write(piece)
    out.write(bytes(-file.size % _BLOCK))


def _write_member(out: BinaryIO, name: str, content: bytes) -> None:
    out.write(_header(name, len(content)) + content + bytes(-len(content) % _BLOCK))


def _read_member(source: BinaryIO, name: str, most: int) -> bytes:
    header = source.read(_BLOCK)
    try:
        size = tarfile.TarInfo.frombuf(header, "utf-8", "strict").size
    except (tarfile.HeaderError, ValueError) as error:
        raise _damaged("it is no package of Amtslotse") from error
    if not 0 <= size <= most or header != _header(name, size):
        raise _damaged(f"{name} is not where it belongs")
    content = source.read(size)
    _expect(source, bytes(-size % _BLOCK), name)
    return content


def _header(name: str, size: int) -> bytes:
    """Owner, times and permissions are the same for every file."""
    info = tarfile.TarInfo(name)
    info.size = size
    return info.tobuf(tarfile.GNU_FORMAT)  # sizes from 8 GiB fit, too


def _end(position: int) -> bytes:
    """At least two empty blocks, up to the end of a record."""
    return bytes(2 * _BLOCK + -(position + 2 * _BLOCK) % tarfile.RECORDSIZE)


def _expect(source: BinaryIO, content: bytes, where: str) -> None:
    if source.read(len(content)) != content:
        raise _damaged(f"it is cut off or changed at {where}")


def _pieces(source: BinaryIO, size: int) -> Iterator[bytes]:
    """Exactly that many bytes. Raises KnowledgeError when there are fewer."""
    while size:
        piece = source.read(min(_PIECE, size))
        if not piece:
            raise _damaged("it is cut off")
        size -= len(piece)
        yield piece


def _damaged(why: str) -> KnowledgeError:
    return KnowledgeError(f"The package is damaged or was changed ({why}): nothing was imported. Get it again.")
