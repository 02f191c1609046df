"""Starting: from settings to a service that can be asked, with its models loaded and its data folder to itself."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import BoundedSemaphore

from filelock import FileLock, Timeout

from app.answering.language import warm_up
from app.answering.personal_data import mask_personal_data
from app.answering.pipeline import Pipeline
from app.answering.service import AnsweringService
from app.answering.weights import load_weights
from app.api.dependencies import Running
from app.errors import AmtslotseError, LockedError
from app.index.live import LiveGenerations
from app.models.factory import open_embedder, open_language_model
from app.models.ports import Embedder, LanguageModel
from app.records.repository import RecordRepository, open_records
from app.settings import Settings
from app.switches.board import SwitchBoard


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


@contextmanager
def started(settings: Settings) -> Iterator[Running]:
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
