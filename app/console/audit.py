"""The audit log on a page and as a file: what the staff of a town did, or everybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, StreamingResponse
from pydantic import JsonValue

from app.accounts.audit import AuditEvent, AuditFilter, AuditLog
from app.console.access import Administering, Signed
from app.console.page import page_url, render
from app.errors import InvalidInputError
from app.text.spreadsheet import csv_text
from app.wording.console import console_catalog

router = APIRouter()
_PAGE = 50
_COLUMNS = ("at", "person", "town", "action", "subject", "detail")


@dataclass(frozen=True, slots=True)
class _Shown:
    """A line as it is read."""

    at: datetime
    person: str
    town: str
    action: str
    subject: str
    detail: str


@router.get("/audit")
@router.get("/{tenant}/audit")
def audit(
    request: Request, signed: Administering, action: str = "", person: str = "", before: str = "", check: bool = False
) -> HTMLResponse:
    """A page of lines, the newest first; with `check` also whether the log is whole."""
    log, which = _log(signed), _filter(signed, action, person, before)
    events = log.events(which, _PAGE + 1)
    older = page_url(request, before=events[_PAGE - 1].sequence, check=None) if len(events) > _PAGE else ""
    return render(
        request, signed, "audit", "console/audit.html",
        events=[_shown(event) for event in events[:_PAGE]],
        actions=[(name, _action(name)) for name in log.known_actions(which.tenants)],
        people=[(name, _person(name)) for name in log.known_people(which.tenants)],
        action=action, person=person, older=older,
        newer=page_url(request, before=None, check=None) if before else "",
        report=log.verify() if check and signed.tenant is None else None,
        days=signed.running.settings.audit_retention_days,
    )  # fmt: skip


@router.get("/audit.csv")
@router.get("/{tenant}/audit.csv")
def download(signed: Administering, action: str = "", person: str = "") -> StreamingResponse:
    """All lines that the filter leaves, as a table."""
    which = _filter(signed, action, person, "")
    events = _log(signed).every_event(which)
    name = f"protokoll-{signed.tenant.id}.csv" if signed.tenant else "protokoll.csv"
    signed.audit("audit.download", name)
    return StreamingResponse(
        _table(events),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _table(events: Iterator[AuditEvent]) -> Iterator[bytes]:
    say = console_catalog("audit").text
    yield csv_text([[say(f"column.{name}") for name in _COLUMNS]]).encode("utf-8-sig")
    for event in events:
        line = _shown(event)
        cells = (event.at.isoformat(timespec="seconds"), line.person, line.town, line.action, line.subject, line.detail)
        yield csv_text([cells]).encode()


def _filter(signed: Signed, action: str, person: str, before: str) -> AuditFilter:
    if before and not (before.isascii() and before.isdigit() and len(before) < 16):
        raise InvalidInputError("Diese Seite des Protokolls gibt es nicht.")
    towns = (signed.tenant.id,) if signed.tenant else None
    return AuditFilter(towns, action, person, int(before) if before else None)


def _log(signed: Signed) -> AuditLog:
    return AuditLog(signed.running.service.records.database)


def _shown(event: AuditEvent) -> _Shown:
    wording = console_catalog("audit").texts
    facts = [
        f"{wording.get(f'detail.{name}', name)}: {_value(value)}"
        for name, value in event.facts.items()
        if value not in ([], None, "")
    ]
    return _Shown(
        event.at,
        _person(event.account_name),
        event.tenant or "",
        _action(event.action),
        event.subject,
        "; ".join(facts),
    )


def _value(value: JsonValue) -> str:
    wording = console_catalog("audit").texts
    values = value if isinstance(value, list) else [value]
    return ", ".join(wording.get(f"role.{each}", str(each)) for each in values)


def _action(name: str) -> str:
    return console_catalog("audit").texts.get(f"action.{name}", name)


def _person(name: str) -> str:
    wording = console_catalog("audit")
    if not name:
        return wording.text("nobody")
    kind, _, operator = name.partition(":")
    return wording.text("command_line", name=operator or kind) if kind == "cli" else name
