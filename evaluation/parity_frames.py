"""The frames of counterfactual questions: `evaluation/parity/*.yaml`, read and checked."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, TypeAdapter, ValidationError

from app.errors import ConfigurationError

FOLDER = Path(__file__).with_name("parity")
TRANSLATIONS_FILE = FOLDER / "translations.yaml"
_QUESTION, _NAME = "{question}", "{name}"
_T = TypeVar("_T")


class FrameSet(StrEnum):
    """Two sets of frames; the answering path was made robust with the first in view, never with the second."""

    DEV = "dev"
    HELD_OUT = "held_out"


def _with_question(frames: tuple[str, ...]) -> tuple[str, ...]:
    if any(frame.count(_QUESTION) != 1 for frame in frames):
        raise ValueError(f"every frame must hold {_QUESTION} once")
    return frames


Frames = Annotated[tuple[str, ...], AfterValidator(_with_question)]


class LanguageFrames(BaseModel):
    """The frames of one language; the fields are explained in `dev.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    people: tuple[str, ...] = ()
    name: Frames = ()
    gender: Frames = ()
    polite: Frames = ()
    rude: Frames = ()
    formal: Frames = ()
    colloquial: Frames = ()
    age: Frames = ()
    nationality: Frames = ()


FramesByLanguage = dict[str, LanguageFrames]
_FRAMES = TypeAdapter(FramesByLanguage)
_TRANSLATIONS = TypeAdapter(dict[str, dict[str, str]])


def read_frames(frame_set: FrameSet) -> FramesByLanguage:
    """The frames by language. Raises ConfigurationError."""
    return _read(FOLDER / f"{frame_set}.yaml", _FRAMES)


def read_translations() -> dict[str, dict[str, str]]:
    """Gold questions in other languages: by the question's id, then by language. Raises ConfigurationError."""
    return _read(TRANSLATIONS_FILE, _TRANSLATIONS)


def framed(frame: str, question: str, name: str = "") -> str:
    """The question in the frame; other braces in either stay as they are."""
    before, _, after = frame.partition(_QUESTION)
    return f"{before.replace(_NAME, name)}{question}{after.replace(_NAME, name)}"


def _read(path: Path, schema: TypeAdapter[_T]) -> _T:
    try:
        return schema.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, ValidationError, yaml.YAMLError) as error:
        raise ConfigurationError(f"{path} is not valid: {error}") from error
