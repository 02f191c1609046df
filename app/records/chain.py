"""The hashes that tie the records of a tenant together.

    content_hash = SHA-256(salt || canonical JSON of the content)
    hash         = SHA-256(canonical JSON of [previous_hash, sequence, id, tenant, created_at, content_hash])

The chain commits to the content only through its salted hash. So content and salt can be erased, as the law
may demand, and the chain still verifies; what was erased cannot be guessed from what is left.
"""

import hashlib
import secrets

from app.text.canonical_json import canonical_json

GENESIS = "0" * 64
"""The `previous_hash` of a tenant's first record."""


def new_salt() -> str:
    """128 random bits, hexadecimal."""
    return secrets.token_hex(16)


def content_hash(
    salt: str, conversation_id: str | None, status: str, language: str, generation: str, payload_json: str
) -> str:
    """Hash of everything that erasure removes. The payload enters as its stored text, every byte of it."""
    content = canonical_json(
        {
            "conversation_id": conversation_id,
            "generation": generation,
            "language": language,
            "payload": payload_json,
            "status": status,
        }
    )
    return _sha256(salt + content)


def record_hash(previous_hash: str, sequence: int, id_: str, tenant: str, created_at: str, content_hash: str) -> str:
    """The seal of one record; the next record carries it as its `previous_hash`."""
    return _sha256(canonical_json([previous_hash, sequence, id_, tenant, created_at, content_hash]))


def erasure_hash(hash_: str, erased_at: str) -> str:
    """Seals when a record was erased, so that content which merely got lost does not pass as erased."""
    return _sha256(canonical_json([hash_, erased_at]))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
