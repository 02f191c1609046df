"""What new texts must hold before citizens get answers from them: the part of `tenant.yaml` about publishing."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    Field,
)

from app.tenants.strict import Strict


def _below_the_folder(pattern: str) -> str:
    if Path(pattern).is_absolute() or ".." in Path(pattern).parts:
        raise ValueError(f"'{pattern}' must name files below the town's folder, for example gold/dev*.yaml")
    return pattern


class Publishing(Strict):
    """What a new state of the texts must hold before citizens get answers from it; shares are shares of 1."""

    gold: tuple[Annotated[str, AfterValidator(_below_the_folder)], ...] = ("gold/dev*.yaml",)
    """Files with the gold questions to ask, below the town's folder; `*` stands for any part of a name."""
    right: float = Field(0.8, ge=0, le=1)
    """Answerable questions that are answered rightly: at least."""
    right_refusals: float = Field(0.8, ge=0, le=1)
    """Unanswerable questions that are refused: at least."""
    invented: int = Field(0, ge=0)
    """Figures in answers that no cited source contains: at most."""
    regressions: Literal["forbid", "allow"] = "forbid"
    """Whether a question that was answered rightly before may be answered otherwise now."""
    max_shrink: float = Field(0.2, ge=0, le=1)
    """Share of the texts that may be gone: more looks like a source that failed."""
    four_eyes: bool = False
    """Whether a second person must approve before a new state is activated."""
    approval: bool = False
    """Whether a text that is edited in the console needs another editor's approval before it is saved."""
