"""Wiring: from settings to a running application."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import BoundedSemaphore

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from filelock import FileLock, Timeout

from app.accounts.audit import AuditLog
from app.answering.language import warm_up
from app.answering.personal_data import mask_personal_data
from app.answering.pipeline import Pipeline
from app.answering.service import AnsweringService
from app.answering.weights import load_weights
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
from app.desk.erasure import purge_desk
from app.errors import AmtslotseError, LockedError
from app.index.live import LiveGenerations
from app.insight.upkeep import Upkeep
from app.models.factory import open_embedder, open_language_model
from app.models.ports import Embedder, LanguageModel
from app.records.expiry import purge_expired
from app.records.repository import RecordRepository, open_records
from app.records.retention import purge_limit
from app.settings import Settings, get_settings
from app.switches.board import SwitchBoard
from app.trials.expiry import purge_trials
from app.web import STATIC_DIR

_DAY_S = 24 * 60 * 60
log = logging.getLogger(__name__)


def build_service(
    settings: Settings, embedder: Embedder, language_model: LanguageModel | None, records: RecordRepository
) -> AnsweringService:
    """The answering service from its parts; command line, server and tests build it the same way."""
    pipeline = Pipeline(
        embedder=embedder,
        language_model=language_model,
        prompts_dir=settings.prompts_dir,
        weights=load_weights(),
        max_question_chars=settings.max_question_chars,
        max_tokens=settings.llm_max_tokens,
        seed=settings.llm_seed,
    )
    generations = LiveGenerations(settings.data_dir, settings.knowledge_dir, embedder.info)
    return AnsweringService(
        pipeline,
        generations,
        records,
        slots=BoundedSemaphore(settings.queue_size),
        power_watts=settings.power_watts,
        switches=SwitchBoard(settings.data_dir).in_force,
    )


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application; models load when it starts, not when it is made."""
    settings = settings or get_settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            with _started(settings) as running:
                app.state.running = running
                purging = asyncio.create_task(_purge_daily(running.service, settings, running.insight.upkeep))
                yield
                purging.cancel()
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


@contextmanager
def _started(settings: Settings) -> Iterator[Running]:
    """The service with its models, for as long as no other server uses the same data folder."""
    with _only_server(settings.data_dir), closing(open_records(settings)) as records:
        embedder = open_embedder(settings)
        model = open_language_model(settings)
        workers = ThreadPoolExecutor(max_workers=settings.queue_size, thread_name_prefix="walk")
        try:
            service = build_service(settings, embedder, model, records)
            _warm(service)
            running = Running(settings, service, workers)
            try:
                yield running
            finally:
                running.insight.close()
        finally:
            workers.shutdown(wait=True, cancel_futures=True)
            if model is not None:
                model.close()


@contextmanager
def _only_server(data_dir: Path) -> Iterator[None]:
    data_dir.mkdir(parents=True, exist_ok=True)
    lock = FileLock(data_dir / "serve.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise LockedError(
            f"Another server already uses {data_dir}: stop it, or set AMTSLOTSE_DATA_DIR to another folder."
        ) from error
    try:
        yield
    finally:
        lock.release()


def _warm(service: AnsweringService) -> None:
    """Does once, before the first citizen, what the first question would otherwise wait for."""
    warm_up()
    service.pipeline.embedder.embed_query("Guten Tag")
    for tenant in service.generations.tenants():
        try:
            mask_personal_data("Guten Tag", service.generations.active(tenant).tenant)
        except AmtslotseError:
            continue  # reported by /readyz and by the first question, not a reason to stay down


async def _purge_daily(service: AnsweringService, settings: Settings, upkeep: Upkeep) -> None:
    """Erases records older than the retention that citizens are told, now and once a day."""
    while True:
        now = datetime.now(UTC)
        try:
            await asyncio.to_thread(purge_expired, service.records, settings.record_retention_days, now)
            await asyncio.to_thread(purge_desk, service.records.database, settings.handover_retention_days, now)
            await asyncio.to_thread(purge_trials, service.records.database, settings.record_retention_days, now)
            oldest = purge_limit(now, settings.audit_retention_days)
            await asyncio.to_thread(AuditLog(service.records.database).purge, oldest, now)
        except AmtslotseError as error:
            log.error("Old answers were not erased: %s", error.message)
            upkeep.note("purge", now, error.message)
        else:
            upkeep.note("purge", now)
        await asyncio.sleep(_DAY_S)


def _origins_of(app: FastAPI, tenant: str) -> Iterable[str]:
    """Origins that a tenant allows; none while the service starts or for an unknown tenant."""
    running: Running | None = app.state.running
    if running is None:
        return ()
    try:
        return running.service.generations.active(tenant).tenant.allowed_origins
    except AmtslotseError:
        return ()
