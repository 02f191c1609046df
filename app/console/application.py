"""The console as an application of its own, mounted below /console: its own error pages, no API schema."""

from importlib import import_module

from fastapi import FastAPI
from starlette.datastructures import State

from app.console.errors import install_error_pages

_AREAS = (
    "sign_in",
    "provider_sign_in",
    "own_account",
    "users",
    "audit",
    "overview",
    "answers",
    "handovers",
    "embed",
    "figures",
    "unanswered",
    "tasks",
    "concerns",
    "health",
    "texts",
    "generations",
    "trials",
    "switches",
    "tenant_settings",
    "transparency",
)
"""Modules of this package; each has a `router`. Those with paths of their own come before those with {tenant}."""


def create_console(state: State) -> FastAPI:
    """The console's application. `state` is the service's own, so that both see the same running service."""
    console = FastAPI(title="Amtslotse: console", openapi_url=None, docs_url=None, redoc_url=None)
    console.state = state
    install_error_pages(console)
    for area in _AREAS:
        console.include_router(import_module(f"app.console.{area}").router)
    return console
