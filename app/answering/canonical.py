"""The canonical question: what is asked, whoever asks it and however. Everything behind screening sees only this.

Screening reads the whole message, so no tone hides an emergency and no frame an individual case. Then one stage takes
away who asks and in which tone (`frames.py`), puts the words into the town's spelling (`spelling.py`) and restores
capitals and the question mark. Two people who ask the same are looked up, answered and drafted for with the same bytes.
A pure function of the screened message and the published town, so a replay finds the same.
"""

import re
from dataclasses import dataclass

from app.answering.frame_words import without_gender_marks
from app.answering.frames import unframe
from app.answering.german_words import german_words
from app.answering.part_words import part_words
from app.answering.spelling import spell
from app.answering.town_words import TownWords, town_words
from app.answering.values import Screened
from app.index.generation import Generation
from app.text.terms import STOP_WORDS, fold

_GERMAN = "de"
_WORD = re.compile(r"[^\W\d_]+")
_LABEL_OR_WORD = re.compile(r"\[[^\[\]]{2,40}\]|[^\W\d_]+")
_END = re.compile(r"\s*[.?!…؟]*\s*$")
_GOES_ON = re.compile(r"(?:und|and|et|ve|и|і|та)\s", re.IGNORECASE)
"""The beginning of a sentence that asks on: "Und mit Sauna"."""
_SENTENCE_ENDS = re.compile(r"[.?!…؟]\s+")
_NO_BEGINNING = frozenset("sie ihr ihre ihrem ihren ihrer ihres ihnen mal".split())
"""Little words that have a capital within a sentence, too: "Sie", "das erste Mal"."""
_SPELLED_OUT = re.compile(r"ae|oe|(?<![aeq])ue")
_UMLAUTS = {"ae": "ä", "oe": "ö", "ue": "ü"}
_SPACE_BEFORE_MARK = re.compile(r"\s+([,.;:!?])")
_BEGINNING = re.compile(r"(?:^|(?<=[.?!]\s))[^\W\d_]")
_LOST_STOP = re.compile(r"(?<=[a-zäöüß0-9]) (?=[A-ZÄÖÜ][a-zäöüß]*\b)")


@dataclass(frozen=True, slots=True)
class Canonical:
    """The question as the rest of the walk sees it."""

    text: str
    removed: tuple[str, ...] = ()
    """Pieces of the message that say nothing about the question, in their order."""
    corrections: tuple[tuple[str, str], ...] = ()
    """Misspelt words, each with what stands in its place."""
    told: tuple[str, ...] = ()
    """Those of the removed pieces that tell age or origin. The search must not depend on them, a rule may."""

    @property
    def for_rules(self) -> str:
        """The question behind what was told of age and origin."""
        return " ".join((*(f"{piece}." for piece in self.told), self.text))


def canonical_question(screened: Screened, generation: Generation) -> Canonical:
    """The canonical question of a message that screening let pass. Spelling is put right in German only."""
    town = town_words(generation)
    core = unframe(screened.text, screened.language, generation.tenant.name, without_told=True, topics=town.nouns)
    text = without_gender_marks(core.text)
    if screened.language != _GERMAN:
        return Canonical(_tidy(text, screened.language), core.removed, told=core.told)
    spelled = spell(_with_lost_stops(text), town)
    plain = _in_plain_case(spelled.text, town)
    return Canonical(_tidy(plain, screened.language), core.removed, spelled.corrections, core.told)


def _with_lost_stops(text: str) -> str:
    """A full stop where a little word begins with a capital for no other reason than that a sentence does."""

    def stop(match: re.Match[str]) -> str:
        word = _WORD.match(text, match.end())
        folded = fold(word.group()) if word else ""
        return ". " if folded in STOP_WORDS and folded not in _NO_BEGINNING else " "

    return _LOST_STOP.sub(stop, text)


def _in_plain_case(text: str, town: TownWords) -> str:
    """Capitals where the town's texts have them and in abbreviations that nobody knows, and nowhere else."""

    def plain(match: re.Match[str]) -> str:
        word = match.group()
        folded = fold(word)
        if word.startswith("["):  # what masking left
            return word
        if folded in town.nouns:
            return town.written[folded]
        if word[1:] != word[1:].lower():
            return word
        return word.lower() if folded in german_words().known else _SPELLED_OUT.sub(_umlaut, word.lower())

    return _LABEL_OR_WORD.sub(plain, text)


def _umlaut(match: re.Match[str]) -> str:
    return _UMLAUTS[match.group()]


def _tidy(text: str, language: str) -> str:
    """Sentences with a capital at their beginning and no space before a mark; the last one with its question mark."""
    text = _SPACE_BEFORE_MARK.sub(r"\1", text)
    return _BEGINNING.sub(lambda match: match.group().upper(), _with_mark(text, language))


def _with_mark(text: str, language: str) -> str:
    """With a question mark where the last sentence asks by its words; else without a mark at the end."""
    words = part_words().get(language)
    bare = _END.sub("", text)
    if not bare or text.rstrip().endswith(("?", "؟")) or words is None:
        return text
    said = _SENTENCE_ENDS.split(bare)[-1]
    if _GOES_ON.match(said) or any(words.begins.match(said, word.start()) for word in _WORD.finditer(said)):
        return f"{bare}?"
    return bare
