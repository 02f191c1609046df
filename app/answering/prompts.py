"""Prompt templates: files with a version below `prompts/`; no prompt text lives in Python."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Formatter

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from app.errors import ConfigurationError

_FIELDS = frozenset(("sources", "question"))


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    version: int
    language: str
    stop: tuple[str, ...]
    prefix: str
    body: str
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class PromptTemplate:
    """One template; `reference` (id, language, version, digest) goes into every record."""

    prefix: str
    body: str
    stop: tuple[str, ...]
    reference: str
    refusal: str | None = None
    """What a model that was trained on this template says when the sources don't answer."""


@lru_cache(maxsize=16)
def load_prompt(folder: Path, name: str, language: str) -> PromptTemplate | None:
    """The template `<name>.<language>.yaml`, or None when there is none for that language.

    Raises:
        ConfigurationError: the file is not a valid template.
    """
    path = folder / f"{name}.{language}.yaml"
    if not path.is_file():
        return None
    content = path.read_bytes()
    try:
        file = _File.model_validate(yaml.safe_load(content))
        fields = {name for _, name, _, _ in Formatter().parse(file.body) if name is not None}
    except (yaml.YAMLError, ValidationError, ValueError) as error:
        raise ConfigurationError(f"{path} is not a valid prompt template: {error}") from error
    if fields != _FIELDS:
        raise ConfigurationError(
            f"{path}: 'body' must have the fields {{sources}} and {{question}}, and no others; double a literal brace."
        )
    digest = hashlib.sha256(content).hexdigest()[:12]
    return PromptTemplate(
        prefix=file.prefix,
        body=file.body.rstrip("\n"),
        stop=file.stop,
        reference=f"{file.id}.{file.language}@{file.version}:{digest}",
        refusal=file.refusal,
    )


@lru_cache(maxsize=4)
def prompt_references(folder: Path) -> dict[str, str]:
    """Version and digest of every template of a folder, by id and language; read once, as the templates are.

    Raises:
        ConfigurationError: a file is not a valid template.
    """
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.*.yaml")):
        name, language, _ = path.name.rsplit(".", 2)
        template = load_prompt(folder, name, language)
        assert template is not None
        reference, _, told = template.reference.partition("@")
        found[reference] = told
    return found
