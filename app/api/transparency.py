"""The transparency register: JSON for machines, its schema, and the page for people."""

from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.templating import Jinja2Templates

from app.api.dependencies import Running, RunningDep
from app.api.schemas import Problem
from app.transparency import shown
from app.transparency.build import energy_days, transparency_register
from app.transparency.register import TransparencyRegister, register_schema
from app.web import TEMPLATES_DIR
from app.wording.catalog import FALLBACK
from app.wording.direction import direction
from app.wording.transparency import transparency_catalog, transparency_languages

SCHEMA_PATH = "/api/v1/transparency.schema.json"
_SCHEMA_TYPE = "application/schema+json"
_PROBLEMS: dict[int | str, dict[str, Any]] = {404: {"model": Problem}, 503: {"model": Problem}}
_TEMPLATES = Jinja2Templates(TEMPLATES_DIR)

router = APIRouter(tags=["transparency"])


class _SchemaResponse(JSONResponse):
    media_type = _SCHEMA_TYPE


@router.get(SCHEMA_PATH, response_class=_SchemaResponse)
def schema() -> JSONResponse:
    """JSON Schema (draft 2020-12) of the register."""
    return _SchemaResponse(register_schema())


@router.get("/api/v1/{tenant}/transparency", response_model=TransparencyRegister, responses=_PROBLEMS)
def register(tenant: str, running: RunningDep, language: str = FALLBACK) -> JSONResponse:
    """What the chatbot is for, what it runs on, what it stores, who answers for it, and how well it does."""
    found = _register(running, tenant, language)
    described_by = {"Link": f'<{SCHEMA_PATH}>; rel="describedby"; type="{_SCHEMA_TYPE}"'}
    return JSONResponse(found.model_dump(mode="json"), headers=described_by)


@router.get("/{tenant}/transparenz", include_in_schema=False)
def page(request: Request, tenant: str, running: RunningDep, language: str = FALLBACK) -> HTMLResponse:
    """The same register as a page."""
    found = _register(running, tenant, language)
    wording = transparency_catalog(found.language)
    zone = running.service.generations.active(tenant).tenant.zone
    return _TEMPLATES.TemplateResponse(
        request,
        "transparency.html",
        {
            "register": found,
            "say": wording.text,
            "languages": [(code, transparency_catalog(code), direction(code)) for code in transparency_languages()],
            "schema_path": SCHEMA_PATH,
            "percent": partial(shown.percent, wording=wording),
            "energy": partial(shown.energy, wording=wording),
            "number": partial(shown.number, language=found.language),
            "day": partial(shown.day, wording=wording),
            "moment": partial(shown.moment, wording=wording, zone=zone),
            "language_name": partial(shown.language_name, wording=wording),
        },
    )


def _register(running: Running, tenant: str, language: str) -> TransparencyRegister:
    service, now = running.service, running.clock()
    service.generations.active(tenant)  # an unknown town is told so before its records are counted
    energy = running.energy.figures(service.records, tenant, energy_days(running.settings), now)
    return transparency_register(service, running.settings, tenant, language, energy, now)
