"""The rules of Leichte Sprache that a program can test, one sentence at a time.

Sources: BITV 2.0 annex 2 part 2 (no abbreviations, passive, subjunctive, genitive; compounds parted; short sentences;
no special characters and no insertions in brackets), DIN SPEC 33429:2025-03 "Empfehlungen für Deutsche Leichte
Sprache" and the rules of the Netzwerk Leichte Sprache (one statement a sentence, each sentence on a line of its own,
digits instead of number words, no Roman numerals). Mediopunkt as a joint: Maaß, "Leichte Sprache. Das Regelbuch"
(2015). Not tested, because it takes a reader: whether words are known and explained, whether a negation is needed, and
whether the target group understands the text. Each pattern rather misses a case than reports a right sentence.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.text.number_words import NUMBER_WORDS

LONGEST_WORD = 14
"""Letters up to which a compound may stay whole. The rules say "long"; this is our own limit."""

_NOUN = r"[A-ZÄÖÜ][\w·-]+"
_ARTICLE = r"(?:[Dd]ie|[Dd]as|[Dd]er|den|dem|[Ee]ine?|einen|einem|einer|[Ii]hre?[mnr]?)"
_GENITIVE_S = re.compile(rf"\b(?:[Dd]es|[Ee]ines|meines|deines|seines|[Ii]hres|unseres)\s(?:\w+en\s){{0,2}}{_NOUN}")
_GENITIVE_R = re.compile(
    rf"\b{_ARTICLE}\s(?:\w+\s)?{_NOUN}\s(?:der|einer|[Ii]hrer|dieser|unserer)\s(?:\w+en\s)?{_NOUN}"
)
_GIVES = re.compile(
    r"(?i)\b(?:ge[bh]|gib|gab|zeig|sag|schick|bring|helf|hilf|schreib|antwort|erklär|gehör|mail|send|reich)"
)
"""With these verbs "der" after a noun rather begins a dative: "Sie geben den Brief der Mitarbeiterin"."""
_SUBJUNCTIVE = re.compile(
    r"(?i)\b(?:würde|wäre|hätte|könnte|müsste|dürfte|sollte|bräuchte|gäbe|käme|ginge|ließe|stünde|wüsste)(?:n|st|t)?\b"
)
_AUXILIARY = r"(?:werden|wird|wurden?|worden|werde)"
_PARTICIPLE_T = r"(?:\w*ge\w{2,}t|(?:be|ver|er|ent|zer|über|unter)\w{3,}t|\w{2,}iert)"
_PARTICIPLE = rf"(?:{_PARTICIPLE_T}|\w*ge\w{{2,}}en|(?:be|ver|er|ent|zer|über|unter)\w{{3,}}en)"
_PASSIVE_END = re.compile(rf"\b({_PARTICIPLE})\s{_AUXILIARY}\b")
_PASSIVE_FRAME = re.compile(
    rf"(?i:\b(?:wird|werden|wurden?)\b)[^,;:]*\s({_PARTICIPLE_T}|(?!gehen|geben|gelten)\w*ge[^r]\w+en)(?=[.!?]?$)"
)
_PASSIVE_PAST = re.compile(rf"(?i:\bwurden?\b)[^,;:]*\s({_PARTICIPLE})(?=[.!?]?$)")
_NO_PARTICIPLES = frozenset(
    "bereit bekannt unbekannt verwandt gesamt gerecht gesund gewohnt geeignet bewusst erst ernst gelangen gehören "
    "gewinnen genießen gestalten gefallen genügen gelingen geschehen geraten".split()
)
"""Adjectives that look like one, and infinitives: "Sie werden gewinnen" is future."""
_ABBREVIATION = re.compile(
    r"(?<!\w)(?:z\. ?B\.|d\. ?h\.|u\. ?a\.|o\. ?ä\.|i\. ?d\. ?R\.|u\. ?U\.|bzw\.|usw\.|ggf\.|evtl\.|etc\.|ca\.|inkl\.|"
    r"exkl\.|zzgl\.|max\.|min\.|Nr\.|Abs\.|Art\.|Str\.|Tel\.|vgl\.|sog\.|Std\.|Mio\.|bspw\.|gem\.|insb\.|lt\.|Dr\.)"
)
_CLAUSE = re.compile(
    r",\s(?:(?:dass|weil|wenn|obwohl|ob|damit|nachdem|bevor|während|sodass|indem|falls|sobald|solange|wer|wo|wie|was|"
    r"welche[mnrs]?|denen|deren|dessen)\s|(?:in |mit |von |für )?(?:der|die|das|den|dem)\s(?=[a-zäöü]|Sie\b|Ihnen\b))"
)
"""A conjunction or relative pronoun after a comma. Before a noun "die" is rather an article: "den Pass, die Karte"."""
_MAIN_CLAUSES = re.compile(r"\b(?:und|oder|aber|sondern|denn)\s(?:er|sie|Sie|wir|ich|es|man|dann)\s\w+")
_WORD = re.compile(r"[^\W\d_]+")
_NAMES = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[+(]?\d[\d ()/.:,-]*\d")
"""Addresses and numbers of several digits, which have marks of their own."""
_SYMBOL = re.compile(r"[§%&/;<>=+~#\[\](){}–—…]")
_ROMAN = re.compile(r"\b(?=[IVX]{2,})X{0,3}(?:IX|IV|V?I{0,3})\b")
_NUMBER_WORD = re.compile(r"[^\W\d_]+")
_GERMAN_NUMBERS = frozenset(NUMBER_WORDS)
_LONGEST = 600
"""Characters of a sentence that is looked at; longer ones are reported for their length."""
_DERIVED = ("mitarbeiter", "voraussetzung", "informieren", "verantwort")
"""Beginnings of long words that have no two nouns to part."""


class EasyRule(StrEnum):
    """What a sentence in Leichte Sprache must not have; the values are finding codes."""

    GENITIVE = "easy-genitive"
    SUBJUNCTIVE = "easy-subjunctive"
    PASSIVE = "easy-passive"
    ABBREVIATION = "easy-abbreviation"
    CLAUSES = "easy-clauses"
    COMPOUND = "easy-compound"
    NUMBER = "easy-number"
    SYMBOL = "easy-symbol"


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule that a sentence breaks."""

    rule: EasyRule
    words: str
    """The part of the sentence that breaks it."""


def breaches(sentence: str) -> Iterator[Breach]:
    """The rules that a sentence breaks, each once, with the first words that break it."""
    looked_at = sentence[:_LONGEST]
    for rule, find in _FINDERS.items():
        if words := find(looked_at):
            yield Breach(rule, words)


def _genitive(sentence: str) -> str | None:
    found = _GENITIVE_S.search(sentence)
    if found is None and not _GIVES.search(sentence):
        found = _GENITIVE_R.search(sentence)
    return found and found.group()


def _passive(sentence: str) -> str | None:
    for pattern in (_PASSIVE_END, _PASSIVE_FRAME, _PASSIVE_PAST):
        for found in pattern.finditer(sentence):
            if found.group(1)[0].islower() and found.group(1) not in _NO_PARTICIPLES:
                return found.group()
    return None


def _clause(sentence: str) -> str | None:
    found = _CLAUSE.search(sentence) or _MAIN_CLAUSES.search(sentence)
    return found and found.group().strip(" ,")


def _compound(sentence: str) -> str | None:
    for word in _WORD.findall(_NAMES.sub(" ", sentence)):
        if len(word) > LONGEST_WORD and not word.casefold().startswith(_DERIVED):
            return str(word)
    return None


def _number_word(sentence: str) -> str | None:
    words = _NUMBER_WORD.findall(sentence)
    return next((word for word in words if word.casefold() in _GERMAN_NUMBERS), None) or _first(_ROMAN, sentence)


def _symbol(sentence: str) -> str | None:
    return _first(_SYMBOL, _NAMES.sub(" ", sentence))


def _first(pattern: re.Pattern[str], sentence: str) -> str | None:
    found = pattern.search(sentence)
    return found and found.group()


_FINDERS: dict[EasyRule, Callable[[str], str | None]] = {
    EasyRule.GENITIVE: _genitive,
    EasyRule.SUBJUNCTIVE: lambda sentence: _first(_SUBJUNCTIVE, sentence),
    EasyRule.PASSIVE: _passive,
    EasyRule.ABBREVIATION: lambda sentence: _first(_ABBREVIATION, sentence),
    EasyRule.CLAUSES: _clause,
    EasyRule.COMPOUND: _compound,
    EasyRule.NUMBER: _number_word,
    EasyRule.SYMBOL: _symbol,
}
