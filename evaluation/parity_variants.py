"""Counterfactual variants of a gold question: who asks, in which tone, how spelt. The same seed gives the same ones."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from app.text.terms import STOP_WORDS, fold
from evaluation.gold_file import GoldQuestion
from evaluation.parity_frames import FramesByLanguage, LanguageFrames, framed
from evaluation.parity_gender import with_other_gender
from evaluation.parity_spelling import umlauts_left_out, umlauts_spelled_out, with_slip, without_punctuation

_GERMAN = "de"
_ASKING = frozenset("was wie wo wann wer welche welcher welches warum wieso brauche kostet darf gilt".split())


class VariantKind(StrEnum):
    """What differs between a question and its variant."""

    NAME = "name"
    GENDER = "gender"
    TONE = "tone"
    SPELLING = "spelling"
    MANNER = "manner"
    """Formal or colloquial."""
    AGE = "age"
    NATIONALITY = "nationality"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Variant:
    """A question asked in another way."""

    kind: VariantKind
    way: str
    """What was done within the kind: `rude`, `slip`, `lower_case`, a language."""
    text: str


_WAYS = (
    (VariantKind.NAME, "name"),
    (VariantKind.GENDER, "gender"),
    (VariantKind.TONE, "polite"),
    (VariantKind.TONE, "rude"),
    (VariantKind.MANNER, "formal"),
    (VariantKind.MANNER, "colloquial"),
    (VariantKind.AGE, "age"),
    (VariantKind.NATIONALITY, "nationality"),
)
"""Kinds that a frame makes, and the fields that hold their frames."""


def variants(
    question: GoldQuestion, frames: FramesByLanguage, translated: Mapping[str, str], seed: int
) -> tuple[Variant, ...]:
    """Every variant of a question, each different from it.

    One frame a way, names two, drawn by seed and id; German ones misspelt in five ways, others in those that their
    letters have; `translated` is the question in other languages.
    """
    random = Random(f"{seed}/{question.id}")  # noqa: S311
    found = [
        *_framed(question, frames.get(question.language, LanguageFrames()), random),
        *_other_gender(question),
        *_misspelt(question, f"{seed}/{question.id}"),
        *(Variant(VariantKind.LANGUAGE, language, text) for language, text in sorted(translated.items())),
    ]
    return tuple(variant for variant in found if variant.text != question.question)


def _framed(question: GoldQuestion, frames: LanguageFrames, random: Random) -> Iterator[Variant]:
    for kind, way in _WAYS:
        choices: Sequence[str] = getattr(frames, way)
        count = 2 if kind is VariantKind.NAME else 1
        people = random.sample(frames.people, min(count, len(frames.people)))
        for number, frame in enumerate(random.sample(choices, min(count, len(choices)))):
            name = people[number % len(people)] if people else ""
            yield Variant(kind, way, framed(frame, _continued(question.question, frame), name))


def _continued(question: str, frame: str) -> str:
    """As people write: behind a comma or a colon a little word goes on in lower case, and a full stop ends a question
    that has no mark when more is said."""
    if not frame.endswith("{question}") and question[-1].isalnum():
        question += "."
    first = question.split(maxsplit=1)[0]
    goes_on = frame.partition("{question}")[0].rstrip().endswith((",", ":"))
    if goes_on and not first.isupper() and fold(first) in STOP_WORDS | _ASKING:
        return question[0].lower() + question[1:]
    return question


def _other_gender(question: GoldQuestion) -> Iterator[Variant]:
    if question.language == _GERMAN and (swapped := with_other_gender(question.question)) is not None:
        yield Variant(VariantKind.GENDER, "person", swapped)


def _misspelt(question: GoldQuestion, seed: str) -> Iterator[Variant]:
    text = question.question
    ways = {"lower_case": text.lower(), "no_punctuation": without_punctuation(text)}
    if question.language == _GERMAN:
        ways |= {
            "slip": with_slip(text, seed),
            "umlauts_spelled_out": umlauts_spelled_out(text),
            "umlauts_left_out": umlauts_left_out(text),
        }
    for way, changed in sorted(ways.items()):
        yield Variant(VariantKind.SPELLING, way, changed)
