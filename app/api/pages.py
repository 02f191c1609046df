"""Pages for people: the demo page of the default tenant, the chat on a page of its own, and what belongs to it."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.answering.compose import disclosure, office_card
from app.api import form_page, style_sheets, widget_script
from app.api.dependencies import RunningDep
from app.api.page_route import TEMPLATES, PageRoute
from app.transparency.accessibility import accessibility_statement
from app.transparency.shown import day
from app.wording.catalog import FALLBACK, catalog
from app.wording.direction import direction
from app.wording.pages import page_catalog
from app.wording.transparency import transparency_catalog
from app.wording.widget import widget_texts

router = APIRouter(include_in_schema=False, route_class=PageRoute)
router.include_router(widget_script.router)
router.include_router(style_sheets.router)
router.include_router(form_page.router)


@router.get("/")
def demo(request: Request, running: RunningDep) -> HTMLResponse:
    """A town's home page with the widget on it."""
    town = running.service.generations.active(running.settings.default_tenant).tenant
    office = office_card(town.office(town.default_office), town, running.clock(), catalog(FALLBACK))
    context = {
        "tenant": town,
        "office": office,
        "widget_src": "/widget.js",
        "disclosure": disclosure(town, catalog(FALLBACK)),
    }
    return TEMPLATES.TemplateResponse(request, "demo.html", context)


@router.get("/{tenant}/chat")
def chat(request: Request, tenant: str, running: RunningDep, language: str = FALLBACK) -> HTMLResponse:
    """The chat filling the screen; without JavaScript, the way to the form."""
    town = running.service.generations.active(tenant).tenant
    spoken = language if language in town.languages else FALLBACK
    context = {
        "tenant_id": town.id,
        "language": spoken,
        "dir": direction(spoken),
        "title": widget_texts(spoken)["title"].format(name=town.name),
        "disclosure": disclosure(town, catalog(spoken)),
        "say": page_catalog("form", spoken).text,
    }
    return TEMPLATES.TemplateResponse(request, "chat.html", context)


@router.get("/{tenant}/barrierefreiheit")
def accessibility(request: Request, tenant: str, running: RunningDep) -> HTMLResponse:
    """The statement of accessibility, in German."""
    town = running.service.generations.active(tenant).tenant
    statement = accessibility_statement(town)
    assessed_on = day(statement.assessed_on, transparency_catalog(FALLBACK)) if statement.assessed_on else None
    context = {"town": town, "statement": statement, "assessed_on": assessed_on}
    return TEMPLATES.TemplateResponse(request, "accessibility.html", context)
