"""The word lists of `personal_words.yaml`."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from app.errors import ConfigurationError

_FILE = Path(__file__).with_suffix(".yaml")


def _split(value: Any) -> Any:
    return value.split() if isinstance(value, str) else value


_Words = Annotated[frozenset[str], BeforeValidator(_split)]


class PersonalWords(BaseModel):
    """What tells private persons from offices."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    first_names: _Words
    no_last_names: _Words
    public_offices: _Words
    private_mail: _Words
    functional: _Words


@lru_cache(maxsize=1)
def personal_words() -> PersonalWords:
    """The lists, read once. Raises ConfigurationError when the file is damaged."""
    try:
        return PersonalWords.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ConfigurationError(f"{_FILE} is not valid: {error}") from error
