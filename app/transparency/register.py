"""The transparency register of a town. Its JSON is a public contract: `register_schema` describes it.

Sentences are in the language of the register; what the town itself wrote (purpose, offices, owners) is German.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.wording.direction import Direction

SCHEMA_VERSION: Literal["1.0"] = "1.0"
"""The first number rises when a field goes or changes its meaning, the second when one is added."""
SCHEMA_ID = f"urn:amtslotse:transparency:{SCHEMA_VERSION}"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class TownEntry(_Part):
    id: str
    name: str
    website: str


class SoftwareEntry(_Part):
    name: Literal["Amtslotse"] = "Amtslotse"
    version: str = Field(description="Release and a digest over the code that answers.")
    licence: str


class RiskEntry(_Part):
    """A self-assessment under the EU AI Act."""

    risk_class: Literal["limited"] = "limited"
    label: str
    regulation: str
    articles: tuple[str, ...] = Field(description="Articles whose duties apply, for example `Art. 50(1)`.")
    why: tuple[str, ...]


class ModelRole(StrEnum):
    LANGUAGE_MODEL = "language_model"
    DRAFT_ADAPTER = "draft_adapter"
    EMBEDDING = "embedding"
    EVIDENCE = "evidence"
    SCREENING = "screening"
    RANKING = "ranking"
    QUESTION_MAPS = "question_maps"


class ModelFile(_Part):
    name: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="Of the whole file.")


class ModelEntry(_Part):
    """Something learned that takes part in answering."""

    role: ModelRole
    role_label: str
    name: str
    task: str
    files: tuple[ModelFile, ...] = Field(description="Empty for a model on another server.")
    licence: str
    licence_url: str | None
    location: Literal["local", "remote"]
    location_label: str
    runtime: str | None


class OwnerEntry(_Part):
    name: str
    texts: int


class TextLanguage(_Part):
    language: str = Field(description="ISO 639-1.")
    texts: int


class KnowledgeEntry(_Part):
    """The published state that answers come from."""

    generation: str
    published_at: datetime
    published_by: str = Field(description="A role, or names where the town says so.")
    text: str
    texts: int
    services: int
    passages: int
    languages: tuple[TextLanguage, ...]
    owners: tuple[OwnerEntry, ...]
    first_review: date = Field(description="Day of the text whose last review is longest ago.")
    last_review: date


class DataEntry(_Part):
    """A kind of data: what it is, where it lies and how long it is kept."""

    id: str
    what: str
    where: str
    retention: str
    retention_days: int | None = Field(description="Where the period is a number of days.")


class ContactEntry(_Part):
    name: str
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    url: str | None = None


class ResponsibleEntry(_Part):
    controller: str
    data_protection_officer: str
    purpose: str
    legal_basis: str
    notice_url: str
    office: ContactEntry


OperatingState = Literal["running", "generation_paused", "paused"]


class OversightEntry(_Part):
    state: OperatingState = Field(description="What the town has switched off now.")
    blocked: int = Field(description="Topics and texts that are blocked now.")
    state_text: str
    measures: tuple[str, ...]
    four_eyes: bool = Field(description="Whether a second person approves each published state.")
    contact: ContactEntry = Field(description="Where citizens reach a person.")


class EvaluationFigures(_Part):
    """Shares are shares of 1; None where there were no such questions."""

    measured_on: date
    questions: int
    model: str = Field(description="`none` when answers were quoted only.")
    right: float | None
    right_refusals: float | None
    invented_figures: int
    goal_right: float
    goal_right_refusals: float
    goal_invented_figures: int
    answers_sha256: str = Field(description="Of the file with all answers, which the town keeps with the state.")


class EvaluationEntry(_Part):
    """The gold questions asked of the published state."""

    measured: bool
    text: str
    figures: EvaluationFigures | None = Field(description="None when it was not measured.")


class EnergyEntry(_Part):
    """Over the answers that are kept; None where there are none."""

    days: int
    answers: int
    median_wh: float | None
    total_wh: float | None
    assumed_watts: float = Field(description="Power that the machine is assumed to draw while it answers.")
    method: str


class ComplaintsEntry(_Part):
    text: str
    contact: ContactEntry
    authority: str = Field(description="Data protection authority of the state.")
    authority_text: str


class TransparencyRegister(_Part):
    """Everything about the chatbot of one town, as of now."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    language: str = Field(description="ISO 639-1, of the register's sentences.")
    dir: Direction
    generated_at: datetime
    town: TownEntry
    software: SoftwareEntry
    disclosure: str = Field(description="What citizens are told before the first question and with every answer.")
    purpose: tuple[str, ...]
    does_not: tuple[str, ...]
    risk: RiskEntry
    models: tuple[ModelEntry, ...]
    models_note: str | None = Field(description="Set when no language model is running.")
    knowledge: KnowledgeEntry
    data: tuple[DataEntry, ...]
    data_note: str
    data_rights: str
    responsible: ResponsibleEntry
    oversight: OversightEntry
    evaluation: EvaluationEntry
    limits: tuple[str, ...]
    energy: EnergyEntry
    complaints: ComplaintsEntry


def register_schema() -> dict[str, Any]:
    """The register's JSON Schema (draft 2020-12)."""
    described = TransparencyRegister.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **described}
