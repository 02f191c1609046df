"""A town's own key: what it signs can be checked by anyone who knows its public part."""

from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.errors import InvalidInputError, KnowledgeError
from app.files import make_folder
from app.secret_file import read_secret, write_secret

KEYS_FOLDER = "keys"
SIGNING_KEY_FILE = "signing.key"


def signing_key(data_dir: Path, tenant_id: str) -> Ed25519PrivateKey:
    """The town's key.

    Raises:
        KnowledgeError: it has none, or its file is damaged.
        ConfigurationError: somebody else may read the file, or it can't be read.
    """
    path = keys_folder(data_dir, tenant_id) / SIGNING_KEY_FILE
    if not path.exists():
        raise KnowledgeError(
            f"'{tenant_id}' has no signing key yet: `amtslotse knowledge key --tenant {tenant_id}` makes one."
        )
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(read_secret(path)))
    except ValueError as error:
        raise KnowledgeError(f"{path} is no Ed25519 key: restore it from a backup, or delete it.") from error


def make_signing_key(data_dir: Path, tenant_id: str) -> Ed25519PrivateKey:
    """The town's key; makes one, readable for this user alone, when there is none."""
    folder = keys_folder(data_dir, tenant_id)
    path = folder / SIGNING_KEY_FILE
    if not path.exists():
        make_folder(folder)
        folder.chmod(0o700)
        with suppress(FileExistsError):  # another process was quicker: its key is the town's
            write_secret(path, Ed25519PrivateKey.generate().private_bytes_raw().hex() + "\n", exclusive=True)
    return signing_key(data_dir, tenant_id)


def public_key(key: Ed25519PrivateKey) -> str:
    """The public part, 64 hexadecimal digits."""
    return key.public_key().public_bytes_raw().hex()


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


def sign(key: Ed25519PrivateKey, context: bytes, content: bytes) -> bytes:
    """64 bytes, always the same for the same content.

    `context` names the kind of thing that is signed, so that a signature over one never passes for one over another.
    """
    return key.sign(context + content)


def is_signed(context: bytes, content: bytes, signature: bytes, signer: str) -> bool:
    """Whether the owner of a public key signed the content as this kind of thing."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(signer)).verify(signature, context + content)
    except (InvalidSignature, ValueError):
        return False
    return True


def keys_folder(data_dir: Path, tenant_id: str) -> Path:
    """Where a town's keys lie: its own, and those that it was told to trust."""
    return data_dir / tenant_id / KEYS_FOLDER
