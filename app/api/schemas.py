"""What goes over the wire. Field names are the public contract; other programs read them."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, computed_field

from app.answering.next_steps import NextSteps
from app.answering.values import Answer, Link, OfficeCard, Origin, Recorded, Source, Statement, Status
from app.wording.direction import Direction, direction

TRAINED_ALGORITHMIC_MEDIA = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
"""What the press agencies' vocabulary calls the output of a generative model."""


SECRET_LENGTH = 16
"""Characters of an id that a client made up, below which it can be guessed and opens nothing."""


class Out(BaseModel):
    """Made from a value of the service with the same fields."""

    model_config = ConfigDict(from_attributes=True)


class Spoken(Out):
    """Words in one language, which may differ from the answer's: a German quote in an Arabic answer."""

    language: str = Field(description="ISO 639-1; for the attribute `lang`.")

    @computed_field(description="Writing direction; for the attribute `dir`.")  # type: ignore[prop-decorator]
    @property
    def dir(self) -> Direction:
        return direction(self.language)


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


class StatementOut(Spoken):
    """One verified sentence; `citations` are numbers into `sources`."""

    text: str
    citations: tuple[int, ...]
    origin: Origin

    @computed_field(description="Whether a language model worded it.")  # type: ignore[prop-decorator]
    @property
    def ai_generated(self) -> bool:
        return self.origin is Origin.GENERATED

    @computed_field(description="IPTC digital source type of generated words, for whoever passes them on.")  # type: ignore[prop-decorator]
    @property
    def digital_source_type(self) -> str | None:
        return TRAINED_ALGORITHMIC_MEDIA if self.ai_generated else None

    @classmethod
    def of(cls, statement: Statement) -> "StatementOut":
        return cls.model_validate(statement)


class SourceOut(Spoken):
    """A cited passage, word for word."""

    number: int
    title: str
    module: str
    url: str | None
    text: str
    chunk_id: str

    @classmethod
    def of(cls, source: Source) -> "SourceOut":
        return cls.model_validate(source)


class OfficeOut(Out):
    """Who to turn to, from the town's own data; `hours` are pairs of weekday and hours."""

    id: str
    name: str
    address: str
    phone: str
    email: str
    url: str
    appointment_url: str | None
    open_now: bool
    hours: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, office: OfficeCard | None) -> "OfficeOut | None":
        return None if office is None else cls.model_validate(office)


class LinkOut(Spoken):
    title: str
    url: str | None

    @classmethod
    def of(cls, link: Link | None) -> "LinkOut | None":
        return None if link is None else cls.model_validate(link)


class FeeOut(Out):
    """One line of the table of fees, in the text's own words."""

    what: str
    amount: str


class FollowUpOut(Out):
    """A question that the text about the same service answers."""

    label: str = Field(description="For a button.")
    question: str = Field(description="To be asked: with the name of the service.")


class NextStepsOut(Spoken):
    """What to bring, fees and questions to ask next, word for word from the text of the answered service."""

    title: str
    url: str | None
    documents: tuple[str, ...] = Field(description="What to bring.")
    document_notes: tuple[str, ...]
    fees: tuple[FeeOut, ...]
    fee_notes: tuple[str, ...]
    follow_ups: tuple[FollowUpOut, ...] = Field(description="In the language of the answer.")

    @classmethod
    def of(cls, steps: NextSteps | None) -> "NextStepsOut | None":
        return None if steps is None else cls.model_validate(steps)


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
