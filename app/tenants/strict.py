"""What every part of `tenant.yaml` is checked by."""

from pydantic import BaseModel, ConfigDict

SLUG_PATTERN = r"^[a-z0-9][a-z0-9-]{1,62}$"
"""Ids: they stand in addresses and name folders."""


class Strict(BaseModel):
    """Cannot be changed, and refuses fields that it does not know: a misspelt one would do nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)
