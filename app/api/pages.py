"""Pages for people: the demo page of the default tenant."""

from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from app.answering.compose import disclosure, office_card
from app.api.dependencies import RunningDep
from app.web import TEMPLATES_DIR
from app.wording.catalog import catalog

router = APIRouter(include_in_schema=False)
_TEMPLATES = Jinja2Templates(TEMPLATES_DIR)


@router.get("/")
def demo(request: Request, running: RunningDep) -> HTMLResponse:
    """A town's home page with the widget on it."""
    town = running.service.generations.active(running.settings.default_tenant).tenant
    office = office_card(town.office(town.default_office), town, datetime.now(UTC), catalog("de"))
    return _TEMPLATES.TemplateResponse(
        request,
        "demo.html",
        {
            "tenant": town,
            "office": office,
            "widget_src": "/widget.js",
            "disclosure": disclosure(town, catalog("de")),
        },
    )
