"""Transparency: the register as citizens see it, what is missing, drafts for the files, and the answer log's checks."""

import io
import re
import zipfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from app.console.access import Admin, Signed, posted
from app.console.page import render
from app.errors import AmtslotseError, InvalidInputError
from app.records.checkpoint import Checkpoint, make_checkpoint, read_checkpoint, require_signer
from app.records.verification import ChainReport
from app.signing import make_signing_key, public_key, signing_key
from app.tenants.tenant import Tenant
from app.transparency import shown
from app.transparency.build import energy_days, transparency_register
from app.transparency.compliance import LANGUAGE, Draft, compliance_drafts
from app.transparency.draft_folder import write_drafts
from app.transparency.register import TransparencyRegister
from app.wording.transparency import transparency_catalog

router = APIRouter(prefix="/{tenant}/transparency")

_AREA = "transparency"
_TO_COMPLETE = re.compile(r"\[Bitte ergänzen: ([^\]]*)\]")
_LONGEST_CHECKPOINT = 10_000


@dataclass(frozen=True, slots=True)
class DraftNeeds:
    """A draft, and what people still have to fill in."""

    name: str
    title: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LogCheck:
    """What a check of the answer log found."""

    report: ChainReport
    checkpoint: Checkpoint | None


@router.get("")
def show(request: Request, signed: Admin) -> Response:
    """The overview."""
    return _page(request, signed)


@router.get("/drafts.zip")
def drafts(signed: Admin) -> Response:
    """The drafts for data protection and the AI Act as Markdown and HTML, filled from the running configuration."""
    register = _register(signed)
    made, today = _drafts(signed, register), signed.running.clock().astimezone(signed.town.zone).date()
    with TemporaryDirectory() as folder:
        write_drafts(Path(folder), made, signed.town.id, register.software.version, today)
        content = _zipped(Path(folder))
    signed.audit("transparency.drafts", signed.town.id)
    name = f"entwuerfe-{signed.town.id}-{today.isoformat()}.zip"
    return _download(content, name, "application/zip")


@router.post("/verify")
async def verify(request: Request, signed: Admin) -> Response:
    """Checks the answer log, and against a checkpoint where one is given; shows the result at once."""
    form = await posted(request, signed)
    file = form.get("checkpoint")
    try:
        content = await file.read(_LONGEST_CHECKPOINT) if isinstance(file, UploadFile) and file.filename else None
        checked = await run_in_threadpool(_checked, signed, content)
    except AmtslotseError as error:
        return await run_in_threadpool(_page, request, signed, error)
    await run_in_threadpool(
        signed.audit, "log.verify", signed.town.id, intact=checked.report.intact, records=checked.report.records
    )
    return await run_in_threadpool(_page, request, signed, None, checked)


@router.post("/checkpoint")
async def checkpoint(request: Request, signed: Admin) -> Response:
    """A signed checkpoint to keep elsewhere; makes the town's key when it has none."""
    await posted(request, signed)
    try:
        made = await run_in_threadpool(_made_checkpoint, signed)
    except AmtslotseError as error:
        return await run_in_threadpool(_page, request, signed, error)
    await run_in_threadpool(signed.audit, "log.checkpoint", signed.town.id, sequence=made.sequence)
    name = f"pruefpunkt-{signed.town.id}-{made.sequence}.json"
    return _download(made.model_dump_json(indent=2).encode() + b"\n", name, "application/json")


def _page(
    request: Request, signed: Signed, error: AmtslotseError | None = None, checked: LogCheck | None = None
) -> Response:
    register, wording = _register(signed), transparency_catalog(LANGUAGE)
    return render(
        request, signed, _AREA, "console/transparency.html", register=register, error=error, checked=checked,
        needs=[_needs(draft) for draft in _drafts(signed, register)], gaps=_gaps(register, signed.town),
        words=wording.text, percent=partial(shown.percent, wording=wording), day=partial(shown.day, wording=wording),
        energy=partial(shown.energy, wording=wording),
    )  # fmt: skip


def _register(signed: Signed) -> TransparencyRegister:
    running, now = signed.running, signed.running.clock()
    energy = running.energy.figures(running.service.records, signed.town.id, energy_days(running.settings), now)
    return transparency_register(running.service, running.settings, signed.town.id, LANGUAGE, energy, now)


def _drafts(signed: Signed, register: TransparencyRegister) -> tuple[Draft, ...]:
    today = signed.running.clock().astimezone(signed.town.zone).date()
    return compliance_drafts(register, signed.town, signed.running.settings, today)


def _needs(draft: Draft) -> DraftNeeds:
    title = draft.markdown.partition("\n")[0].removeprefix("# ")
    return DraftNeeds(draft.name, title, tuple(_TO_COMPLETE.findall(draft.markdown)))


def _gaps(register: TransparencyRegister, tenant: Tenant) -> tuple[str, ...]:
    """What the register has no answer of the town's own to; the wording is `gap.<name>`."""
    missing = {
        "evaluation": not register.evaluation.measured,
        "complaints": tenant.transparency.complaints is None,
        "responsible": tenant.transparency.responsible_office is None,
        "energy": register.energy.median_wh is None,
        "accessibility": tenant.accessibility.assessed_on is None,
    }
    return tuple(name for name, is_missing in missing.items() if is_missing)


def _checked(signed: Signed, content: bytes | None) -> LogCheck:
    """Raises InvalidInputError for a checkpoint that is none, was changed, or is somebody else's."""
    records, town = signed.running.service.records, signed.town.id
    if content is None:
        return LogCheck(records.verify(town), None)
    try:
        told = read_checkpoint(content)
        require_signer(told, {public_key(signing_key(signed.running.settings.data_dir, town))})
    except AmtslotseError as error:
        raise InvalidInputError(
            "Dieser Prüfpunkt ist nicht brauchbar: Er wurde verändert, ist keiner, oder eine andere Stelle hat ihn "
            "unterschrieben. Nehmen Sie die Datei, die Sie damals aufgehoben haben."
        ) from error
    if told.tenant != town:
        raise InvalidInputError(f"Dieser Prüfpunkt gehört zu „{told.tenant}“. Nehmen Sie einen von „{town}“.")
    return LogCheck(records.verify_since(told), told)


def _made_checkpoint(signed: Signed) -> Checkpoint:
    """Raises InvalidInputError while there is nothing to sign, or nothing that may be signed."""
    running, town = signed.running, signed.town.id
    try:
        head = running.service.records.checked_head(town)
    except AmtslotseError as error:
        raise InvalidInputError(
            "Es wurde kein Prüfpunkt erstellt: Entweder gibt es noch keine Antworten, oder das Protokoll ist nicht "
            "unversehrt. Prüfen Sie zuerst das Protokoll."
        ) from error
    return make_checkpoint(head, running.clock(), make_signing_key(running.settings.data_dir, town))


def _zipped(folder: Path) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, path.name)
    return out.getvalue()


def _download(content: bytes, name: str, media_type: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)
