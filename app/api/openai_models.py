"""Towns as models: what OpenAI's clients choose from."""

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from app.api.api_keys import require_api_key
from app.api.dependencies import Running, RunningDep
from app.api.openai_errors import ModelNotFoundError
from app.errors import AmtslotseError, UnknownTenantError
from app.index.generation import Generation

PREFIX = "amtslotse-"

router = APIRouter(prefix="/v1", tags=["openai"], dependencies=[Depends(require_api_key)])


class ModelOut(BaseModel):
    """A town's chatbot as a model."""

    id: str = Field(description="`amtslotse-` and the id of the town.")
    object: str = "model"
    created: int = Field(description="When its knowledge was published, in seconds since 1970.")
    owned_by: str = Field(description="Name of the town.")


class ModelList(BaseModel):
    """All towns that answer here."""

    object: str = "list"
    data: list[ModelOut]


@router.get("/models", summary="List the models")
def models(running: RunningDep) -> ModelList:
    """One model a town that has published its knowledge."""
    found = (_published(running, tenant) for tenant in running.service.generations.tenants())
    return ModelList(data=[_model(generation) for generation in found if generation is not None])


@router.get("/models/{model}", summary="Look a model up")
def model(model: str, running: RunningDep) -> ModelOut:
    """The town that answers under this name."""
    return _model(generation_of(model, running))


def generation_of(model: str, running: Running) -> Generation:
    """What the town behind a model answers from now.

    Raises:
        ModelNotFoundError: there is no such town.
        NotReadyError, GenerationError: it cannot answer.
    """
    tenant = model.removeprefix(PREFIX)
    if tenant == model:
        raise _unknown(model)
    try:
        return running.service.generations.active(tenant)
    except UnknownTenantError as error:
        raise _unknown(model) from error


def _unknown(model: str) -> ModelNotFoundError:
    return ModelNotFoundError(f"Ein Modell „{model[:64]}“ gibt es hier nicht. Alle zeigt GET /v1/models.")


def _published(running: Running, tenant: str) -> Generation | None:
    try:
        return running.service.generations.active(tenant)
    except AmtslotseError:
        return None  # told by /readyz; the other towns are still there


def _model(generation: Generation) -> ModelOut:
    return ModelOut(
        id=f"{PREFIX}{generation.tenant.id}",
        created=int(generation.manifest.created_at.timestamp()),
        owned_by=generation.tenant.name,
    )
