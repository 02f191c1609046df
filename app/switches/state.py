"""The switches of one town, and what of them is in force at a moment."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from app.errors import AmtslotseError
from app.text.terms import fold, stem, words

MOST_NOTICE_CHARS = 500
_FEWEST_LETTERS = 3
"""Of a blocked word; a shorter one would stand in every question."""


class SwitchesError(AmtslotseError):
    """The switches or their log are damaged or cannot be written; the message says how to restore them."""

    code = "switches"


class Pausable(StrEnum):
    """What can be paused."""

    BOT = "bot"
    """Every answer is the notice; emergencies are answered all the same."""
    GENERATION = "generation"
    """No language model: answers quote."""


class BlockKind(StrEnum):
    """What can be blocked."""

    SERVICE = "service"
    """All texts about a service in all languages, and the decision tables that rest on it."""
    DOCUMENT = "document"
    """One text."""
    WORDS = "words"
    """Questions in which all of these words occur."""


def _readable(text: str) -> str:
    if not any(char.isalpha() for char in text):
        raise ValueError("it has no words")
    if any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn") for char in text):
        raise ValueError("it has characters that nobody can see; write it in one line")
    return text


Words = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=MOST_NOTICE_CHARS), AfterValidator(_readable)
]
"""A text of a person: one line with at least one letter, no invisible characters."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Order(_Strict):
    """Who switches something, why, and until when."""

    by: Words
    """Account name."""
    reason: Words
    at: AwareDatetime
    until: AwareDatetime | None = None
    """Not included; None: until somebody ends it."""

    def holds(self, at: datetime) -> bool:
        return self.until is None or at < self.until


class Pause(Order):
    """The bot or generation is paused."""

    notice: dict[Annotated[str, Field(pattern=r"^[a-z]{2}$")], Words] = Field(default_factory=dict)
    """The town's own words by language (ISO 639-1); without any, the catalog's."""


class Block(Order):
    """A topic is blocked."""

    kind: BlockKind
    target: Words
    """Id of the service or document, or the words."""


class Switches(_Strict):
    """All switches of a town that are on, those whose time is over included."""

    paused: dict[Pausable, Pause] = Field(default_factory=dict)
    blocks: tuple[Block, ...] = ()

    def at(self, moment: datetime) -> "Switches":
        """Those that hold at that moment."""
        return Switches(
            paused={what: pause for what, pause in self.paused.items() if pause.holds(moment)},
            blocks=tuple(block for block in self.blocks if block.holds(moment)),
        )

    def in_force(self, moment: datetime) -> "InForce":
        """What an answer at that moment depends on."""
        now = self.at(moment)
        bot = now.paused.get(Pausable.BOT)
        return InForce(
            bot_paused=bot is not None,
            notice=tuple(sorted(bot.notice.items())) if bot else (),
            generation_paused=Pausable.GENERATION in now.paused,
            services=_targets(now.blocks, BlockKind.SERVICE),
            documents=_targets(now.blocks, BlockKind.DOCUMENT),
            words=_targets(now.blocks, BlockKind.WORDS),
        )


@dataclass(frozen=True, slots=True)
class InForce:
    """What is switched off, without who and why: part of a question's circumstances, and kept in its record."""

    bot_paused: bool = False
    notice: tuple[tuple[str, str], ...] = ()
    """Pairs of language and text."""
    generation_paused: bool = False
    services: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """Each a set of words with spaces between them."""

    @property
    def any_topic(self) -> bool:
        return bool(self.services or self.documents or self.words)

    def notice_in(self, language: str) -> tuple[str, str] | None:
        """Language and text of the town's own notice: in that language, else in German, else none."""
        texts = dict(self.notice)
        return next(((spoken, texts[spoken]) for spoken in (language, "de") if spoken in texts), None)

    def asks_blocked_words(self, texts: Iterable[str]) -> bool:
        """Whether one of the texts has all words of one block; a word may be inflected, or part of a longer one."""
        asked = [_spellings(text) for text in texts]
        blocks = [words(block) for block in self.words]
        return any(all(word in text or stem(word) in text for word in block) for block in blocks for text in asked)

    def __iter__(self) -> Iterator[str]:
        """What is switched off, in a word each."""
        if self.bot_paused:
            yield "bot"
        if self.generation_paused:
            yield "generation"
        if self.any_topic:
            yield "topics"


NOTHING_OFF = InForce()
FAIL_SAFE = InForce(bot_paused=True)
"""What holds when nobody can read what was switched off."""


def checked_words(target: str) -> str:
    """Words to block. Raises ValueError when one is so short that it would stand in most questions."""
    if any(len(word) < _FEWEST_LETTERS for word in words(target)):
        raise ValueError(f"each word needs at least {_FEWEST_LETTERS} letters, or it blocks nearly every question")
    return target


def _spellings(text: str) -> str:
    """The text folded, and after it the stems of its words."""
    return " ".join((fold(text), *(stem(word) for word in words(text))))


def _targets(blocks: Iterable[Block], kind: BlockKind) -> tuple[str, ...]:
    return tuple(sorted({block.target for block in blocks if block.kind is kind}))
