"""What goes over the wire. Field names are the public contract; other programs read them."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.answering.next_steps import NextSteps
from app.answering.values import Answer, Recorded, Status
from app.api.answer_parts import LinkOut, NextStepsOut, OfficeOut, SourceOut, StatementOut
from app.wording.direction import Direction, direction

SECRET_LENGTH = 16
"""Characters of an id that a client made up, below which it can be guessed and opens nothing."""


class ChatRequest(BaseModel):
    """A citizen's question."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"question": "Was kostet ein neuer Personalausweis?"}]}
    )

    question: Annotated[str, StringConstraints(strict=True)] = Field(description="In any language, in any words.")
    conversation_id: Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9_-]{8,64}$")] | None = Field(
        None,
        description="Chosen by the client at random, best a UUID; questions with the same one are one conversation. "
        "Whoever knows one of 16 characters or more can export and erase its conversation.",
    )
    language: Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z]{2}$")] | None = Field(
        None, description="ISO 639-1; left out, the language is detected."
    )
    style: Literal["standard", "einfach", "leicht"] = Field(
        "standard",
        description="`einfach`: in Einfache Sprache, `leicht`: in Leichte Sprache where there is such a text; else in "
        "the other of the two, or in short sentences.",
    )
    request_id: Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9_-]{16,64}$")] | None = Field(
        None,
        description="Chosen by the client at random, best a UUID, one a question; needs a `conversation_id` of 16 "
        "characters or more. Then a question sent twice is answered once, and an answer whose connection broke goes "
        "on at `/conversations/{conversation_id}/requests/{request_id}`.",
    )


class AnswerOut(BaseModel):
    """A whole answer: what `POST /chat` returns as JSON, and what `amtslotse ask --json` prints."""

    answer_id: str = Field(description="Reference for replay, export and erasure.")
    conversation_id: str | None
    status: Status
    statements: list[StatementOut]
    sources: list[SourceOut]
    disclosure: str = Field(description="Says that a machine answers; show it.")
    ai_generated: Literal[True] = Field(True, description="Machine-readable marking (AI Act, Art. 50).")
    language: str = Field(description="Language of frame, notices and disclosure; each statement has its own.")
    dir: Direction
    model: str
    generation: str = Field(description="Published state of the knowledge that the answer comes from.")
    notices: list[str]
    office: OfficeOut | None
    online_service: LinkOut | None
    suggestions: list[LinkOut]
    next_steps: NextStepsOut | None = Field(
        description="From the text that answered; null when none did, or when newer texts are published by now."
    )
    timings: dict[str, float] = Field(description="Milliseconds a stage, and until first statement and done.")

    @classmethod
    def of(cls, recorded: Recorded, steps: NextSteps | None) -> "AnswerOut":
        """The answer just recorded."""
        return cls.from_answer(
            recorded.answer, recorded.answer_id, recorded.conversation_id, recorded.timings_ms, steps
        )

    @classmethod
    def from_answer(
        cls,
        answer: Answer,
        answer_id: str,
        conversation_id: str | None,
        timings: dict[str, float],
        steps: NextSteps | None,
    ) -> "AnswerOut":
        """An answer with its reference."""
        return cls(
            answer_id=answer_id,
            conversation_id=conversation_id,
            status=answer.status,
            statements=[StatementOut.of(statement) for statement in answer.statements],
            sources=[SourceOut.of(source) for source in answer.sources],
            disclosure=answer.disclosure,
            language=answer.language,
            dir=direction(answer.language),
            model=answer.model,
            generation=answer.generation,
            notices=list(answer.notices),
            office=OfficeOut.of(answer.office),
            online_service=LinkOut.of(answer.online_service),
            suggestions=[LinkOut.model_validate(link) for link in answer.suggestions],
            next_steps=NextStepsOut.of(steps),
            timings=timings,
        )


class Problem(BaseModel):
    """An error as RFC 9457 describes it; `code` is stable, `detail` is a sentence that a person can act on."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
