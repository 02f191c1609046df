"""`rules/<id>.yaml`: the shape of a decision rule as an editor writes it. docs/rules.md explains it with an example."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from app.tenants.rules.rule_inputs import Language, Name, RuleInput, Strict, Texts, with_german


class Source(Strict):
    """Where the rule comes from."""

    document: str
    """Id of the published service text."""
    paragraph: str
    """Statute and paragraph as people cite it."""
    quotes: tuple[str, ...] = Field(min_length=1)
    """Sentences or list items, word for word, that stand in the document."""


class Column(Strict):
    """What a column of the table is: the condition on a value, or a result."""

    input: Name | None = None
    output: Name | None = None
    kind: Literal["text", "money", "number", "duration", "date", "weekday"] = "text"
    language: Language | None = None
    """For a text that each language has its own column for."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.input is None) == (self.output is None):
            raise ValueError("give either 'input' or 'output'")
        return self


class TableSpec(Strict):
    file: str | None = Field(default=None, pattern=r"^[\w.-]+\.csv$")
    """The CSV beside the rule; `rows` instead when the table is in the YAML itself."""
    rows: tuple[dict[str, str], ...] = ()
    hit: Literal["first", "all"] = "first"
    """Whether the first row that fits answers, or all that fit together."""
    columns: dict[str, Column] = Field(min_length=1)
    """By the heading in the table."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.file is None) == (not self.rows):
            raise ValueError("give either 'file' or 'rows'")
        return self


class Formula(Strict):
    """An amount or number calculated from inputs and results, exact to the cent."""

    kind: Literal["money", "number"]
    formula: str


class DateSum(Strict):
    """A day counted from another one."""

    kind: Literal["date"]
    start: Name
    add: Name | None = None
    subtract: Name | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.add is None) == (self.subtract is None):
            raise ValueError("give either 'add' or 'subtract'")
        return self


class Rhythm(Strict):
    """The next days of something that comes every so many weeks; later in weeks with a public holiday before it."""

    kind: Literal["rhythm"]
    first: Name
    weeks: Name
    days: int = Field(default=3, ge=1, le=6)


Computation = Annotated[Formula | DateSum | Rhythm, Field(discriminator="kind")]


class Trigger(Strict):
    """How a question is recognised: from every group at least one word, and what is asked."""

    groups: tuple[tuple[str, ...], ...] = Field(min_length=1)
    asks: Literal["costs", "deadline", "documents", "dates", "office"] | None = None


class Sentence(Strict):
    """A sentence of an answer with `{placeholders}`; only said `when` that holds, or once for `each` row."""

    text: str
    when: str | None = None
    each: bool = False


def _sentence(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


Sentences = Annotated[
    dict[Language, tuple[Annotated[Sentence, BeforeValidator(_sentence)], ...]], AfterValidator(with_german)
]


class Example(Strict):
    """A test beside the rule."""

    question: str
    earlier: tuple[str, ...] = ()
    """What was asked before in the same conversation."""
    at: date | datetime | None = None
    says: tuple[str, ...] = ()
    inputs: dict[Name, str] = Field(default_factory=dict)
    asks: Name | None = None
    silent: bool = False
    """The rule must leave the question alone."""

    @model_validator(mode="after")
    def _expects(self) -> Self:
        if not (self.says or self.inputs or self.asks or self.silent):
            raise ValueError("say what is expected: 'says', 'inputs', 'asks' or 'silent: true'")
        return self


class RuleFile(Strict):
    """One rule."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{1,62}$")
    version: int = Field(ge=1)
    title: Texts
    owner: str
    office: str
    """Id of the office in tenant.yaml that the answer names."""
    source: Source
    reviewed_on: date
    valid_from: date | None = None
    valid_until: date | None = None
    inputs: tuple[RuleInput, ...] = ()
    starts_with: tuple[Name, ...] = ()
    """Inputs of which a question must name one for the rule to fire; otherwise the texts answer it."""
    triggers: tuple[Trigger, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()
    table: TableSpec
    compute: dict[Name, Computation] = Field(default_factory=dict)
    answer: Sentences
    summary: Sentences | None = None
    """Said instead of asking back while at most four rows are possible."""
    examples: tuple[Example, ...] = Field(min_length=1)

    def input_named(self, name: str) -> RuleInput | None:
        """The input of that name."""
        return next((each for each in self.inputs if each.name == name), None)

    def holds_on(self, day: date) -> bool:
        """Whether the rule is valid on that day."""
        return (self.valid_from or day) <= day <= (self.valid_until or day)
