"""The town's settings as forms, and as the whole file; saved beside the texts, in force when they are published."""

from fastapi import APIRouter

from app.console.tenant_settings import expert, general, office

router = APIRouter()
for area in (general, office, expert):
    router.include_router(area.router)

__all__ = ["router"]
