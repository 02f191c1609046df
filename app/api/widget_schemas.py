"""What the widget gets before the first question, as it goes over the wire."""

from pydantic import BaseModel, Field

from app.api.answer_parts import OfficeOut, Out, Spoken
from app.wording.direction import Direction


class PrivacyOut(Out):
    """What the notice under GDPR Art. 13 says first."""

    controller: str
    data_protection_officer: str
    purpose: str
    legal_basis: str
    notice_url: str
    retention_days: int


class NoticeOut(Spoken):
    """What the town says while its bot is paused."""

    text: str


class HandoverConfig(BaseModel):
    """Whether the town takes questions over from the chat."""

    form: bool
    retention_days: int = Field(description="How long question and contact are kept at most.")


class WidgetConfig(BaseModel):
    """Everything that the widget shows before the first question."""

    tenant: str
    name: str
    language: str
    languages: tuple[str, ...]
    dir: Direction
    greeting: str
    disclosure: str
    privacy: PrivacyOut
    suggested_questions: tuple[str, ...]
    texts: dict[str, str]
    office: OfficeOut
    map_url: str | None = Field(description="Where a map shows the `{address}` of an office; null for no link.")
    handover: HandoverConfig
    notices: list[NoticeOut] = Field(description="To be shown before the first question; empty unless paused.")
