"""What the screening model is fitted on and measured with: written phrasings, and ordinary questions of other sets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from app.answering.screen import verdict_by_patterns
from app.answering.screen_model import ORDINARY, verdict_of
from app.answering.values import Status
from app.errors import ConfigurationError
from evaluation.drafting_pages import WrittenPage
from evaluation.gold_file import GoldKind, GoldQuestion

PHRASINGS = Path(__file__).parent / "training" / "screening"
REPLY = f"{ORDINARY}.reply"
"""A reply to a question asked back ("3 Personen"): ordinary, but nobody begins with it."""
FOLDS = 5
_LABELS = {
    GoldKind.ANSWERABLE: ORDINARY,
    GoldKind.UNANSWERABLE: ORDINARY,
    GoldKind.RULE: ORDINARY,
    GoldKind.STAFF: "decided_by_staff",
    GoldKind.EMERGENCY: "emergency.life",
    GoldKind.INJECTION: "declined.injection",
    GoldKind.SMALL_TALK: "small_talk.greeting",
    GoldKind.OUT_OF_SCOPE: "out_of_scope",
}


@dataclass(frozen=True, slots=True)
class Example:
    """One message and how it should be screened."""

    text: str
    label: str
    """Key of the wording that should answer it, or `ordinary`."""
    language: str
    held_out: bool
    fold: int
    """Messages that tell the same, such as translations, share their fold (0 to FOLDS - 1)."""
    by_patterns: Status | None
    """The verdict of the patterns alone."""

    @property
    def verdict(self) -> Status | None:
        return verdict_of(self.label)


def _known(label: str) -> str:
    try:
        verdict_of(label)
    except ConfigurationError as error:
        raise ValueError(error.message) from error
    return label


class _Group(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    label: Annotated[str, AfterValidator(_known)]
    held_out: bool
    """Written in a pass of its own, never fitted or tuned on."""
    phrasings: tuple[str, ...] = Field(min_length=1)


_FILE = TypeAdapter(tuple[_Group, ...])


def read_phrasings(folder: Path = PHRASINGS) -> tuple[Example, ...]:
    """All phrasings below a folder of `<class>.<language>.yaml`.

    Raises:
        ConfigurationError: no files, one that is not valid, or a phrasing that stands twice in a language.
    """
    paths = sorted(folder.glob("*.??.yaml"))
    if not paths:
        raise ConfigurationError(f"{folder} holds no phrasings: name the folder of the <class>.<language>.yaml files.")
    examples = tuple(example for path in paths for example in _read(path))
    seen: set[tuple[str, str]] = set()
    for example in examples:
        key = (example.language, example.text.casefold())
        if key in seen:
            raise ConfigurationError(f"{folder}: '{example.text}' stands twice in '{example.language}'; remove one.")
        seen.add(key)
    return examples


def gold_examples(gold: Sequence[GoldQuestion]) -> tuple[Example, ...]:
    """The gold questions that begin a conversation; those about one service share their fold."""
    questions = [question for question in gold if not question.after]
    services = sorted({_service(question) for question in questions})
    return tuple(
        _example(q.question, _LABELS[q.kind], q.language, services.index(_service(q)), q.split != "training")
        for q in questions
    )


def page_examples(pages: Sequence[WrittenPage]) -> tuple[Example, ...]:
    """The questions of the drafting pages, all ordinary; those about one page share their fold."""
    return tuple(
        _example(question.ask, ORDINARY, page.language, number)
        for number, page in enumerate(pages)
        for question in page.questions
    )


def _read(path: Path) -> Iterator[Example]:
    language = path.suffixes[-2].removeprefix(".")
    try:
        groups = _FILE.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise ConfigurationError(f"{path} holds no phrasings: {error}") from error
    for group in groups:
        for number, text in enumerate(group.phrasings):
            yield _example(text, group.label, language, number, group.held_out)


def _service(question: GoldQuestion) -> str:
    return question.services[0] if question.services else question.id


def _example(text: str, label: str, language: str, fold: int, held_out: bool = False) -> Example:
    return Example(text, label, language, held_out, fold % FOLDS, by_patterns=verdict_by_patterns(text)[0])
