"""Signatures over generation packages, and whose packages a town takes."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import TypeAdapter, ValidationError

from app import signing
from app.errors import KnowledgeError
from app.files import make_folder, write_atomically
from app.signing import SIGNING_KEY_FILE, keys_folder, normal_key, public_key, signing_key

TRUSTED_FILE = "trusted.json"
_CONTEXT = b"amtslotse generation package\n"
_KEYS = TypeAdapter(tuple[str, ...])


def sign(key: Ed25519PrivateKey, content: bytes) -> bytes:
    """64 bytes over a package's content, always the same for the same content."""
    return signing.sign(key, _CONTEXT, content)


def is_signed(content: bytes, signature: bytes, signer: str) -> bool:
    """Whether the owner of a public key signed the content as a package."""
    return signing.is_signed(_CONTEXT, content, signature, signer)


def refuse_unknown_signer(data_dir: Path, tenant_id: str, origin: str, signer: str, told: str | None) -> None:
    """Makes sure that the town knows the signer as the town `origin`; `told` is a key to trust from now on.

    Raises:
        KnowledgeError: it doesn't know the signer, or knows it as another town.
        InvalidInputError: `told` is no key.
    """
    if told is not None and normal_key(told) == signer:
        trust(data_dir, tenant_id, signer, origin)
    if signer not in trusted_keys(data_dir, tenant_id, origin):
        known_as = "" if origin == tenant_id else f" as '{origin}'"
        raise KnowledgeError(
            f"The package is signed by {signer}, whom '{tenant_id}' doesn't know{known_as}. Ask the town that it comes "
            "from for its public key (`amtslotse knowledge key`), and when it is this one: --trust PUBLICKEY."
        )


def trusted_keys(data_dir: Path, tenant_id: str, origin: str | None = None) -> frozenset[str]:
    """Public keys that the town takes whole generations from: its own, and those it was told to trust.

    With another town as `origin`: the keys that it takes texts of that town from, and of no other.
    """
    folder, file = keys_folder(data_dir, tenant_id), _trusted_file(tenant_id, origin)
    try:
        told = _KEYS.validate_json((folder / file).read_bytes())
    except FileNotFoundError:
        told = ()
    except ValidationError as error:
        raise KnowledgeError(f"{folder / file} is damaged: delete it and trust the keys again.") from error
    own = file == TRUSTED_FILE and (folder / SIGNING_KEY_FILE).exists()
    return frozenset([*told, *([public_key(signing_key(data_dir, tenant_id))] if own else [])])


def trust(data_dir: Path, tenant_id: str, key: str, origin: str | None = None) -> None:
    """Remembers a public key for whole generations, or for the texts of the town `origin`."""
    folder = keys_folder(data_dir, tenant_id)
    make_folder(folder)
    folder.chmod(0o700)
    keys = sorted(trusted_keys(data_dir, tenant_id, origin) | {normal_key(key)})
    write_atomically(folder / _trusted_file(tenant_id, origin), _KEYS.dump_json(tuple(keys), indent=2) + b"\n")


def _trusted_file(tenant_id: str, origin: str | None) -> str:
    return TRUSTED_FILE if origin in (None, tenant_id) else f"trusted-{origin}.json"
