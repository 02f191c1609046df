"""Finds names and addresses of people: by the words that announce them and by the shape of a German street."""

import re
from collections.abc import Iterator

from app.answering.personal_spans import PersonalData, Span

_CAPITAL = r"[A-ZÄÖÜ][\w'’.-]{0,30}"
_PARTICLE = r"(?:(?:von|van|de|der|zu|el|al|bin|Dr\.|Prof\.) ){0,3}"
_FULL_NAME = rf"{_PARTICLE}{_CAPITAL}(?: {_PARTICLE}{_CAPITAL}){{0,2}}"

_TITLE = re.compile(rf"\b(?:Herrn?|Frau|Familie|Mr\.?|Mrs\.?|Ms\.?|Mister)\s({_FULL_NAME})")
_NOT_TITLE_BEFORE = re.compile(
    r"(?i)(?:^|\W)(?:mein|dein|sein|ihr|unser|euer|eur|kein|ein|die|der|den|dem|das|jede|als|junge|alte)(?:e|er|en|em|es)?\s$"
)
"""Before "Frau", these show that it means a wife or a woman, not a title."""

_CALLED = re.compile(
    r"\b(?i:(?:mein|unser|ihr|sein) (?:voller |neuer |alter )?(?:nach|vor|familien)?name (?:ist|lautet)|name[:]|"
    r"ich hei(?:ß|ss)e|(?:sohn|tochter|kind|frau|mann|mutter|vater|baby) hei(?:ß|ss)t|namens|geborene|"
    r"my (?:full |last |first )?name(?: is|['’]s)|i am called)\s{0,2}((?:[^\W\d_][\w'’.-]{0,30} ?){1,3})"
)
_CALLED_BEFORE = re.compile(rf"({_FULL_NAME}),? (?i:ist )?(?i:mein name|heiße ich|heisse ich|is my name)\b")
_I_AM = re.compile(
    rf"\b(?i:ich bin|hier ist|hier schreibt|i am|i['’]m)\s((?:[A-ZÄÖÜ][a-zäöüß'’-]{{1,30}}) (?:[A-ZÄÖÜ][a-zäöüß'’-]{{1,30}}))"
)
_RELATIVE = re.compile(
    r"\b(?i:mein|meine|meinen|meinem|meiner|unser|unsere|unseren|unserem|unserer|my)\s"
    r"(?i:mann|frau|sohn|tochter|kind|mutter|vater|bruder|schwester|oma|opa|nachbar|nachbarin|vermieter|vermieterin|"
    r"son|daughter|husband|wife|mother|father)\s((?:[A-ZÄÖÜ][a-zäöüß'’-]{1,30}) (?:[A-ZÄÖÜ][a-zäöüß'’-]{1,30}))"
)
_SIGNED = re.compile(
    rf"(?i:grü(?:ß|ss)e(?:n)?|\bmfg|\blg|\bregards)[,.]?\s(?i:ihre? |aus \w{{2,30}},? )?({_FULL_NAME})\s*$"
)
_PARTICLES = frozenset({"dr", "prof", "von", "van", "de", "der", "zu", "el", "al", "bin"})
_NO_NAMES = frozenset(
    """mein meine meinen meinem meiner guten hallo bitte danke frage kann muss und oder aber ich wir sie er es jetzt nicht nun auch noch seit nach vor mit bei wie wo was wann der die das den dem
    ein eine einen anders gleich so ja nein leider schon bürgermeister bürgermeisterin oberbürgermeister doktor
    oberbürgermeisterin professor professorin präsident präsidentin minister ministerin dr prof and or but i we not now
    since how where what when falsch richtig geändert deutscher deutsche student studentin rentner rentnerin vater mutter
    alleinerziehend eu ausländer ausländerin neu zugezogen german citizen mayor""".split()
)

_STREET_END = (
    r"(?:straße|strasse|str\.|weg|allee|gasse|platz|ring|ufer|damm|steig|pfad|chaussee|markt|hof|berg|tal|feld|park)"
)
_NUMBER = r"\s{0,2}\d{1,4}(?!\d)(?:\s?[a-zA-Z](?![\w]))?(?:\s?[-/]\s?\d{1,4})?"
_PLACE = r"(?:,?\s(?:in\s)?\d{5}(?:\s[A-ZÄÖÜ][\w.-]{1,40})?)?"
_ENDS_LIKE_STREET = re.compile(rf"(?i){_STREET_END}$")
_STREET = re.compile(
    rf"(?i)(?<!\w)(?:(?:[^\W\d_]{{2,30}}-){{0,3}}[^\W\d_]{{2,30}})?{_STREET_END}(?!\w)(?-i:{_NUMBER}{_PLACE})"
)
_STREET_TWO_WORDS = re.compile(
    rf"(?<!\w){_CAPITAL}\s(?i:straße|strasse|str\.|allee|weg|platz|gasse|ring|ufer)(?:{_NUMBER}{_PLACE})"
)
_STREET_PREPOSITION = re.compile(
    rf"(?<!\w)(?i:am|an der|an den|im|in der|in den|auf der|auf dem|zum|zur|unter den|hinter der|vor dem)\s({_CAPITAL}){_NUMBER}{_PLACE}"
)
_LIVES = re.compile(
    r"(?i)(?:wohn\w{0,8}|adresse|anschrift|gemeldet|umgezogen|zieh\w{0,4}|gezogen|live|living|address|moved? to)\b.{0,25}$"
)
_COMMON_PLACES = frozenset(
    """gehweg radweg fußweg rettungsweg parkplatz stellplatz spielplatz arbeitsplatz studienplatz kitaplatz schulplatz
    kindergartenplatz betreuungsplatz ausbildungsplatz krippenplatz sportplatz bolzplatz liegeplatz schlafplatz sitzplatz
    wertstoffhof recyclinghof friedhof bauhof bahnhof bauernhof hinterhof schulhof weihnachtsmarkt flohmarkt wochenmarkt
    supermarkt trödelmarkt jahrmarkt berg tal feld park hof markt platz weg ring damm ufer steig pfad unterweg
    stichtag montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz april mai juni juli august
    september oktober november dezember jahr alter artikel paragraph paragraf tag monat schalter zimmer raum punkt abschnitt
    klasse stufe gruppe zone bezirk absatz buchstabe betrag wert auto kreis umkreis amt haus stock ersten""".split()
)


def find_names(text: str) -> Iterator[Span]:
    """Names after a title, an introduction, a family member or a closing formula."""
    for match in _TITLE.finditer(text):
        if not _NOT_TITLE_BEFORE.search(text[max(0, match.start() - 12) : match.start()]):
            yield from _name(match)
    for expression in (_CALLED, _CALLED_BEFORE, _I_AM, _RELATIVE, _SIGNED):
        for match in expression.finditer(text):
            yield from _name(match)


def find_addresses(text: str) -> Iterator[Span]:
    """Streets with a house number, and the place after them."""
    for match in _STREET_TWO_WORDS.finditer(text):
        yield Span(match.start(), match.end(), PersonalData.ADDRESS)
    for match in _STREET.finditer(text):
        if re.split(r"[\s\d]", match.group().casefold(), maxsplit=1)[0] not in _COMMON_PLACES:
            yield Span(match.start(), match.end(), PersonalData.ADDRESS)
    for match in _STREET_PREPOSITION.finditer(text):
        if match.group(1).casefold() in _COMMON_PLACES or _ENDS_LIKE_STREET.search(match.group(1)):
            continue
        before = text[max(0, match.start() - 60) : match.start()]
        named = match.group()[0].isupper() and before.strip()[-1:] not in {"", ".", "!", "?", ":"}
        if named or _LIVES.search(before):
            yield Span(match.start(), match.end(), PersonalData.ADDRESS)


def _name(match: re.Match[str]) -> Iterator[Span]:
    """The words of group 1 up to the first that cannot be part of a name; particles only count between names."""
    end = match.start(1)
    for word in re.finditer(r"\S+", match.group(1)):
        bare = word.group().rstrip(".,'’-")
        folded = bare.casefold()
        if folded in _PARTICLES:
            continue
        if folded in _NO_NAMES:
            break
        end = match.start(1) + word.start() + len(bare)
        if bare != word.group():
            break
    if end > match.start(1):
        yield Span(match.start(1), end, PersonalData.NAME)
