"""The parts of an answer as the API gives them."""

from pydantic import BaseModel, ConfigDict, Field, computed_field

from app.answering.next_steps import NextSteps
from app.answering.values import Link, OfficeCard, Origin, Source, Statement
from app.wording.direction import Direction, direction

TRAINED_ALGORITHMIC_MEDIA = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
"""What the press agencies' vocabulary calls the output of a generative model."""


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
