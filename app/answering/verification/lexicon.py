"""What verification knows of a language's words: the tables beside this file, and which forms are one word."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import Stemmer
import yaml

_HERE = Path(__file__).parent
_FLAT = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_FEMALE = re.compile(r"(?<=er|nt|st|ar|og|ur|ig|te|ng|gt|ch|be)in(?:nen)?$")
_GERMAN_STEMMER = Stemmer.Stemmer("german")
_ENGLISH_STEMMER = Stemmer.Stemmer("english")
_ACTION = re.compile(r"(\w{4,})ung(?:en)?$")
_ADJECTIVE_ENDS = ("lich", "ig", "isch", "sam")
_TABLES = ("modality", "scope", "directions")


def flat(text: str) -> str:
    """Case-folded, without umlauts: singular and plural of a German noun mostly meet ("Bäume", "Baum")."""
    return unicodedata.normalize("NFC", text).casefold().translate(_FLAT)


@dataclass(frozen=True)
class Lexicon:
    """The tables of one language; words are flat (see `flat`)."""

    language: str
    function: frozenset[str]
    empty: frozenset[str]
    """Concepts that need no support: they connect, or name what every service has."""
    negations: frozenset[str]
    negative: Mapping[str, str]
    """Flat word to the flat word that it denies."""
    modality: Mapping[str, str]
    scope: Mapping[str, str]
    directions: Mapping[str, str]
    limiting: frozenset[str]
    conditional: frozenset[str]
    reasons: frozenset[str]
    relative: frozenset[str]
    finite: frozenset[str]
    prefixes: frozenset[str]
    strong: re.Pattern[str] | None
    """A form of a strong verb: prefix, then one of the stems of `infinitives`."""
    infinitives: Mapping[str, str]
    pronouns: frozenset[str]
    contact: frozenset[str]
    offices: tuple[str, ...]
    kin: frozenset[str]
    affirming: str
    denying: str
    asking: frozenset[str]
    heads: tuple[str, ...]
    """Last parts of compounds, longest first: what "Sonn-" lacks in "Sonn- und Feiertage"."""
    synonyms: Mapping[str, str] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    """Concepts found so far, by flat word."""

    def concept(self, word: str) -> str:
        """One name for all forms and synonyms of a flat word."""
        known = self.forms.get(word)
        if known is None:
            if len(self.forms) > 100_000:
                self.forms.clear()
            known = self.forms[word] = self._concept(word)
        return known

    def _concept(self, word: str) -> str:
        base = self.negative.get(word, word)
        return self.synonyms.get(base) or self.synonyms.get(self.stem(base)) or self.stem(base)

    def stem(self, word: str) -> str:
        """What all regular forms of a flat word share; not a word itself."""
        if self.language != "de":
            return str(_ENGLISH_STEMMER.stemWord(word))
        stem = str(_GERMAN_STEMMER.stemWord(_FEMALE.sub("", self._infinitive(word))))
        if stem.endswith("et") and len(stem) > 5:
            stem = stem[:-2]
        elif stem.endswith("t") and len(stem) > 4:
            stem = stem[:-1]
        return stem[:-2] if stem.endswith(("er", "ig")) and len(stem) > 5 + stem.endswith("er") else stem

    def _infinitive(self, word: str) -> str:
        """ "anzumelden", "angemeldet" and "Anmeldung" as "anmelden"."""
        if self.strong and (form := self.strong.match(word)) and form.group(2) != word:
            return f"{form.group(1) or ''}{self.infinitives[form.group(2)]}"
        if noun := _ACTION.match(word):
            word = f"{noun.group(1)}en"
        inserted, participle = _verb_patterns(self.prefixes)
        if match := inserted.match(word):
            return f"{match.group(1)}{match.group(2)}en"
        if (match := participle.match(word)) and not match.group(2).endswith(_ADJECTIVE_ENDS):
            return f"{match.group(1) or ''}{match.group(2)}en"
        return word


@cache
def _verb_patterns(prefixes: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    first = "|".join(sorted(prefixes, key=len, reverse=True))
    return (
        re.compile(rf"({first})zu(\w{{3,}}?)e?n$"),
        re.compile(rf"({first})?ge(\w{{3,}}?)(?:e?t|en)(?:e[nmrs]?)?$"),
    )


@cache
def lexicon(language: str) -> Lexicon:
    """The tables of a language; German for all but English, since all other texts are quoted as they are."""
    name = "en" if language == "en" else "de"
    raw = yaml.safe_load((_HERE / f"lexicon_{name}.yaml").read_text(encoding="utf-8"))
    tables = {table: {word: kind for kind, line in raw[table].items() for word in _words(line)} for table in _TABLES}
    bare = Lexicon(
        language=name,
        function=frozenset(_words(raw["function"])),
        empty=frozenset(),
        negations=frozenset(_words(raw["negations"])),
        negative={flat(word): flat(denied) for word, denied in raw["negative"].items()},
        limiting=frozenset(_words(raw["limiting"])),
        conditional=frozenset(_words(raw["conditional"])),
        reasons=frozenset(_words(raw["reasons"])),
        relative=frozenset(_words(raw["relative"])),
        finite=frozenset(_words(raw["finite"])),
        prefixes=frozenset(_words(raw["prefixes"])),
        strong=_strong_forms(raw),
        infinitives={stem: forms[0] for forms in map(_words, raw["irregular"]) for stem in forms[1:]},
        pronouns=frozenset(_words(raw["pronouns"])),
        contact=frozenset(),
        offices=tuple(_words(raw["offices"])),
        kin=frozenset(_words(raw["kin"])),
        affirming=raw["affirming"],
        denying=raw["denying"],
        asking=frozenset(_words(raw["asking_words"])),
        heads=tuple(sorted(_words(raw["heads"]), key=len, reverse=True)),
        **tables,
    )
    return _with_concepts(bare, raw)


def _strong_forms(raw: Mapping[str, Any]) -> re.Pattern[str] | None:
    stems = [stem for line in raw["irregular"] for stem in _words(line)[1:]]
    if not stems:
        return None
    prefixes = "|".join(sorted(_words(f"{raw['prefixes']} {raw['inseparable']}"), key=len, reverse=True))
    return re.compile(rf"((?:{prefixes}){{0,2}})(?:zu|ge)?({'|'.join(stems)})(?:e?t|en)?(?:e[nmrs]?)?$")


def _with_concepts(bare: Lexicon, raw: Mapping[str, Any]) -> Lexicon:
    """Synonyms and the words without content, once stems can be found."""
    synonyms: dict[str, str] = {}
    for line in raw["synonyms"]:
        first, *_ = forms = _words(line)
        for word in forms:
            synonyms[word] = first
            synonyms.setdefault(bare.stem(word), first)
    known = Lexicon(**{**vars(bare), "synonyms": synonyms, "forms": {}})
    empty = frozenset(map(known.concept, _words(f"{raw['verbs_without_content']} {raw['nouns_without_content']}")))
    contact = frozenset(map(known.concept, _words(raw["contact"])))
    kin = frozenset(map(known.concept, bare.kin))
    return Lexicon(**{**vars(known), "empty": empty, "contact": contact, "kin": kin, "forms": {}})


def _words(line: str | Iterable[str]) -> list[str]:
    return flat(line if isinstance(line, str) else " ".join(line)).split()
