"""The hashes that tie the records of a tenant together.

    content_hash = SHA-256(salt || canonical JSON of the content)
    hash         = SHA-256(canonical JSON of [previous_hash, sequence, id, tenant, created_at, content_hash])

The chain commits to the content only through its salted hash. So content and salt can be erased, as the law
may demand, and the chain still verifies; what was erased cannot be guessed from what is left.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping

from pydantic import JsonValue

from app.errors import InvalidInputError

GENESIS = "0" * 64
"""The `previous_hash` of a tenant's first record."""


def canonical_json(value: JsonValue) -> str:
    """The one JSON text of a value: keys sorted, no spaces, non-ASCII characters as they are.

    Raises:
        InvalidInputError: NaN, infinity, a key that is not a string, a lone surrogate, or no JSON.
    """
    try:
        _refuse_other_keys(value)
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
        text.encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidInputError(f"The record cannot be written as JSON: {error}. Correct its payload.") from error
    return text


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


def _refuse_other_keys(value: object) -> None:
    # json.dumps turns the key 1 into "1": two different values would get the same text.
    if isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"the key {key!r} is not a string")
            _refuse_other_keys(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_other_keys(item)
