"""`amtslotse replay`: walk recorded questions again, one or a whole day of them."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from app.errors import InvalidInputError, NotFoundError
from app.records.repository import RecordRepository
from app.settings import get_settings
from cli.options import AsJson, TenantOption
from cli.progress import progress

if TYPE_CHECKING:
    from app.answering.replay_many import Replayed


def replay(
    answer_id: Annotated[str | None, typer.Argument(help="Reference of the answer.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Replay all answers of a day instead.")] = False,
    day: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="With --all: that day; the newest one when not given.")
    ] = None,
    tenant: TenantOption = None,
    as_json: AsJson = False,
) -> None:
    """Walk recorded questions again: prints `identical`, or the first difference and why.

    Exits with 1 when one answer differs, or, with --all, when a difference has no reason.
    """
    if every == (answer_id is not None) or (day is not None and not every):
        raise InvalidInputError("Give the reference of one answer, or --all and possibly --day.")
    town = tenant or get_settings().default_tenant
    if answer_id is None:
        _replay_day(town, day, as_json)
    else:
        _replay_one(town, answer_id, as_json)


def _replay_one(town: str, answer_id: str, as_json: bool) -> None:
    from app.answering.replay import replay as walk_again
    from cli.runtime import open_service

    with open_service(get_settings()) as service:
        difference = walk_again(service.get(town, answer_id), service)
    if as_json:
        found = asdict(difference) if difference else None
        typer.echo(json.dumps({"identical": difference is None, "difference": found}, ensure_ascii=False))
    else:
        typer.echo("identical" if difference is None else str(difference))
    if difference is not None:
        raise typer.Exit(1)


def _replay_day(town: str, day: str | None, as_json: bool) -> None:
    from app.answering.replay_many import FAILURES, replay_each, tally
    from cli.runtime import open_service

    with open_service(get_settings()) as service:
        zone = service.generations.active(town).tenant.zone
        chosen = _chosen_day(service.records, town, day, zone)
        period = _period(chosen, zone)
        total = service.records.count(town, *period)
        replayed: list[Replayed] = []
        for result in replay_each(service.records.iterate(town, *period), service):
            replayed.append(result)
            progress(len(replayed), total)
    counted = tally(replayed)
    if as_json:
        counts = {outcome.value: count for outcome, count in counted.items()}
        shown = {"day": str(chosen), "answers": len(replayed), **counts, "each": [asdict(each) for each in replayed]}
        typer.echo(json.dumps(shown, ensure_ascii=False))
    else:
        _print_day(chosen, replayed)
    if any(counted[outcome] for outcome in FAILURES):
        raise typer.Exit(1)


def _print_day(day: date, replayed: Sequence["Replayed"]) -> None:
    from app.answering.replay_many import Outcome, tally

    for result in replayed:
        if result.outcome not in (Outcome.IDENTICAL, Outcome.ERASED):
            typer.echo(f"{result.answer_id}  {result.outcome}: {result.detail}")
    typer.echo(f"{day}: {len(replayed)} answers")
    for outcome, count in tally(replayed).items():
        typer.echo(f"{outcome:24}{count:>6}")


def _chosen_day(records: RecordRepository, town: str, day: str | None, zone: ZoneInfo) -> date:
    if day is not None:
        try:
            return date.fromisoformat(day)
        except ValueError as error:
            raise InvalidInputError(f"'{day}' is no day: write it like 2026-11-30.") from error
    newest = records.newest(town)
    if newest is None:
        raise NotFoundError(f"No answer of {town} is kept, so there is nothing to replay.")
    return newest.created_at.astimezone(zone).date()


def _period(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The day as the town's clocks count it; summer time makes some days 23 or 25 hours long."""
    return datetime.combine(day, time(), zone), datetime.combine(day + timedelta(days=1), time(), zone)
