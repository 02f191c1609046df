"""Signed checkpoints: what an outsider keeps to notice a log that was rewritten or cut off afterwards.

A checkpoint names the last record of a town's chain by place and hash. The chain commits to every record before it,
so a log that verifies and has that hash at that place still begins with exactly those records, erased ones included.
"""

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import Connection, select

from app.database.tables import answer_records, chain_heads
from app.database.timestamps import to_timestamp
from app.errors import InvalidInputError, NotFoundError, RecordsError
from app.records.verification import ChainFault, ChainReport, FaultKind, verify_chains
from app.signing import is_signed, public_key, sign
from app.text.canonical_json import canonical_json

FORMAT: Literal["amtslotse-checkpoint-1"] = "amtslotse-checkpoint-1"
_CONTEXT = b"amtslotse log checkpoint\n"
_HASH = r"^[0-9a-f]{64}$"


@dataclass(frozen=True, slots=True)
class ChainHead:
    """Where a tenant's chain ends."""

    tenant: str
    length: int
    hash: str
    """Of the last record."""


class Checkpoint(BaseModel):
    """The file that is kept elsewhere; JSON with these fields and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    format: Literal["amtslotse-checkpoint-1"]
    tenant: str
    sequence: int = Field(ge=1)
    """Place of the last record, which is how many there were."""
    hash: str = Field(pattern=_HASH)
    """Of that record."""
    created_at: str
    """In UTC, ISO 8601; the signer's word, which nothing proves."""
    public_key: str = Field(pattern=_HASH)
    signature: str = Field(pattern=r"^[0-9a-f]{128}$")
    """Ed25519 over the canonical JSON of the other fields."""

    @property
    def signed_content(self) -> bytes:
        """What the signature stands for."""
        return canonical_json(self.model_dump(exclude={"signature"})).encode()


def make_checkpoint(head: ChainHead, now: datetime, key: Ed25519PrivateKey) -> Checkpoint:
    """A checkpoint of a chain that was verified, see `checked_head`."""
    unsigned = Checkpoint(
        format=FORMAT,
        tenant=head.tenant,
        sequence=head.length,
        hash=head.hash,
        created_at=to_timestamp(now),
        public_key=public_key(key),
        signature="0" * 128,
    )
    return unsigned.model_copy(update={"signature": sign(key, _CONTEXT, unsigned.signed_content).hex()})


def read_checkpoint(content: bytes) -> Checkpoint:
    """A checkpoint as the owner of its key signed it; whose key that is says `require_signer`.

    Raises:
        InvalidInputError: it is none, or was changed after it was signed.
    """
    try:
        checkpoint = Checkpoint.model_validate_json(content)
    except ValidationError as error:
        raise InvalidInputError("This file is no checkpoint: give one that `records checkpoint` wrote.") from error
    signature = bytes.fromhex(checkpoint.signature)
    if not is_signed(_CONTEXT, checkpoint.signed_content, signature, checkpoint.public_key):
        raise InvalidInputError(
            "The checkpoint was changed after it was signed, or never was: take the copy that you got at the time."
        )
    return checkpoint


def require_signer(checkpoint: Checkpoint, trusted: Set[str]) -> None:
    """Raises InvalidInputError unless one of these public keys signed the checkpoint."""
    if checkpoint.public_key not in trusted:
        raise InvalidInputError(
            f"The checkpoint is signed by {checkpoint.public_key}, which is not a key that you trust: compare it with "
            "the town's public key by another way, then give it with --trust."
        )


def checked_head(connection: Connection, tenant: str) -> ChainHead:
    """Where the chain ends.

    Raises:
        NotFoundError: the tenant has no records.
        RecordsError: the chain is not intact: a checkpoint of it would attest what was tampered with.
    """
    if not verify_chains(connection, tenant).intact:
        raise RecordsError(
            f"The answer log of {tenant} was tampered with, so no checkpoint is made: run `amtslotse records verify`."
        )
    head = connection.execute(select(chain_heads).where(chain_heads.c.tenant == tenant)).first()
    if head is None:
        raise NotFoundError(f"{tenant} has no answer records: there is nothing yet to make a checkpoint of.")
    return ChainHead(tenant, head.length, head.hash)


def verify_since(connection: Connection, checkpoint: Checkpoint) -> ChainReport:
    """Verifies the chain, and that it begins with the records that the checkpoint stands for."""
    report = verify_chains(connection, checkpoint.tenant)
    fault = _fault_since(connection, checkpoint)
    return report if fault is None else replace(report, faults=(fault, *report.faults))


def _fault_since(connection: Connection, checkpoint: Checkpoint) -> ChainFault | None:
    columns = answer_records.c
    row = connection.execute(
        select(columns.id, columns.hash).where(
            columns.tenant == checkpoint.tenant, columns.sequence == checkpoint.sequence
        )
    ).first()
    told = f"the checkpoint of {checkpoint.created_at}"
    if row is None:
        message = f"The log has no record {checkpoint.sequence}, but {told} was made when it had."
        return ChainFault(checkpoint.tenant, checkpoint.sequence, None, FaultKind.DELETED, message)
    if row.hash != checkpoint.hash:
        message = f"Record {row.id} or one before it is not what it was at {told}: the log was rewritten since."
        return ChainFault(checkpoint.tenant, checkpoint.sequence, str(row.id), FaultKind.CHANGED, message)
    return None
