"""Publishing: what would change, the reasons that are needed, and the background job."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from app.console import jobs
from app.console.access import Editor, Signed, text_field
from app.console.editor_form import EditorForm
from app.console.generations.shown import generations_page
from app.console.jobs import JobKind
from app.console.page import redirect
from app.console.texts.desk import Row, TextsDesk
from app.errors import AmtslotseError, InvalidInputError
from app.wording.console import console_catalog

if TYPE_CHECKING:
    from ingest.town_texts import TownState

router = APIRouter()
REASONS = ("accept-warnings", "allow-shrink", "accept-regressions", "skip-gold")
"""Options of `knowledge publish` that want a reason."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What publishing would do now."""

    changed: tuple[Row, ...]
    """Texts that are new, changed or removed."""
    broken: tuple[Row, ...]
    """Texts with errors: with one of them nothing is published."""
    other_errors: int
    """Errors in files that are no texts: rules, settings."""
    settings_changed: bool
    """Whether tenant.yaml differs from the published one."""
    needed: tuple[str, ...]
    """Of REASONS those without which it is refused."""
    waiting: tuple[Row, ...]
    """Texts with a draft, which is not published."""
    complete: bool

    @property
    def possible(self) -> bool:
        return not self.broken and not self.other_errors


@router.get("/{tenant}/generations/publish")
def ask(request: Request, signed: Editor) -> HTMLResponse:
    """What would change, and the form."""
    return _page(request, signed)


@router.post("/{tenant}/generations/publish")
def publish(request: Request, signed: Editor, posted: EditorForm) -> Response:
    """Starts what the pressed button asks for: publishing, the effect on gold answers, or a draft generation."""
    action = text_field(posted, "action", longest=20)
    kind = JobKind(action) if action in set(JobKind) else JobKind.EFFECT
    options = _publish_options(posted) if kind is JobKind.PUBLISH else []
    if kind is JobKind.EFFECT and posted.get("with-model"):
        options = ["--with-model"]
    try:
        if kind is JobKind.PUBLISH:
            _refuse_unfit(_plan(signed), options)
        job = jobs.start(signed.running.settings, signed.town.id, kind, signed.account.display_name, options)
    except AmtslotseError as error:
        return _page(request, signed, error=error, given={name: text_field(posted, name) for name in REASONS})
    signed.audit(f"job.{kind.value}", job.id, options=list(options))
    return redirect(f"/console/{signed.town.id}/jobs/{job.id}")


def _publish_options(posted: FormData) -> list[str]:
    options: list[str] = []
    for name in REASONS:
        if reason := text_field(posted, name, longest=500):
            options += [f"--{name}", reason]
    return options


def _refuse_unfit(plan: Plan, options: Sequence[str]) -> None:
    """What the command would refuse after a minute is said at once. Raises InvalidInputError."""
    say = console_catalog("generations").text
    if not plan.possible:
        raise InvalidInputError(say("publish.has_errors", count=len(plan.broken) + plan.other_errors))
    for name in plan.needed:
        if f"--{name}" not in options:
            raise InvalidInputError(say(f"publish.needs.{name}"))


def _page(request: Request, signed: Signed, **more: object) -> HTMLResponse:
    return generations_page(
        request,
        signed,
        "console/generations_publish.html",
        plan=_plan(signed),
        four_eyes=signed.town.publishing.four_eyes,
        running=jobs.running_job(signed.running.settings),
        **{"given": {}, **more},
    )


def _plan(signed: Signed) -> Plan:
    desk = TextsDesk(signed)
    town = desk.town
    files = {row.file for row in desk.rows}
    errors = [f for file, found in town.findings.items() if file not in files for f in found]
    return Plan(
        changed=tuple(row for row in desk.rows if row.state in ("new", "changed", "removed") and _is_saved(row)),
        broken=tuple(row for row in desk.rows if row.errors),
        other_errors=sum(finding.severity.value == "error" for finding in errors),
        settings_changed=_settings_changed(town),
        needed=tuple(_needed(town)),
        waiting=tuple(row for row in desk.rows if row.draft is not None),
        complete=town.complete,
    )


def _is_saved(row: Row) -> bool:
    return row.file is not None or row.state == "removed"


def _settings_changed(town: "TownState") -> bool:
    from app.index.generation import file_hash

    return town.active is not None and town.active.files.get("tenant.yaml") != file_hash(town.folder / "tenant.yaml")


def _needed(town: "TownState") -> Sequence[str]:
    from ingest.checks.config import load_quality_config

    needed = []
    if load_quality_config(town.folder).warnings == "block" and any(town.findings.values()):
        needed.append("accept-warnings")
    before = len(town.active.documents) if town.active else 0
    if before and 1 - len(town.texts) / before > town.tenant.publishing.max_shrink:
        needed.append("allow-shrink")
    if not any(any(town.folder.glob(pattern)) for pattern in town.tenant.publishing.gold):
        needed.append("skip-gold")
    return needed
