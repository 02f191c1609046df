"""Lexical terms of a text: folded, stemmed, compounds taken apart.

Umlauts fold to ae, oe, ue and ß to ss before stemming, so that "Gebuehr" and "Gebühr" meet. A compound also counts
as its parts ("Personalausweis" gives personalausweis, personal, ausweis) when the vocabulary knows them.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import Stemmer
import yaml

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_INFINITIVE = re.compile(r"^(ab|an|auf|aus|ein|mit|nach|um|vor|zurueck)zu(\w{3,}n)$")
_FOREIGN_PLURAL = re.compile(r"^\w{2,}[^aeiouy][aoy]s$")
_FOLDS = str.maketrans({
    **{"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"},
    **{"ı": "i", "\u0307": None, "ё": "е", "ґ": "г"},
    **dict.fromkeys("أإآٱ", "ا"), **{"ى": "ي", "ة": "ه", "\u0640": None},
    **dict.fromkeys(map(chr, range(0x64B, 0x653))),
})  # fmt: skip
"""Umlauts; the Turkish i with and without its dot; letters that Cyrillic and Arabic texts write one for the other, and
the marks of Arabic vowels, which few people type."""
_APOSTROPHE = re.compile(r"(?<=[а-яіїєґ])['’`´ʼ](?=[а-яіїєґ])")
"""Part of a word in Ukrainian ("сім'я"); elsewhere it ends one ("Almanya'da")."""
_LINKS = ("", "s", "es", "n", "en", "er", "e")
_LEGAL_NAMES_FILE = Path(__file__).with_name("legal_names.yaml")
_SHORTEST_PART = 4
_LONGEST_WORD = 60

STOP_WORDS = frozenset(
    """ab aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis bist bitte da dabei dafuer
    damit dann das dass dazu dem den denn der des dich die dies diese diesem diesen dieser dieses dir doch dort
    du durch eigentlich ein eine einem einen einer eines er es etwas euch fuer gern gerne gibt habe haben hat
    hier hallo ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in ist ja jede jeden jeder kann koennen koennte
    man mein meine meinem meinen meiner meines mich mir mit mal moechte muss muessen nach noch nun nur ob oder schon
    sehr sein seine seinem seinen seiner seines sich sie sind so soll sollte ueber um und uns unser unsere unserem
    unseren unserer unseres vom von vor war waere was weil welche welchem welchen welcher welches wenn wer werden wie
    wieso wird wo wofuer woher wohin wuerde zu zum zur zwar n ne nen gehts
    a an and any are as at be by can could do does for from get got have hello hi how i if in is it me my need
    of on or our please should that the there they this to want was we what when where which who will with would
    you your""".split()
)
"""Words without topic. Negations (nicht, kein, ohne) stay: they change the meaning."""

GENERIC_WORDS = frozenset(
    """brauche brauchen benoetige benoetigt gebraucht unterlagen dokumente kosten kostet kostenlos gebuehr
    gebuehren teuer dauert dauer lange lang online termin zeit frist amt buero zustaendig mitbringen mitnehmen
    dabei beantragen beantragt beantrage bekomme bekommen bekommt kriege krieg kriegt kriegen geht gehen machen
    mache macht geld euro formular antrag antraege persoenlich abholen jemand anders ausserdem genau schnell
    schneller viel wieviel hoch hoeher tun telefonnummer adresse wann gilt gueltig voraussetzungen voraussetzung
    bezahlen bezahle zahlen zahle zahlt karte bar stadt musterstadt hilfe frage fragen wissen sagen wuesste
    weiss danke vielen liebe gruesse guten tag neu neue neuen neuer neues alt alte alten heute jetzt gerade
    moeglich vielleicht erst einfach immer wohl denn doch halt blechen
    documents long cost costs fee fees much take takes apply appointment bring need pay new get office know tell
    thanks""".split()
)
"""Words that any service could be asked about: they say what is wanted, not of which service."""

_STEMMER = Stemmer.Stemmer("german")


def fold(text: str) -> str:
    """Case-folded, umlauts spelled out, however they were encoded; other scripts in their plainest spelling."""
    if text.isascii():  # most words, and nothing but their case to fold
        return text.lower()
    return _APOSTROPHE.sub("", unicodedata.normalize("NFC", text.casefold())).translate(_FOLDS)


def words(text: str) -> list[str]:
    """Folded words in order, numbers included; overlong strings are cut."""
    return [word[:_LONGEST_WORD] for word in _WORD.findall(fold(text))]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Snowball stem of a folded word; it knows no plurals such as "Autos", "Kitas", "Babys"."""
    return str(_STEMMER.stemWord(word[:-1] if _FOREIGN_PLURAL.search(word) else word))


GENERIC_STEMS = frozenset(map(stem, GENERIC_WORDS))
"""Stems of the words that any service could be asked about."""


def content_words(text: str) -> list[str]:
    """Folded words that carry topic: neither stop words nor single letters; "abzumelden" counts as "abmelden"."""
    kept = (word for word in words(text) if word not in STOP_WORDS and (len(word) > 1 or word.isdigit()))
    return [_INFINITIVE.sub(r"\1\2", word) for word in kept]


def with_laws_named(text: str) -> str:
    """The text with the names of laws for their abbreviations: "nach PAuswG" gives "nach Personalausweisgesetz"."""
    names = _legal_names()
    return _WORD.sub(lambda match: names.get(fold(match.group()), match.group()), text)


def search_words(text: str) -> list[str]:
    """Like `content_words`, laws by their name."""
    return content_words(with_laws_named(text))


@lru_cache(maxsize=1)
def _legal_names() -> dict[str, str]:
    entries: dict[str, str] = yaml.safe_load(_LEGAL_NAMES_FILE.read_text(encoding="utf-8"))
    return {fold(short): name for short, name in entries.items()}


@dataclass(frozen=True)
class Vocabulary:
    """Known words (folded, unstemmed), by which compounds are taken apart."""

    known: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Vocabulary":
        """All words of at least four letters in the texts."""
        return cls(
            frozenset(word for text in texts for word in words(text) if len(word) >= _SHORTEST_PART and word.isalpha())
        )

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(stem(word) for word in self.known)

    def parts(self, word: str) -> tuple[str, ...]:
        """The known parts of a compound; when only its head or its beginning is known, that part alone."""
        if len(word) < 2 * _SHORTEST_PART or not word.isalpha():
            return ()
        return self._split(word) or self._known_end(word)

    def _split(self, word: str) -> tuple[str, ...]:
        for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            base = self._base(word[:cut])
            if base is None:
                continue
            tail = word[cut:]
            if self._knows(tail):
                return (base, tail)
            rest = self._split(tail) if len(tail) >= 2 * _SHORTEST_PART else ()
            if rest:
                return (base, *rest)
        return ()

    def _known_end(self, word: str) -> tuple[str, ...]:
        """Its longest known ending (the head of a German compound), else its longest known beginning."""
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART):
            if self._knows(word[cut:]):
                return (word[cut:],)
        for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART, -1):
            base = self._base(word[:cut])
            if base is not None and len(base) > _SHORTEST_PART:
                return (base,)
        return ()

    def _knows(self, word: str) -> bool:
        return word in self.known or stem(word) in self._stems

    def _base(self, head: str) -> str | None:
        for link in _LINKS:
            base = head.removesuffix(link) if link else head
            if len(base) >= _SHORTEST_PART and head.endswith(link) and base in self.known:
                return base
        return None

    def terms(self, text: str) -> list[str]:
        """Terms for index and query: each content word's stem, then the stems of its parts."""
        return [term for group in self.term_groups(text) for term in group]

    def term_groups(self, text: str) -> list[tuple[str, ...]]:
        """Like `terms`, kept together a word: (whole word's stem, stems of its parts...)."""
        return [(stem(word), *(stem(part) for part in self.parts(word))) for word in search_words(text)]
