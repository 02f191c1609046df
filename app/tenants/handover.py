"""How a town takes over questions that citizens want a person to answer: the part of `tenant.yaml` about it."""

from typing import Self

from pydantic import Field, model_validator

from app.tenants.strict import Strict


class MailWay(Strict):
    """Replies as mail, by the server in the settings AMTSLOTSE_SMTP_*."""

    sender: str = Field(pattern=r"^[^@\s]+@[^@\s]+$")
    """Address that the replies come from, for example a mailbox of the service desk."""


class WebhookWay(Strict):
    """Replies as JSON to a program of the town's own."""

    url: str = Field(pattern=r"^https?://\S+$")


class ZammadWay(Strict):
    """A ticket in Zammad, or in what speaks its API; the token stands in the settings."""

    url: str = Field(pattern=r"^https?://\S+$")
    """Where Zammad answers, without `/api`."""
    group: str = Field(min_length=1)
    """The group of Zammad that gets the tickets."""


class Handover(Strict):
    """How citizens reach a person through the chat, and how that person's reply reaches them."""

    form: bool = False
    """Whether the chat offers a form for the question and a mail address or phone number."""
    working_days: int | None = Field(None, ge=1, le=30)
    """Within how many working days the town promises to answer; None promises nothing."""
    mail: MailWay | None = None
    webhook: WebhookWay | None = None
    zammad: ZammadWay | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if sum(way is not None for way in (self.mail, self.webhook, self.zammad)) > 1:
            raise ValueError("handover: give one of 'mail', 'webhook' and 'zammad', or none to reply by hand")
        return self
