"""`amtslotse records checkpoint`, and reading one for `records verify`."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.errors import InvalidInputError
from app.files import write_atomically
from app.records.checkpoint import Checkpoint, make_checkpoint, read_checkpoint, require_signer
from app.records.repository import open_records
from app.settings import Settings, get_settings
from app.signing import KEYS_FOLDER, SIGNING_KEY_FILE, make_signing_key, normal_key, public_key, signing_key
from cli.options import TenantOption

CheckpointFile = Annotated[
    Path | None,
    typer.Option(
        "--checkpoint", metavar="FILE", exists=True, dir_okay=False, help="What `records checkpoint` wrote earlier."
    ),
]
TrustedKey = Annotated[
    str | None,
    typer.Option(
        "--trust", metavar="PUBLICKEY", help="Who must have signed it; the town's own key on this machine if left out."
    ),
]


def checkpoint(
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="Where to write it; else printed.")] = None,
    tenant: TenantOption = None,
) -> None:
    """Sign where the answer log ends now, for somebody elsewhere to keep: it proves any later rewriting.

    Verifies the log first. Makes the town's signing key when there is none; `knowledge key` prints its public part.
    """
    settings = get_settings()
    town = tenant or settings.default_tenant
    with closing(open_records(settings)) as records:
        head = records.checked_head(town)
    signed = make_checkpoint(head, datetime.now(UTC), make_signing_key(settings.data_dir, town))
    text = signed.model_dump_json(indent=2) + "\n"
    if to is None:
        typer.echo(text, nl=False)
        return
    write_atomically(to, text)
    typer.echo(f"{to}: {signed.sequence} records of {town}, signed by {signed.public_key}")


def read(settings: Settings, file: Path | None, trust: str | None, tenant: str | None) -> Checkpoint | None:
    """The checkpoint to verify against; None without one.

    Raises:
        InvalidInputError: it is forged, signed by somebody else, or of another town; or there is a key to trust only.
    """
    if file is None:
        if trust is not None:
            raise InvalidInputError("--trust names who signed a checkpoint: give the file with --checkpoint.")
        return None
    checkpoint = read_checkpoint(file.read_bytes())
    if tenant not in (None, checkpoint.tenant):
        raise InvalidInputError(
            f"The checkpoint is of {checkpoint.tenant}, not of {tenant}: give that town's, or the right --tenant."
        )
    require_signer(checkpoint, _own_keys(settings, checkpoint.tenant) if trust is None else {normal_key(trust)})
    return checkpoint


def _own_keys(settings: Settings, tenant: str) -> set[str]:
    """The town's key on this machine. The file may name anything, so only towns that have one here are looked up."""
    towns = {path.parents[1].name for path in settings.data_dir.glob(f"*/{KEYS_FOLDER}/{SIGNING_KEY_FILE}")}
    return {public_key(signing_key(settings.data_dir, tenant))} if tenant in towns else set()
