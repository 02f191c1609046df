"""What citizens say about answers and pass on to people, as it goes over the wire."""

from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.desk.feedback import Feedback, Reason
from app.desk.handovers import Handover, HandoverStatus

MAX_COMMENT_CHARS = 500
MAX_HANDOVER_CHARS = 2000
CONTACT = r"^(?:[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+|\+?[0-9][0-9 ()/-]{4,28}[0-9])$"
"""A mail address, or a phone number of 6 to 31 characters."""
_NOT_TO_BE_GUESSED = r"^[A-Za-z0-9_-]{16,64}$"

Secret = Annotated[str, StringConstraints(strict=True, pattern=_NOT_TO_BE_GUESSED)]
Comment = Annotated[str, StringConstraints(strict=True, max_length=MAX_COMMENT_CHARS)]


class FeedbackRequest(BaseModel):
    """Whether an answer helped."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"conversation_id": "beispiel-gespraech-1234", "helpful": False, "reason": "incomplete"}]
        },
    )

    conversation_id: Secret = Field(description="That of the answer: only who asked may say so.")
    helpful: Annotated[bool, Field(strict=True)]
    reason: Reason | None = Field(None, description="Why it did not help.")
    comment: Comment | None = Field(None, description="Personal data that is recognised is masked before it is kept.")


class FeedbackOut(BaseModel):
    """What is kept of it."""

    helpful: bool
    reason: Reason | None
    comment: str | None = Field(description="As it is kept: personal data that was recognised is replaced by labels.")
    at: datetime

    @classmethod
    def of(cls, given: Feedback | None) -> "FeedbackOut | None":
        return None if given is None else cls.model_validate(given, from_attributes=True)


class HandoverRequest(BaseModel):
    """A question that a person shall answer."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "question": "Bekomme ich als Studentin einen Bewohnerparkausweis?",
                    "contact": "erika@example.org",
                    "consent": True,
                    "conversation_id": "beispiel-gespraech-1234",
                    "answer_id": "511e4c1e4daf6f07",
                }
            ]
        },
    )

    question: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=MAX_HANDOVER_CHARS)] = Field(
        description="Personal data that is recognised is masked before it is kept."
    )
    contact: Annotated[str, StringConstraints(strict=True, pattern=CONTACT, max_length=254)] = Field(
        description="A mail address or phone number for the reply."
    )
    consent: Literal[True] = Field(description="That the contact may be kept and used for the reply.")
    language: Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z]{2}$")] = Field(
        "de", description="ISO 639-1; in which the citizen hopes for a reply."
    )
    conversation_id: Secret | None = None
    answer_id: Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9a-f]{16}$")] | None = Field(
        None, description="The answer that did not do; needs the conversation that it was given in."
    )


class HandoverOut(BaseModel):
    """That a question was passed on."""

    handover_id: str
    message: str = Field(description="What happens next, to be shown.")
    kept_until: datetime = Field(description="When question and contact are erased at the latest.")


class KeptHandoverOut(BaseModel):
    """What is kept of a question that was passed on."""

    handover_id: str
    question: str = Field(description="As it is kept: personal data that was recognised is replaced by labels.")
    contact: str
    at: datetime
    answer_id: str | None
    status: HandoverStatus
    reply: str | None
    replied_at: datetime | None
    kept_until: datetime

    @classmethod
    def kept(cls, handover: Handover, retention_days: int) -> "KeptHandoverOut":
        """One that is kept for that many days."""
        return cls(
            handover_id=handover.id,
            question=handover.question,
            contact=handover.contact,
            at=handover.at,
            answer_id=handover.answer_id,
            status=handover.status,
            reply=handover.reply if handover.status is HandoverStatus.ANSWERED else None,  # not a draft
            replied_at=handover.replied_at,
            kept_until=handover.at + timedelta(days=retention_days),
        )
