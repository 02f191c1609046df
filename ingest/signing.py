"""A town's signing key, and the keys of others whose generations it takes."""

from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import TypeAdapter, ValidationError

from app.errors import InvalidInputError, KnowledgeError
from app.files import make_folder, write_atomically

KEYS_FOLDER = "keys"
SIGNING_KEY_FILE = "signing.key"
TRUSTED_FILE = "trusted.json"
_CONTEXT = b"amtslotse generation package\n"
"""Signed before the content, so that a signature over something else never passes for one over a package."""
_KEYS = TypeAdapter(tuple[str, ...])


def signing_key(data_dir: Path, tenant_id: str) -> Ed25519PrivateKey:
    """The town's key. Raises KnowledgeError when it has none, or its file is damaged."""
    path = _folder(data_dir, tenant_id) / SIGNING_KEY_FILE
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text("ascii")))
    except FileNotFoundError as error:
        raise KnowledgeError(
            f"'{tenant_id}' has no signing key yet: `amtslotse knowledge key --tenant {tenant_id}` makes one."
        ) from error
    except ValueError as error:
        raise KnowledgeError(f"{path} is no Ed25519 key: restore it from a backup, or delete it.") from error


def make_signing_key(data_dir: Path, tenant_id: str) -> Ed25519PrivateKey:
    """The town's key; makes one, readable for this user alone, when there is none."""
    folder = _folder(data_dir, tenant_id)
    path = folder / SIGNING_KEY_FILE
    if not path.exists():
        make_folder(folder)
        folder.chmod(0o700)
        write_atomically(path, Ed25519PrivateKey.generate().private_bytes_raw().hex() + "\n")
        path.chmod(0o600)
    return signing_key(data_dir, tenant_id)


def public_key(key: Ed25519PrivateKey) -> str:
    """The public part, 64 hexadecimal digits."""
    return key.public_key().public_bytes_raw().hex()


def sign(key: Ed25519PrivateKey, content: bytes) -> bytes:
    """64 bytes, always the same for the same content."""
    return key.sign(_CONTEXT + content)


def is_signed(content: bytes, signature: bytes, signer: str) -> bool:
    """Whether the owner of a public key signed the content."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(signer)).verify(signature, _CONTEXT + content)
    except (InvalidSignature, ValueError):
        return False
    return True


def trusted_keys(data_dir: Path, tenant_id: str) -> frozenset[str]:
    """Public keys whose generations the town takes: its own, and those it was told to trust."""
    try:
        told = _KEYS.validate_json((_folder(data_dir, tenant_id) / TRUSTED_FILE).read_bytes())
    except FileNotFoundError:
        told = ()
    except ValidationError as error:
        raise KnowledgeError(
            f"{_folder(data_dir, tenant_id) / TRUSTED_FILE} is damaged: delete it and trust the keys again."
        ) from error
    own = _folder(data_dir, tenant_id) / SIGNING_KEY_FILE
    return frozenset([*told, *([public_key(signing_key(data_dir, tenant_id))] if own.exists() else [])])


def trust(data_dir: Path, tenant_id: str, key: str) -> None:
    """Remembers a public key."""
    folder = _folder(data_dir, tenant_id)
    make_folder(folder)
    folder.chmod(0o700)
    keys = sorted(trusted_keys(data_dir, tenant_id) | {normal_key(key)})
    write_atomically(folder / TRUSTED_FILE, _KEYS.dump_json(tuple(keys), indent=2) + b"\n")


def normal_key(key: str) -> str:
    """A public key as it is written everywhere. Raises InvalidInputError when it is none."""
    folded = "".join(key.split()).casefold()
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(folded))
    except ValueError as error:
        raise InvalidInputError(
            "A public key has 64 hexadecimal digits, as `amtslotse knowledge key` prints."
        ) from error
    return folded


def _folder(data_dir: Path, tenant_id: str) -> Path:
    return data_dir / tenant_id / KEYS_FOLDER
