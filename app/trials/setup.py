"""A set-up: what one side of a trial answers with."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

RUNNING = "running"
"""As a model: the one that citizens get answers from."""
QUOTES_ONLY = "none"
"""As a model: none, answers quote."""
WITHOUT_ADAPTER = "+plain"
"""Behind a model's id: without the adapter that the service would load with it."""
Caution = Literal["town", "cautious", "helpful"]


class SetUp(BaseModel):
    """Everything that a side may have otherwise than the live service; the defaults are the live service."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    generation: str | None = Field(None, pattern=r"^[0-9A-Za-z]{8,40}$")
    """Id of a published, refused or pending generation; None: whichever is live when a question is asked."""
    model: str = Field(RUNNING, pattern=r"^[a-z0-9][a-z0-9.+-]{0,80}$")
    """RUNNING, QUOTES_ONLY, or an id from the model catalog, with WITHOUT_ADAPTER if wanted."""
    prompts: dict[Annotated[str, Field(pattern=r"^[a-z-]{1,40}\.[a-z]{2}$")], str] = Field(default_factory=dict)
    """Edited copies of prompt files: name without `.yaml`, and the whole content."""
    caution: Caution = "town"
    """Where the line between answering and refusing lies; `town`: as the town has set it."""
    threshold: float | None = Field(None, ge=0, le=1)
    """Own least probability with which it answers, in place of the learned ones; None keeps them."""

    @property
    def is_live(self) -> bool:
        """Whether it is exactly what citizens get."""
        return self == SetUp()
