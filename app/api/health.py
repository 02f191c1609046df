"""Probes for whoever runs the service."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from app.api.dependencies import RunningDep
from app.api.schemas import Problem

router = APIRouter(tags=["health"])


class Alive(BaseModel):
    status: Literal["ok"] = "ok"


class Ready(BaseModel):
    """What the service answers with right now."""

    status: Literal["ready"] = "ready"
    model: str
    embedder: str
    generations: dict[str, str]
    """Active generation of each tenant."""
    switched_off: dict[str, tuple[str, ...]]
    """By tenant: `bot`, `generation`, `topics`; only tenants that have switched something off."""


@router.get("/healthz")
def healthz() -> Alive:
    """The process is alive. Says nothing about models or knowledge."""
    return Alive()


@router.get("/readyz", responses={503: {"model": Problem}})
def readyz(running: RunningDep) -> Ready:
    """Models are loaded and the default tenant has published knowledge; 503 otherwise. A paused bot is ready."""
    service = running.service
    service.generations.active(running.settings.default_tenant)
    now = running.clock()
    off = {tenant: tuple(service.switches(tenant, now)) for tenant in service.generations.tenants()}
    active = {tenant: service.generations.active_id(tenant) for tenant in service.generations.tenants()}
    return Ready(
        model=service.pipeline.model_name,
        embedder=service.pipeline.embedder.info.name,
        generations={tenant: generation for tenant, generation in active.items() if generation},
        switched_off={tenant: parts for tenant, parts in off.items() if parts},
    )
