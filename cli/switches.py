"""`amtslotse pause`, `resume`, `block`, `unblock` and `switches`: what citizens get no answers to, and why."""

import json
import re
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

import typer
from pydantic import ValidationError

from app.errors import AmtslotseError, InvalidInputError
from app.index.blockable import checked_target
from app.index.generation import active_id, generations_folder
from app.settings import Settings, get_settings
from app.switches.board import SwitchBoard
from app.switches.state import Block, BlockKind, Order, Pausable, Pause, Switches
from app.tenants.tenant import load_tenant
from cli.moment import coming_moment
from cli.options import AsJson, TenantOption
from ingest.publishing_log import account_name

_EVENTS_SHOWN = 10
_NOTICE = re.compile(r"(?:([a-z]{2})=)?(.*)", re.DOTALL)
_GERMAN_TIME = ZoneInfo("Europe/Berlin")
_Order = TypeVar("_Order", bound=Order)

Reason = Annotated[str, typer.Option(help="Why; kept in the log.")]
Until = Annotated[
    str | None,
    typer.Option(metavar="TIME", help="End by itself: 18:00, 2h, 2026-12-01 or 2026-12-01T18:00, local time."),
]


def pause(
    what: Annotated[Pausable, typer.Argument(help="`bot`: only a notice; `generation`: no language model.")],
    reason: Reason,
    notice: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help="What citizens read (bot only); `en=TEXT` for other languages."),
    ] = None,
    until: Until = None,
    tenant: TenantOption = None,
) -> None:
    """Stop answering at once: wholly, with a notice (emergencies are still answered), or only the language model."""
    if notice and what is not Pausable.BOT:
        raise InvalidInputError("--notice goes with `pause bot`: without generation, answers quote and need no notice.")
    settings, town = _town(tenant)
    order = _order(settings, town, reason, until)
    pause = _valid(Pause, **order, notice=dict(_notice(text) for text in notice or ()))
    SwitchBoard(settings.data_dir).pause(town, what, pause)
    typer.echo(f"{town}: {what.value} is paused{_until(pause, settings, town)}.")


def resume(
    what: Annotated[Pausable, typer.Argument(help="`bot` or `generation`.")],
    reason: Reason,
    tenant: TenantOption = None,
) -> None:
    """End a pause."""
    settings, town = _town(tenant)
    SwitchBoard(settings.data_dir).resume(town, what, _valid(Order, **_order(settings, town, reason)))
    typer.echo(f"{town}: {what.value} is on again.")


def block(
    kind: Annotated[BlockKind, typer.Argument(help="What to block.")],
    target: Annotated[str, typer.Argument(help="Id of the service or document; or words, all of which must occur.")],
    reason: Reason,
    until: Until = None,
    tenant: TenantOption = None,
) -> None:
    """Answer no more questions about a service, from a text, or with certain words; they get the office instead."""
    settings, town = _town(tenant)
    checked_target(settings.data_dir, town, kind, target)
    block = _valid(Block, **_order(settings, town, reason, until), kind=kind, target=target)
    SwitchBoard(settings.data_dir).block(town, block)
    typer.echo(f"{town}: {kind.value} '{target}' is blocked{_until(block, settings, town)}.")


def unblock(
    kind: Annotated[BlockKind, typer.Argument(help="What to unblock.")],
    target: Annotated[str, typer.Argument(help="As it was blocked: see `amtslotse switches`.")],
    reason: Reason,
    tenant: TenantOption = None,
) -> None:
    """End a block."""
    settings, town = _town(tenant)
    SwitchBoard(settings.data_dir).unblock(
        town, _valid(Block, **_order(settings, town, reason), kind=kind, target=target)
    )
    typer.echo(f"{town}: {kind.value} '{target}' is answered again.")


def switches(
    tenant: TenantOption = None,
    everything: Annotated[bool, typer.Option("--all", help="The whole log, not just its end.")] = False,
    restore: Annotated[
        str | None, typer.Option(metavar="REASON", help="Bring a damaged or lost state back from the log.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what is switched off, and who did it when and why. Exits with 1 when state or log were tampered with."""
    settings, town = _town(tenant)
    board = SwitchBoard(settings.data_dir)
    if restore is not None:
        board.restore(town, _valid(Order, **_order(settings, town, restore)))
    faults = board.faults(town)
    events = [line.event for line in board.events(town) if line.event is not None]
    shown = events if everything else events[-_EVENTS_SHOWN:]
    try:
        now = board.switches(town).at(datetime.now(UTC))
    except AmtslotseError:
        now = None  # said among the faults
    if as_json:
        log = [event.model_dump(mode="json", exclude={"then"}) for event in shown]
        state = now.model_dump(mode="json") if now else None
        typer.echo(json.dumps({"switches": state, "log": log, "faults": faults}, ensure_ascii=False, indent=2))
    else:
        zone = _zone(settings, town)
        for line in _lines(now, zone) if now else ["the bot is paused: its switches cannot be read"]:
            typer.echo(line)
        for event in shown:
            target = f" {event.target}" if event.target else ""
            typer.echo(f"  {_local(event.at, zone)}  {event.by}: {event.action.value}{target} ({event.reason})")
        for fault in faults:
            typer.echo(f"amtslotse: {fault}", err=True)
    if faults:
        raise typer.Exit(1)


def _town(tenant: str | None) -> tuple[Settings, str]:
    """The settings, and the town's id. Raises InvalidInputError when there is no such town."""
    settings = get_settings()
    town = tenant or settings.default_tenant
    known = {path.parent.name for path in settings.data_dir.glob("*/generations")}
    known |= {path.parent.name for path in settings.knowledge_dir.glob("*/tenant.yaml")}
    if town not in known:
        raise InvalidInputError(f"There is no town '{town}' here; known are: {', '.join(sorted(known)) or 'none'}.")
    return settings, town


def _order(settings: Settings, town: str, reason: str, until: str | None = None) -> dict[str, Any]:
    """Who, why, from when and until when. Raises InvalidInputError for an end that is no time to come."""
    now = datetime.now(UTC)
    return {
        "by": account_name(),
        "reason": reason,
        "at": now,
        "until": None if until is None else coming_moment(until, now, _zone(settings, town)).astimezone(UTC),
    }


def _notice(text: str) -> tuple[str, str]:
    """Language and words of `en=Closed for maintenance`; German without a language."""
    match = _NOTICE.fullmatch(text)
    assert match is not None
    return match[1] or "de", match[2]


def _valid(model: type[_Order], **fields: Any) -> _Order:
    try:
        return model(**fields)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InvalidInputError(f"{place}: {first['msg']}.") from error


def _lines(now: Switches, zone: ZoneInfo) -> list[str]:
    lines = [f"{what.value} is paused{_details(pause, zone)}" for what, pause in now.paused.items()]
    lines += [f"{block.kind.value} '{block.target}' is blocked{_details(block, zone)}" for block in now.blocks]
    notices = [
        f"  notice ({language}): {text}" for pause in now.paused.values() for language, text in pause.notice.items()
    ]
    return [*lines, *notices] or ["nothing is switched off"]


def _details(order: Order, zone: ZoneInfo) -> str:
    end = f" until {_local(order.until, zone)}" if order.until else ""
    return f"{end}, since {_local(order.at, zone)} by {order.by}: {order.reason}"


def _until(order: Order, settings: Settings, town: str) -> str:
    return f" until {_local(order.until, _zone(settings, town))}" if order.until else ""


def _local(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def _zone(settings: Settings, town: str) -> ZoneInfo:
    """The town's time zone; Germany's where its settings cannot be read, so that it can be paused all the same."""
    active = active_id(settings.data_dir, town)
    folder = generations_folder(settings.data_dir, town) / active if active else settings.knowledge_dir / town
    try:
        return load_tenant(folder, town).zone
    except AmtslotseError:
        return _GERMAN_TIME
