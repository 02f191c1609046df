"""Whether everything is in order, for those who look after the installation."""

from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.console.access import Admin, Signed
from app.console.figure_charts import german
from app.console.page import german_moment, render
from app.insight.health import Check, Fact, health, worst
from app.wording.console import console_catalog

router = APIRouter()

_UNITS = ("Byte", "KB", "MB", "GB", "TB")


@router.get("/{tenant}/health")
def show(request: Request, signed: Admin) -> HTMLResponse:
    """Every part of the service with what was found, and what to do."""
    checks = checks_of(signed)
    zone = signed.town.zone
    return render(
        request,
        signed,
        "health",
        "console/health.html",
        checks=checks,
        level=worst(checks),
        facts={check.name: [(name, said(name, fact, zone)) for name, fact in check.facts.items()] for check in checks},
        now=signed.running.clock(),
    )


def checks_of(signed: Signed) -> tuple[Check, ...]:
    """The checks of the page's town at this moment."""
    running = signed.running
    return health(running.service, running.settings, signed.town.id, running.insight.upkeep.last(), running.clock())


def said(name: str, fact: Fact, zone: ZoneInfo) -> str:
    """A fact as people read it; `zone` is that of the town."""
    if fact is None:
        return console_catalog("health").text("nothing")
    if isinstance(fact, datetime):
        return german_moment(fact.astimezone(zone))
    if isinstance(fact, int):
        return _size(fact) if name.endswith("_bytes") else german(fact)
    if name == "switched_off":
        return ", ".join(console_catalog("health").text(f"part.{part}") for part in fact.split(", "))
    return fact


def _size(count: float) -> str:
    unit = 0
    while count >= 1000 and unit < len(_UNITS) - 1:
        count, unit = count / 1000, unit + 1
    return f"{german(count, 1 if unit > 1 else 0)} {_UNITS[unit]}"
