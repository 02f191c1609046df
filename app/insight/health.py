"""Is everything in order: queue, models, index, disk, purge, switches; each with what to do when it isn't."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from app.answering.service import AnsweringService
from app.errors import AmtslotseError
from app.index.generation import generations_folder
from app.insight.upkeep import Done
from app.settings import Settings

GIB = 2**30
LOW_BYTES, VERY_LOW_BYTES = 5 * GIB, GIB
"""Free space from which on the page warns, and from which on the service is about to stop answering."""
MANY_GENERATIONS = 20
"""More than anybody rolls back to."""
PURGE_LATE = timedelta(hours=36)
"""The purge runs when the service starts and then once a day."""
OLD_GENERATION = timedelta(days=90)
"""Texts that nobody published for so long are worth a look."""

Fact = str | int | datetime | None
"""Whole numbers whose name ends in `_bytes` are sizes."""


class Level(StrEnum):
    """How things are."""

    GOOD = "good"
    WATCH = "watch"
    """It works, but somebody should look at it soon."""
    BAD = "bad"
    """Something doesn't work, or will stop soon."""


@dataclass(frozen=True, slots=True)
class Check:
    """One part of the service."""

    name: str
    level: Level
    facts: Mapping[str, Fact]
    """What was found, by a name that the page has wording for."""
    advice: str | None = None
    """Name of the sentence that says what to do; None when there is nothing to do."""
    detail: str = ""
    """The message of an error, for those who look after the machine."""


def health(
    service: AnsweringService, settings: Settings, tenant: str, done: Mapping[str, Done], now: datetime
) -> tuple[Check, ...]:
    """All checks of a town; none of them raises, what fails says so."""
    checks: tuple[tuple[str, Callable[[], Check]], ...] = (
        ("queue", lambda: _queue(service, settings)),
        ("model", lambda: _model(service)),
        ("index", lambda: _index(service, tenant, now)),
        ("disk", lambda: _disk(settings, tenant)),
        ("records", lambda: _records(service, settings, tenant)),
        ("purge", lambda: _purge(done.get("purge"), now)),
        ("background", lambda: _background(done)),
        ("switches", lambda: _switches(service, tenant, now)),
    )
    return tuple(_safe(name, check) for name, check in checks)


def worst(checks: tuple[Check, ...]) -> Level:
    """The level of the whole."""
    return max((check.level for check in checks), key=list(Level).index)


def _safe(name: str, check: Callable[[], Check]) -> Check:
    try:
        return check()
    except AmtslotseError as error:
        return Check(name, Level.BAD, {}, "failed", error.message)
    except OSError as error:
        return Check(name, Level.BAD, {}, "failed", str(error))


def _queue(service: AnsweringService, settings: Settings) -> Check:
    size = settings.queue_size
    used = size - service.slots._value  # the semaphore has no other way to tell
    facts: dict[str, Fact] = {"used": used, "size": size}
    return Check("queue", Level.WATCH, facts, "queue_full") if used >= size else Check("queue", Level.GOOD, facts)


def _model(service: AnsweringService) -> Check:
    model, embedder = service.pipeline.language_model, service.pipeline.embedder.info
    facts: dict[str, Fact] = {"embedder": embedder.name, "embedder_sha256": embedder.revision}
    if model is None:
        return Check("model", Level.GOOD, {"model": None, **facts}, "no_model")
    info = model.info
    return Check(
        "model",
        Level.GOOD,
        {"model": info.name, "file": info.file, "sha256": info.sha256, "adapter": info.adapter,
         "runtime": info.runtime, **facts},
    )  # fmt: skip


def _index(service: AnsweringService, tenant: str, now: datetime) -> Check:
    generation = service.generations.active(tenant)
    manifest = generation.manifest
    age = now - manifest.created_at
    facts: dict[str, Fact] = {
        "generation": generation.id,
        "published": manifest.created_at,
        "documents": len(manifest.documents),
        "chunks": manifest.chunk_count,
    }
    if generation.id != service.generations.active_id(tenant):
        return Check("index", Level.BAD, facts, "index_not_opened")
    return (
        Check("index", Level.WATCH, facts, "index_old") if age > OLD_GENERATION else Check("index", Level.GOOD, facts)
    )


def _disk(settings: Settings, tenant: str) -> Check:
    usage = shutil.disk_usage(settings.data_dir)
    generations = [folder for folder in generations_folder(settings.data_dir, tenant).iterdir() if folder.is_dir()]
    facts: dict[str, Fact] = {
        "free_bytes": usage.free,
        "total_bytes": usage.total,
        "generations": len(generations),
        "generations_bytes": sum(map(_size, generations)),
    }
    if usage.free < VERY_LOW_BYTES:
        return Check("disk", Level.BAD, facts, "disk_full")
    if usage.free < LOW_BYTES:
        return Check("disk", Level.WATCH, facts, "disk_low")
    many = len(generations) > MANY_GENERATIONS
    return Check("disk", Level.WATCH if many else Level.GOOD, facts, "many_generations" if many else None)


def _records(service: AnsweringService, settings: Settings, tenant: str) -> Check:
    newest = service.records.newest(tenant)
    files = (settings.data_dir / f"records.sqlite3{ending}" for ending in ("", "-wal"))
    facts: dict[str, Fact] = {
        "answers": service.records.count(tenant),
        "newest": newest.created_at if newest else None,
        "log_bytes": sum(file.stat().st_size for file in files if file.exists()),
        "retention_days": settings.record_retention_days,
    }
    return Check("records", Level.GOOD, facts)


def _purge(last: Done | None, now: datetime) -> Check:
    if last is None:
        return Check("purge", Level.WATCH, {"last": None}, "purge_none")
    facts: dict[str, Fact] = {"last": last.at}
    if last.error is not None:
        return Check("purge", Level.BAD, facts, "purge_failed", last.error)
    late = now - last.at > PURGE_LATE
    return Check("purge", Level.BAD if late else Level.GOOD, facts, "purge_failed" if late else None)


def _background(done: Mapping[str, Done]) -> Check:
    failed = {work: one for work, one in done.items() if one.error is not None and work != "purge"}
    if not failed:
        return Check("background", Level.GOOD, {work: one.at for work, one in done.items() if work != "purge"})
    detail = "; ".join(f"{work}: {one.error}" for work, one in failed.items())
    return Check("background", Level.WATCH, {work: one.at for work, one in failed.items()}, "background", detail)


def _switches(service: AnsweringService, tenant: str, now: datetime) -> Check:
    off = service.switches(tenant, now)
    facts: dict[str, Fact] = {"switched_off": ", ".join(off) or None}
    if off.bot_paused:
        return Check("switches", Level.BAD, facts, "bot_paused")
    return Check("switches", Level.WATCH if tuple(off) else Level.GOOD, facts, "something_off" if tuple(off) else None)


def _size(folder: Path) -> int:
    """Bytes of all files in it."""
    return sum(path.stat().st_size for path in _files(folder))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
