"""`ServiceDocument`: the one shape that every reader produces."""

import hashlib
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, field_validator

from app.index.modules import ModuleKind
from app.tenants.strict import SLUG_PATTERN

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$")]


ShortText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
"""Stands in every chunk of its text, so it has to be short."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Module(_Strict):
    """One FIM text module: `text` is Markdown, `line` its heading's line in the source (from 1)."""

    kind: ModuleKind
    heading: Text
    text: Text
    line: int = 0


class FrontMatter(_Strict):
    """What a service text says about itself, before its modules. The same fields in every format."""

    id: Annotated[str, StringConstraints(pattern=SLUG_PATTERN)]
    title: ShortText
    leika_key: Annotated[str, StringConstraints(pattern=r"^\d{14}$")] | None = None
    synonyms: Annotated[tuple[ShortText, ...], Field(max_length=500)] = ()
    example_questions: Annotated[tuple[ShortText, ...], Field(max_length=500)] = ()
    """How citizens ask about the service, in their own words: used to find it, never shown or quoted."""
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    variant: Literal["standard", "einfach", "leicht"] = "standard"
    translation_of: Annotated[str, StringConstraints(pattern=SLUG_PATTERN)] | None = None
    office: Text
    online_service_url: Url | None = None
    source_url: Url | None = None
    license: Text
    owner: Text
    reviewed_by: Text
    reviewed_on: date
    valid_from: date | None = None
    valid_until: date | None = None

    @field_validator("valid_until")
    @classmethod
    def _dates_in_order(cls, valid_until: date | None, info: ValidationInfo) -> date | None:
        valid_from = info.data.get("valid_from")
        if valid_from and valid_until and valid_until < valid_from:
            raise ValueError("valid_until is before valid_from")
        return valid_until


class ServiceDocument(FrontMatter):
    """A quality-assured text about one service of the municipality."""

    modules: tuple[Module, ...] = Field(min_length=1)

    @property
    def service(self) -> str:
        """Id of the service, shared by an original and its translations."""
        return self.translation_of or self.id

    def named_like(self, original: "ServiceDocument") -> "ServiceDocument":
        """With the synonyms and example questions of its original, when it is a variant in the same language."""
        if self.variant == "standard" or self.language != original.language:
            return self
        return self.model_copy(
            update={
                "synonyms": self.synonyms or original.synonyms,
                "example_questions": self.example_questions or original.example_questions,
            }
        )

    @property
    def content_hash(self) -> str:
        """SHA-256 over all fields except line numbers, hexadecimal."""
        return hashlib.sha256(self.model_dump_json(exclude={"modules": {"__all__": {"line"}}}).encode()).hexdigest()
