"""Texts of concern, by owner, with one click to a task."""

from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from app.console.access import Editor, Signed
from app.console.csv_file import csv_response
from app.console.findings import latest_findings
from app.console.page import render
from app.desk.tasks import TaskStatus, TaskStore, by_text
from app.insight.concerns import Concern, Limits, Worry, concerns
from app.insight.documents import published_texts
from app.wording.console import console_catalog

router = APIRouter()


@router.get("/{tenant}/concerns")
def texts_of_concern(request: Request, signed: Editor, owner: str = "", worry: str = "") -> HTMLResponse:
    """The published texts that need their owner."""
    found, complete = concerns_of(signed)
    say = console_catalog("concerns").text
    shown = [
        one for one in found if owner in ("", one.text.owner) and (worry not in set(Worry) or worry in one.worries)
    ]
    store = TaskStore(signed.running.service.records.database)
    return render(
        request,
        signed,
        "concerns",
        "console/concerns.html",
        groups_of_concerns=[(name, tuple(group)) for name, group in groupby(shown, lambda one: one.text.owner)],
        total=len(shown),
        complete=complete,
        checks_say=console_catalog("checks").text,
        tasks=by_text(store.list(signed.town.id, TaskStatus.OPEN)),
        owner=owner,
        worry=worry,
        owner_options=[("", say("every_owner")), *((name, name) for name in sorted({one.text.owner for one in found}))],
        worry_options=[("", say("every_worry")), *((one.value, say(f"worry.{one}")) for one in Worry)],
    )


@router.get("/{tenant}/concerns/checks")
def checks(signed: Editor) -> JSONResponse:
    """For the script of the page: whether the list is complete by now."""
    return JSONResponse({"complete": concerns_of(signed)[1]})


@router.get("/{tenant}/concerns.csv")
def concerns_file(signed: Editor) -> Response:
    """The same for a spreadsheet, a line a text."""
    say = console_catalog("concerns").text
    names = ("owner", "id", "title", "worries", "valid_until", "reviewed_on", "helpful", "unhelpful", "findings")
    rows = [
        (
            one.text.owner, one.text.id, one.text.title, ", ".join(say(f"worry.{worry}") for worry in one.worries),
            one.text.valid_until.isoformat() if one.text.valid_until else None, one.text.reviewed_on.isoformat(),
            one.rating.helpful, one.rating.unhelpful, "; ".join(finding.title for finding in one.findings),
        )
        for one in concerns_of(signed)[0]
    ]  # fmt: skip
    return csv_response(f"amtslotse-{signed.town.id}-texte.csv", [say(f"column.{name}") for name in names], rows)


def concerns_of(signed: Signed) -> tuple[tuple[Concern, ...], bool]:
    """The texts of concern of the page's town, and whether all findings are in already."""
    service, town = signed.running.service, signed.town
    insight = signed.running.insight.latest(service, town.id, wait_s=0)
    findings = latest_findings(signed)
    today = signed.running.clock().astimezone(town.zone).date()
    texts = published_texts(service.generations.active(town.id))
    ratings = insight.ratings if insight else {}
    is_complete = findings is not None and findings.complete and insight is not None
    by_text = findings.by_text if findings else {}
    return concerns(texts, by_text, ratings, limits_of(signed), today), is_complete


def limits_of(signed: Signed) -> Limits:
    """As the town's quality.yaml says."""
    from ingest.checks.config import load_quality_config

    config = load_quality_config(signed.running.settings.knowledge_dir / signed.town.id)
    return Limits(config.expiring_days, config.review_days)
