"""Wiring: from settings to a running application."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from app.api import (
    chat,
    feedback,
    handover,
    health,
    openai_chat,
    openai_models,
    pages,
    resume,
    rights,
    transparency,
    widget,
)
from app.api.api_keys import ApiKeys
from app.api.dependencies import Running
from app.api.errors import install_error_handlers
from app.api.live_answers import LiveAnswers
from app.api.mcp_route import mcp_route
from app.api.openai_errors import OpenAIErrors, install_openai_errors
from app.api.openapi import API_VERSION, describe_with
from app.api.protection import Protection
from app.api.proxies import Proxies
from app.api.rate_limits import PerMinute, RateLimits
from app.console.access import has_session
from app.console.application import create_console
from app.console.sign_in_state import SignInState
from app.console.trials.shared import close_trial_room
from app.console.trials.visitors import create_visitors
from app.daily_work import work_daily
from app.errors import AmtslotseError
from app.settings import Settings, get_settings
from app.starting import started
from app.web import STATIC_DIR


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application; models load when it starts, not when it is made."""
    settings = settings or get_settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            with started(settings) as running:
                app.state.running = running
                daily = asyncio.create_task(work_daily(running.service.records, settings, running.insight.upkeep))
                yield
                daily.cancel()
                app.state.live_answers.close()
                close_trial_room(app.state)
        except AmtslotseError as error:
            app.state.startup_error = error
            raise
        finally:
            app.state.running = None

    app = FastAPI(
        title="Amtslotse",
        summary="Citizens' questions about municipal services, answered from verified texts by a machine that says so.",
        version=API_VERSION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.state.running = None
    app.state.startup_error = None
    install_error_handlers(app)
    install_openai_errors(app)
    app.state.api_keys = ApiKeys(settings.api_keys())
    app.state.live_answers = LiveAnswers()
    app.state.rate_limits = RateLimits(PerMinute.of(settings))
    app.state.sign_in = SignInState.of(settings)
    app.add_middleware(
        Protection,
        origins_of=lambda tenant: _origins_of(app, tenant),
        limits=app.state.rate_limits,
        default_tenant=settings.default_tenant,
        hosts=settings.trusted_hosts,
        may_upload=lambda scope: has_session(scope, app.state.running),
    )
    app.add_middleware(OpenAIErrors)
    app.add_middleware(Proxies, trusted=settings.trusted_proxies)
    for router in (chat.router, rights.router, health.router, widget.router, transparency.router, pages.router):
        app.include_router(router)
    for router in (resume.router, feedback.router, handover.router, openai_models.router, openai_chat.router):
        app.include_router(router)
    app.router.routes.append(mcp_route())
    app.mount("/console", create_console(app.state))
    app.mount("/trial", create_visitors(app.state))
    app.mount("/static", StaticFiles(directory=STATIC_DIR), name="static")
    describe_with(app)
    return app


def _origins_of(app: FastAPI, tenant: str) -> Iterable[str]:
    """Origins that a tenant allows; none while the service starts or for an unknown tenant."""
    running: Running | None = app.state.running
    if running is None:
        return ()
    try:
        return running.service.generations.active(tenant).tenant.allowed_origins
    except AmtslotseError:
        return ()
