"""What a town adds to its transparency register and its statement of accessibility: parts of `tenant.yaml`."""

from datetime import date
from typing import Self

from pydantic import (
    Field,
    model_validator,
)

from app.tenants.strict import Strict


class Contact(Strict):
    """Somebody to turn to, in at least one way."""

    name: str = Field(min_length=1)
    phone: str | None = None
    email: str | None = Field(None, pattern=r"^[^@\s]+@[^@\s]+$")
    url: str | None = Field(None, pattern=r"^https?://\S+$")

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if not (self.phone or self.email or self.url):
            raise ValueError(f"contact '{self.name}': give a phone number, an e-mail address or a URL")
        return self


class Transparency(Strict):
    """What the town's transparency register says beyond what is known anyway."""

    responsible_office: str | None = None
    """Id of the office that runs the chatbot; the default office when it is not named."""
    names_publisher: bool = False
    """Whether the register names who published the texts and who approved them, or says their role only."""
    complaints: Contact | None = None
    """Who takes complaints about the chatbot; without one, the responsible office."""


class Accessibility(Strict):
    """What the statement of accessibility says beyond what is known anyway; a draft until `assessed_on` is given."""

    contact: Contact | None = None
    """Who takes reports about barriers; without one, the office that runs the chatbot."""
    enforcement: Contact | None = None
    """The state's body that citizens turn to when the town does not answer; without one, its usual name."""
    assessed_on: date | None = None
    assessed_by: str | None = None
    """Whose assessment it was, as the statement names it; without it, the town's own."""
    known_gaps: tuple[str, ...] = ()
    """German sentences, added to what is known of every installation."""
