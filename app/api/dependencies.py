"""What routers need from the running service; put on `app.state` by the lifespan."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, cast

from fastapi import Depends, Request

from app.answering.service import AnsweringService
from app.errors import NotReadyError
from app.insight.keeper import InsightKeeper
from app.settings import Settings
from app.transparency.energy import EnergyMeter


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Running:
    """A started service."""

    settings: Settings
    service: AnsweringService
    workers: ThreadPoolExecutor
    """Threads that walk questions: one a slot, so that the web framework's own pool is never blocked."""
    energy: EnergyMeter = field(default_factory=EnergyMeter)
    insight: InsightKeeper = field(default_factory=InsightKeeper)
    """What the log tells about the texts, and what is done in the background."""
    clock: Callable[[], datetime] = now
    """When a question is asked; an evaluation stops it, because opening hours are part of an answer."""


def running(request: Request) -> Running:
    """The started service. Raises NotReadyError before the models are loaded."""
    state = getattr(request.app.state, "running", None)
    if state is None:
        raise NotReadyError("Der Dienst startet gerade. Bitte versuchen Sie es in einer halben Minute noch einmal.")
    return cast(Running, state)


RunningDep = Annotated[Running, Depends(running)]
