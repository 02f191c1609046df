"""Finds addresses: a street with its house number and the place with it. A street without a number is a topic."""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.answering.personal_spans import PersonalData, Span
from app.answering.personal_words import personal_words

_CAPITAL = r"[A-ZÄÖÜ][\w'’.-]{0,30}"
_NUMBER = r"\s{0,2}(?!(?:19|20)\d\d(?!\d))\d{1,4}(?![\d])(?:\s?[a-zA-Z](?![\w]))?(?:\s?[-/]\s?\d{1,4}(?!\d))?"
_NOT_A_NUMBER = (
    r"(?![.,:]\d|\s\d(?!\d{4}(?!\d))|\s?(?:%|€|°|[Uu]hr|[Ee]uro|EUR|Prozent|km|Minuten|Stunden|Tage|Jahre|m²|"
    r"\.\s?(?:Jan|Jän|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Klasse|Lebensjahr|Quartal|Kind)))"
)
"""After figures: a price, a time or a date, and no house number. A sentence may end behind a house number."""
_FLOOR = r"(?:,\s?(?:\d{1,2}\.\s?(?:Stock|OG|Etage|Obergeschoss)|EG|DG|Erdgeschoss|Hinterhaus|Wohnung\s\d{1,4}))?"
_PLACE = r"(?:,?\s(?:in\s)?(?:D-)?\d{5}(?!\d)(?:\s[A-ZÄÖÜ][\w.-]{1,40})?)?"
_REST = rf"{_NUMBER}{_NOT_A_NUMBER}{_FLOOR}{_PLACE}"
_PLACE_BEFORE = re.compile(r"(?:D-)?\d{5}\s[A-ZÄÖÜ][\w.-]{1,40}(?:\s[A-ZÄÖÜ][\w.-]{1,40})?,?\s$")
_PREPOSITIONS = (
    r"(?i:am|an der|an den|im|in der|in den|in die|auf der|auf dem|auf den|zum|zur|zu den|unter den|hinter der|"
    r"hinter dem|"
    r"vor dem|vor der|beim|bei der)"
)
_STREET_PREPOSITION = re.compile(rf"(?<!\w){_PREPOSITIONS}\s((?:[A-ZÄÖÜ][\w-]{{1,20}}\s)?{_CAPITAL}){_REST}")
_POST_BOX = re.compile(rf"(?<!\w)(?i:postfach|p\.o\. box)\s\d{{1,3}}(?:\s?\d{{2,3}}){{0,3}}(?!\d){_PLACE}")
_NUMBER_FIRST = re.compile(
    r"(?<![\w.,§-])\d{1,4}[a-z]?(?:\s(?:bis|ter))?,?\s(?:"
    r"(?:[A-Z][\w'’-]{1,20}\s){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Square)(?!\w)"
    r"|(?:rue|avenue|boulevard|chemin|allée|impasse|quai)\s(?:de\s|du\s|des\s|la\s|le\s|les\s|d['’]|l['’]){0,2}"
    r"[A-ZÀ-Ý][\w'’-]{1,30})"
)
"""As English and French write a street: "5 Baker Street", "12 rue de la Gare"."""
_LIVES = re.compile(
    r"(?i)(?:wohn\w{0,8}|adresse|anschrift|gemeldet|umgezogen|zieh\w{0,4}|gezogen|lebe|lebt|leben|zuhause|haus|"
    r"grundstück|"
    r"eigentum|live|living|address|moved? to|habite|adresse|domicile|адрес\w{0,3}|живу|проживаю|мешкаю|адреса|адресу|"
    r"عنواني|أسكن|اسكن|adresim\w{0,4}|oturuyorum)(?!\w).{0,25}$"
)
_LIVES_AFTER = re.compile(r"(?i)\s{1,2}(?:adresinde|'?(?:de|da)\s)?\s?(?:oturuyor|wohn|gemeldet|zu\s?hause)")
_POSTAL_CODE = re.compile(r"(?<!\d)\d{5}(?!\d)")
_FIRST_WORD = re.compile(r"[\s\d]")
_SECOND_WORDS = frozenset(
    "markt hof berg tal feld park platz weg ring damm ufer steig pfad allee gasse tor dorf".split()
)
"""Nouns that name a street after an adjective."""
_LOOK_BACK = 60


def find_addresses(text: str) -> Iterator[Span]:
    """Streets with a house number, and the place before or after them; post boxes."""
    strong, two_words, after_cue = _streets()
    for match in _POST_BOX.finditer(text):
        yield Span(match.start(), match.end(), PersonalData.ADDRESS)
    for match in _NUMBER_FIRST.finditer(text):
        yield Span(match.start(), match.end(), PersonalData.ADDRESS)
    for match in two_words.finditer(text):
        yield _address(text, match)
    for match in strong.finditer(text):
        if _FIRST_WORD.split(match.group().casefold(), maxsplit=1)[0] not in personal_words().no_streets:
            yield _address(text, match)
    for match in _STREET_PREPOSITION.finditer(text):
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        if _is_ordinary(match.group(1)):
            continue
        named = match.group()[0].isupper() and before.strip()[-1:] not in {"", ".", "!", "?", ":"}
        if named or _lives(text, match):
            yield _address(text, match)
    for match in after_cue.finditer(text):
        if not _is_ordinary(match.group(1)) and (_POSTAL_CODE.search(match.group()) or _lives(text, match)):
            yield _address(text, match)


def _lives(text: str, match: re.Match[str]) -> bool:
    """Whether somebody is said to live there."""
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    return _LIVES.search(before) is not None or _LIVES_AFTER.match(text, match.end()) is not None


def _address(text: str, match: re.Match[str]) -> Span:
    before = _PLACE_BEFORE.search(text[max(0, match.start() - _LOOK_BACK) : match.start()])
    length = len(before.group()) if before else 0
    return Span(match.start() - length, match.end(), PersonalData.ADDRESS)


def _is_ordinary(street: str) -> bool:
    """Whether it is a noun with a figure ("Zimmer 12"); "Alter Markt" is a street, "Markt" by itself is not."""
    words = [word.rstrip(".") for word in street.casefold().split()]
    if len(words) == 1:
        return words[0] in personal_words().no_streets
    return any(word in personal_words().no_streets and word not in _SECOND_WORDS for word in words)


@lru_cache(maxsize=1)
def _streets() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """By the ending; by the second of two words; any capitalised word, which counts after "wohne" only."""
    endings = sorted(personal_words().street_endings, key=len, reverse=True)
    ending = "(?:" + "|".join(map(re.escape, endings)) + ")"
    return (
        re.compile(rf"(?i)(?<![\w-])(?:[^\W\d_]{{2,30}}-){{0,3}}(?:[^\W\d_]{{2,30}})?{ending}(?!\w)(?-i:{_REST})"),
        re.compile(rf"(?<!\w){_CAPITAL}(?:\s{_CAPITAL})?\s(?i:{ending}){_REST}"),
        re.compile(rf"(?<!\w)({_CAPITAL}(?:\s{_CAPITAL})?){_REST}"),
    )
