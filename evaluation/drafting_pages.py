"""Pages of fictional towns with questions and written answers: what the drafting adapter learns from."""

from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from app.errors import InvalidInputError
from app.index.modules import ModuleKind

PAGES = Path(__file__).with_name("training") / "drafting"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Section(_Strict):
    """One FIM module of a page."""

    kind: ModuleKind
    sentences: dict[str, str]
    """By a key that is unique on the page."""


class Said(_Strict):
    """One statement of an answer, and the sentences that carry it."""

    says: str
    sources: Annotated[tuple[str, ...], Field(alias="from", min_length=1)]


class WrittenQuestion(_Strict):
    """A question and how a good clerk would answer it from the page; no answer when the page has none."""

    ask: str
    form: str
    evidence: tuple[str, ...]
    answer: tuple[Said, ...]


class WrittenPage(_Strict):
    """A service text."""

    id: str
    title: str
    language: Literal["de", "en"]
    style: Literal["standard", "simple"] = "standard"
    held_out: bool = False
    """For measuring only: a tenth of the pages."""
    sections: tuple[Section, ...]
    questions: tuple[WrittenQuestion, ...]

    @model_validator(mode="after")
    def _keys_are_known(self) -> "WrittenPage":
        keys = [key for section in self.sections for key in section.sentences]
        if len(keys) != len(set(keys)):
            raise ValueError(f"page {self.id}: a sentence key stands twice")
        for question in self.questions:
            named = {*question.evidence, *(key for said in question.answer for key in said.sources)}
            if unknown := named - set(keys):
                raise ValueError(f"page {self.id}, '{question.ask}': no sentence has the key {min(unknown)}")
        return self


_FILE = TypeAdapter(tuple[WrittenPage, ...])


def read_pages(folder: Path = PAGES) -> tuple[WrittenPage, ...]:
    """All pages below a folder, files in order of their names. Raises InvalidInputError."""
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise InvalidInputError(f"{folder} holds no drafting pages: name the folder of the *.yaml files.")
    return tuple(page for path in paths for page in read_page_file(path))


def read_page_file(path: Path) -> tuple[WrittenPage, ...]:
    """The pages of one file. Raises InvalidInputError."""
    try:
        return _FILE.validate_python(yaml.load(path.read_text(encoding="utf-8"), _Loader))  # noqa: S506
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise InvalidInputError(f"{path} holds no drafting pages: {error}") from error


class _Loader(yaml.SafeLoader):
    """Refuses a key that stands twice in one mapping: YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        mapping = super().construct_mapping(node, deep)
        if len(mapping) < len(node.value):
            raise yaml.MarkedYAMLError(problem="a key stands twice in one mapping", problem_mark=node.start_mark)
        return mapping
