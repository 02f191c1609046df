"""German as citizens type it, put into the spelling that the town's texts use: for the search, never for display.

A word is only replaced by one that sounds the same or has dots where it lacks them, from five letters on by one that
is a slip of the finger away (`typing_slips.py`), from seven on more boldly by the town's. A correct German word stays
as it is, known to the town or not: "Hecke" is never "Decke".
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.answering.german_sound import sound
from app.answering.german_words import GermanWords, german_words
from app.answering.town_words import TownWords
from app.answering.typing_slips import any_slip, sure_slip
from app.text.terms import STOP_WORDS, fold, stem

_COLLOQUIAL_FILE = Path(__file__).parent / "search_words" / "colloquial.yaml"
_TOKEN = re.compile(r"[^\W\d_]+(?:['’`´][^\W\d_]+)*")
_APOSTROPHES = re.compile(r"['’`´]")
_LINKS = ("", "s", "n", "es", "en", "er", "e")
_PREFIXES = tuple("be ver ent er zer ge un an ab auf aus ein um vor zu mit nach ueber unter hin her durch".split())
_SHORTEST_WORD, _LONGEST = 4, 40
_SHORTEST_KNOWN, _SHORTEST_PART = 3, 4
"""Letters of a part of a correct compound, and of one that a correction may rest on."""
_SHORTEST_JOINED = 8
_UMLAUT = re.compile("[äöüßÄÖÜ]")
_DOTS = re.compile("[äöüÄÖÜ]")
_CONTRACTED = re.compile(r"['’`´]s$")
""""drückt's": two words, of which the first is right."""
_SLIP_FROM, _TWO_SLIPS_FROM = 7, 14
"""Letters from which on one slip, or two, may change the sound."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """A text and its misspelt words, each with what stands in its place; umlauts spelled out are no misspelling."""

    text: str
    corrections: tuple[tuple[str, str], ...]


def spell(text: str, town: TownWords) -> Spelled:
    """The text in the town's spelling; what stands between the words stays as it is."""
    tokens = list(_TOKEN.finditer(text))
    colloquial, dotless = _colloquial(), _is_dotless(text, tokens, town)
    pieces: list[str] = []
    corrections: list[tuple[str, str]] = []
    end = number = 0
    while number < len(tokens):
        token = tokens[number]
        pieces.append(text[end : token.start()])
        end = token.end()
        joined = _joined(tokens[number : number + 2], text, town)
        if joined:
            end = tokens[number + 1].end()
            number += 1
            new: str | None = joined
        else:
            new = colloquial.get(_plain(token.group())) or corrected(
                _plain(token.group()), token.group(), town, dotless
            )
            new = colloquial.get(_plain(new), new) if new else None
        pieces.append(new or text[token.start() : end])
        if new and _plain(token.group()) not in colloquial and fold(new) != _plain(token.group()):
            corrections.append((text[token.start() : end], new))
        number += 1
    return Spelled("".join((*pieces, text[end:])), tuple(corrections))


def corrected(folded: str, written: str, town: TownWords, dotless: bool = False) -> str | None:
    """What a word must mean, as the town spells it; None when it is right or nobody can tell.

    `dotless` tells that the message leaves umlauts out: of two words the more frequent is meant, "mochte" or "möchte".
    """
    if _CONTRACTED.search(written):
        return None
    german = german_words()
    if dotless and (meant := _more_frequent_with_dots(folded, town, german)):
        return meant
    if folded in town.written:
        return _with_umlauts(folded, written, town)
    if len(written) > _LONGEST:
        return None
    if folded in german.known:
        return None if _UMLAUT.search(written) else german.umlauts.get(folded)
    if dotted := _dotted(folded, written, town, german):
        return dotted
    if len(written) < _SHORTEST_WORD or stem(folded) in town.stems:
        return None
    if alike := _closest(folded, town.alike.get(sound(folded), ()), town):
        return town.written[alike]
    if meant := sure_slip(written, town, german):
        return meant
    if len(folded) >= _TWO_SLIPS_FROM and (slipped := _slipped(folded, town, 1)):
        return town.written[slipped]
    if _is_formed(folded, town, german):
        return None
    if slipped := _slipped(folded, town, 2 if len(folded) >= _TWO_SLIPS_FROM else 1):
        return town.written[slipped]
    if common := _closest(folded, german.alike.get(sound(folded), ()), town):
        return german.common[common]
    return _compound(folded, town, german) or any_slip(written, town, german)


def _plain(token: str) -> str:
    return fold(_APOSTROPHES.sub("", token))


def _with_umlauts(folded: str, written: str, town: TownWords) -> str | None:
    """ "Gebuehr" as "Gebühr"; other spellings of a known word stay, capitals included."""
    known = town.written[folded]
    return known if known.casefold().replace("ß", "ss") != written.casefold().replace("ß", "ss") else None


def _closest(folded: str, candidates: Iterable[str], town: TownWords) -> str | None:
    """The candidate with the fewest other letters, then the town's most frequent."""
    return min(candidates, key=lambda c: (OSA.distance(folded, c), -town.counts.get(c, 0), c), default=None)


def _slipped(folded: str, town: TownWords, slips: int) -> str | None:
    """The town's word that begins the same and sounds the same but for that many slips."""
    if len(folded) < _SLIP_FROM:
        return None
    near = process.extract(sound(folded), town.alike.keys(), scorer=OSA.distance, score_cutoff=slips, limit=None)
    least = min((distance for _, distance, _ in near), default=0)
    found = [word for heard, distance, _ in near if distance == least for word in town.alike[heard]]
    return _closest(folded, (word for word in found if len(word) >= _SLIP_FROM and word[0] == folded[0]), town)


def _dotted(folded: str, written: str, town: TownWords, german: GermanWords) -> str | None:
    """The word with the dots of its umlauts, when they are all that it lacks: "fur" is "für"."""
    if _UMLAUT.search(written):
        return None
    if found := town.bare.get(folded):
        return town.written[found]
    return german.umlauts[found] if (found := german.bare.get(folded)) else None


def _is_dotless(text: str, tokens: Iterable[re.Match[str]], town: TownWords) -> bool:
    """Whether the message leaves umlauts out: it has none, and a word that is none without its dots."""
    if _DOTS.search(text):
        return False
    german = german_words()
    words = ((_plain(token.group()), token.group()) for token in tokens)
    return any(
        folded not in town.written and folded not in german.known and _dotted(folded, written, town, german)
        for folded, written in words
    )


def _more_frequent_with_dots(folded: str, town: TownWords, german: GermanWords) -> str | None:
    """The word with dots that an everyday word may stand for, when it is the more frequent of both."""

    def frequency(word: str) -> int:
        return german.counts.get(word, 0)

    dotted = town.bare.get(folded) or german.bare.get(folded)
    if dotted is None or dotted == folded or frequency(dotted) <= frequency(folded):
        return None
    return town.written.get(dotted) or german.umlauts.get(dotted)


def _is_formed(folded: str, town: TownWords, german: GermanWords) -> bool:
    """Whether it is made of known words or of a known word with a prefix: correct, though in no list."""
    if any(folded.startswith(prefix) and folded.removeprefix(prefix) in german.known for prefix in _PREFIXES):
        return True
    return any(
        _known_part(folded[:cut], town, german) and _knows(folded[cut:], town, german)
        for cut in range(_SHORTEST_KNOWN, len(folded) - _SHORTEST_KNOWN + 1)
    )


def _compound(folded: str, town: TownWords, german: GermanWords) -> str | None:
    """The compound with its one misspelt part put right by a word of the town's that sounds the same."""
    found: list[tuple[int, int, str]] = []
    for cut in range(_SHORTEST_PART, len(folded) - _SHORTEST_PART + 1):
        head, tail = folded[:cut], folded[cut:]
        if known := _known_part(head, town, german):
            if near := _closest(tail, town.alike.get(sound(tail), ()), town):
                found.append((OSA.distance(tail, near), -cut, known + town.written[near].lower()))
        elif _knows(tail, town, german):
            for link in _LINKS:
                base = head.removesuffix(link)
                near = _closest(base, town.alike.get(sound(base), ()), town) if head.endswith(link) else None
                if near and len(base) >= _SHORTEST_PART:
                    spelled = town.written.get(tail) or german.common.get(tail, tail)
                    found.append((OSA.distance(base, near), -cut, town.written[near] + link + spelled.lower()))
                    break
    return min(found)[2] if found else None


def _known_part(head: str, town: TownWords, german: GermanWords) -> str | None:
    """A compound's known beginning as it is spelled, with its link; None for an unknown one."""
    for link in _LINKS:
        base = head.removesuffix(link) if link else head
        if head.endswith(link) and len(base) >= _SHORTEST_KNOWN and _knows(base, town, german):
            return (town.written.get(base) or german.common.get(base, base)) + link
    return None


def _knows(word: str, town: TownWords, german: GermanWords) -> bool:
    return word in town.written or word in german.known


def _joined(pair: list[re.Match[str]], text: str, town: TownWords) -> str | None:
    """The town's word for two that were written apart: "gaststetten erlaubniss" is "Gaststättenerlaubnis"."""
    if len(pair) < 2 or text[pair[0].end() : pair[1].start()] not in (" ", "-"):
        return None
    first, second = (_plain(token.group()) for token in pair)
    together = first + second
    if min(len(first), len(second)) < _SHORTEST_PART or len(together) < _SHORTEST_JOINED:
        return None
    if first in STOP_WORDS or second in STOP_WORDS or len(together) > _LONGEST:
        return None
    if together in town.written:
        return town.written[together]
    if all(_knows(word, town, german_words()) for word in (first, second)):
        return None
    near = _closest(together, town.alike.get(sound(together), ()), town)
    if near is None and len(together) >= _TWO_SLIPS_FROM:
        near = _slipped(together, town, 1)
    return town.written[near] if near else None


@lru_cache(maxsize=1)
def _colloquial() -> dict[str, str]:
    words: dict[str, str] = yaml.safe_load(_COLLOQUIAL_FILE.read_text(encoding="utf-8"))
    return words
