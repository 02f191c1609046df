"""The inputs of a decision rule: what a question must say, and by which words it says it."""

from decimal import Decimal
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

_T = TypeVar("_T")
Language = Literal["de", "en"]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,40}$")]


class Strict(BaseModel):
    """No unknown fields, no changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def with_german(texts: dict[Language, _T]) -> dict[Language, _T]:
    """The same texts. Raises ValueError when German is missing."""
    if "de" not in texts:
        raise ValueError("German ('de') is missing")
    return texts


Texts = Annotated[dict[Language, str], AfterValidator(with_german)]
"""One wording a language; German is required."""


class Option(Strict):
    """One value of a choice, and the words by which a question names it (`*` stands for any letters)."""

    value: str
    label: Texts
    words: tuple[str, ...] = ()


class _Input(Strict):
    name: Name
    label: Texts
    ask: Texts
    """The question back when it is missing."""
    default: str | None = None
    """Taken when the question doesn't say; without one the rule asks."""
    suggestions: Annotated[dict[Language, Annotated[tuple[str, ...], Field(min_length=2, max_length=6)]], Field()] = {}
    """Answers that are offered with the question back; choices offer their labels by themselves."""


class NumberInput(_Input):
    kind: Literal["number"]
    phrases: tuple[str, ...] = ()
    """How the number stands in a question: "{n} hund*", "bin {n}"; `_` stands for up to two words."""
    below: tuple[str, ...] = ()
    """Phrases that mean one less ("unter {n}")."""
    above: tuple[str, ...] = ()
    """Phrases that mean one more ("ueber {n}")."""
    values: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Words that name a number: "10": [Kind, Kinder]."""
    minimum: Decimal = Decimal(0)
    maximum: Decimal = Decimal(1_000_000_000)
    format: Literal["number", "money", "year"] = "number"
    unit: Texts | None = None
    """What is counted, as the source text shows it ("Jahre", "Tage")."""


class ChoiceInput(_Input):
    kind: Literal["choice"]
    options: tuple[Option, ...] = Field(min_length=2)


class DateInput(_Input):
    kind: Literal["date"]
    direction: Literal["past", "future", "nearest"] = "nearest"
    """Which year a day without one means."""


class Lookup(Strict):
    """A table beside the rules in which a value is looked up, for example the list of streets."""

    file: str = Field(pattern=r"^[\w.-]+\.csv$")
    key: str
    """Column that holds the values a citizen names."""
    gives: dict[Name, str] = Field(min_length=1)
    """Further values (name: column) that the row gives to the rule."""


class ListedInput(_Input):
    """A street, or another value of a list (`text-choice`)."""

    kind: Literal["street", "text-choice"]
    lookup: Lookup
    ask_unknown: Texts
    """The question back when a street was named that the list lacks; `{given}` is its name."""


class LetterInput(_Input):
    kind: Literal["letter"]


RuleInput = Annotated[NumberInput | ChoiceInput | DateInput | ListedInput | LetterInput, Field(discriminator="kind")]
