"""`amtslotse records`: look into the answer log, check it, and erase from it."""

import json
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from app.answering.rights import erase_answer, erase_conversation
from app.desk.erasure import purge_desk
from app.records.repository import open_records
from app.records.retention import purge_limit
from app.settings import get_settings
from cli import records_checkpoint

app = typer.Typer(help="The answer log: show, verify, erase.", no_args_is_help=True)

Tenant = Annotated[str | None, typer.Option(help="Municipality; AMTSLOTSE_DEFAULT_TENANT when not given.")]
AllTenants = Annotated[str | None, typer.Option("--tenant", help="Only this municipality.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
AnswerId = Annotated[str, typer.Argument(help="Id of the answer.")]


app.command()(records_checkpoint.checkpoint)


@app.command()
def verify(
    tenant: AllTenants = None,
    checkpoint: records_checkpoint.CheckpointFile = None,
    trust: records_checkpoint.TrustedKey = None,
    as_json: AsJson = False,
) -> None:
    """Check that no logged answer was changed, deleted, inserted or moved. Exits with 1 when one was.

    With a checkpoint also that the log still begins with exactly the answers that it had then.
    """
    settings = get_settings()
    told = records_checkpoint.read(settings, checkpoint, trust, tenant)
    with closing(open_records(settings)) as records:
        report = records.verify(tenant) if told is None else records.verify_since(told)
    if as_json:
        _print_json({"intact": report.intact, **asdict(report)})
    else:
        for fault in report.faults:
            typer.echo(f"{fault.tenant}: {fault.kind}: {fault.message}")
        if report.more_faults:
            typer.echo("There are more faults than these; the rest of the log was not checked.")
        summary = f"{report.records} records checked, {report.erased} of them erased"
        typer.echo(f"{summary}: intact." if report.intact else f"{summary}: the answer log was tampered with.")
        if told is not None and report.intact:
            typer.echo(f"{told.tenant}: the first {told.sequence} are exactly those of {told.created_at}.")
    if not report.intact:
        raise typer.Exit(1)


@app.command()
def show(answer_id: AnswerId, tenant: Tenant = None, as_json: AsJson = False) -> None:
    """Print everything that the log keeps about one answer."""
    settings = get_settings()
    with closing(open_records(settings)) as records:
        record = records.get(tenant or settings.default_tenant, answer_id)
    if as_json:
        _print_json(asdict(record))
        return
    for name, value in asdict(record).items():
        if name != "payload":
            typer.echo(f"{name}: {'-' if value is None or value == '' else value}")
    if record.payload is not None:
        typer.echo(json.dumps(record.payload, ensure_ascii=False, indent=2))


@app.command()
def erase(
    answer_id: AnswerId,
    tenant: Tenant = None,
    conversation: Annotated[
        bool, typer.Option("--conversation", help="Erase all other answers of its conversation as well.")
    ] = False,
) -> None:
    """Erase the content of an answer for good, and of later ones that took over from it. Their places stay."""
    settings = get_settings()
    town = tenant or settings.default_tenant
    with closing(open_records(settings)) as records:
        conversation_id = records.get(town, answer_id).conversation_id
        if conversation and conversation_id is not None:
            erased = erase_conversation(records, town, conversation_id)
        else:
            erased = erase_answer(records, town, answer_id)
    for id_ in erased:
        typer.echo(f"Answer {id_} is erased.")


@app.command()
def purge(
    tenant: Tenant = None,
    days: Annotated[
        int | None,
        typer.Option(min=0, help="Keep this many days; AMTSLOTSE_RECORD_RETENTION_DAYS when not given."),
    ] = None,
) -> None:
    """Erase the content of all answers older than the retention period."""
    settings = get_settings()
    limit = purge_limit(datetime.now(UTC), settings.record_retention_days if days is None else days)
    with closing(open_records(settings)) as records:
        erased = records.purge(tenant or settings.default_tenant, limit)
        purge_desk(records.database, settings.handover_retention_days, datetime.now(UTC))
    typer.echo(f"{erased} answers from before {limit.isoformat(timespec='minutes')} are erased.")


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, default=str, indent=2))
