"""Finds file references and licence plates."""

import re
from collections.abc import Iterator

from app.answering.personal_spans import PersonalData, Span

_STRONG = (
    r"aktenzeichen|az\.?|gz\.?|geschäftszeichen|geschäfts-?\s?nr\.?|kassenz(?:eichen|\.)|buchungszeichen|"
    r"personenkonto|mandatsreferenz|"
    r"(?:vorgangs|bescheid|kunden|antrags|fall|personen|bg|kindergeld|rechnungs|vertrags|mitglieds|verfahrens|"
    r"register|buchungs|ticket|akten|"
    r"bürger|debitoren|objekt|bedarfsgemeinschafts|termin|mahnungs|beleg|gewerbe|matrikel|personal)-?\s?(?:nummer|"
    r"nr\.?)|"
    r"(?:case|file|reference|application|customer|invoice|booking) (?:number|no\.?|id)|référence|numéro de dossier|"
    r"dosya n(?:o|umara\w{0,4})|"
    r"номер (?:дела|справи|заявки|заяви)|дело №|справа №|رقم الملف|رقم المعاملة"
)
_WEAK = (
    r"unser zeichen|ihr zeichen|mein zeichen|zeichen|vorgang|in der sache|bescheid|rechnung|mahnung|bußgeldbescheid|"
    r"(?!telefon|handy|mobil|ruf|notruf|fax|haus|steuer|ausweis|pass|konto|karten|versicher|zimmer|raum|linien|form|"
    r"personalausweis)"
    r"[a-zäöüß]{3,24}-?(?:nummer|nr\.)"
)
_BETWEEN = r"(?:\s?(?:ist|lautet|war|is|est|nr\.?|nummer|vom|unter|mit der nummer|:|=))?[\s:.]{0,3}(?i:az\.?\s)?"
_PIECE = r"[A-Za-z0-9][A-Za-z0-9./_-]{0,30}"
_VALUE = rf"({_PIECE}(?: (?:[A-Z][A-Za-z]{{0,4}} )?[0-9./_-]{{2,20}}){{0,3}})(?![,.]?\d)"
_STRONG_CUE = re.compile(rf"(?i)(?<!\w)(?:{_STRONG})(?!\w){_BETWEEN}(?-i:{_VALUE})")
_WEAK_CUE = re.compile(rf"(?i)(?<!\w)(?:{_WEAK})(?!\w){_BETWEEN}(?-i:{_VALUE})")
_FEWEST_DIGITS_STRONG = 3
_FEWEST_DIGITS_WEAK = 5
_DATE = re.compile(r"^\d{1,2}\.\d{1,2}\.\d{2,4}$")

_PLATE = re.compile(r"(?<![\w-])([A-ZÄÖÜ]{1,3})-\s?[A-Z]{1,2}[ -]?\d{1,4}[EH]?(?![\w-])")
_PLATE_SPACED = re.compile(r"(?<![\w-])([A-ZÄÖÜ]{1,3}) [A-Z]{1,2} ?\d{1,4}[EH]?(?![\w-])")
_PLATE_CUE = re.compile(
    r"(?i)(?<!\w)(?:kennzeichen|nummernschild|licen[cs]e plate|number plate|plaka|plaque|immatriculation)"
    r"(?:\s?(?:ist|lautet|is|:|=|-|nr\.?))?[\s:]{0,3}(([a-zäöü]{1,3})[ -][a-z]{1,2} ?-?\d{1,4}[eh]?)(?!\w)"
)
_PLATE_FOREIGN = re.compile(
    r"(?i:kennzeichen|nummernschild|licen[cs]e plate|number plate)\s(\d{2,4} ?[A-Z]{2,3}|"
    r"[A-Z]{1,3} ?\d{3,5} ?[A-Z]{0,3})(?!\w)"
)
_VEHICLE = re.compile(
    r"(?i)(?:kennzeichen|nummernschild|auto|wagen|pkw|lkw|fahrzeug\w{0,6}|motorrad|roller|anhänger|kfz|car|plate|"
    r"vehicle|машин\w{0,3}|araba\w{0,3})(?!\w).{0,30}$"
)
_NOT_PLATES = frozenset(
    {"DIN", "SGB", "ISO", "EU", "EN", "EG", "BGB", "UN", "IT", "TV", "PC", "ID", "VHS", "PLZ", "RE", "RB", "ICE"}
)
_WORDS_BEFORE_FIGURES = frozenset(
    "für bis mit von und ab zu in an im am um der die das nur es ich pro je auf oder".split()
)
_LOOK_BACK = 50


def find_file_numbers(text: str) -> Iterator[Span]:
    """What follows "Aktenzeichen", "Kassenzeichen", "Kundennummer" and the like."""
    for expression, fewest in ((_STRONG_CUE, _FEWEST_DIGITS_STRONG), (_WEAK_CUE, _FEWEST_DIGITS_WEAK)):
        for match in expression.finditer(text):
            value = match.group(1).rstrip(".-_/ ")
            if sum(char.isdigit() for char in value) >= fewest and not _DATE.match(value):
                yield Span(match.start(1), match.start(1) + len(value), PersonalData.FILE_NUMBER)


def find_licence_plates(text: str) -> Iterator[Span]:
    """German licence plates: written with a hyphen, or with spaces where a vehicle or a plate is spoken of."""
    for match in _PLATE.finditer(text):
        if match.group(1) not in _NOT_PLATES:
            yield Span(match.start(), match.end(), PersonalData.LICENCE_PLATE)
    for match in _PLATE_SPACED.finditer(text):
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        if match.group(1) not in _NOT_PLATES and _VEHICLE.search(before):
            yield Span(match.start(), match.end(), PersonalData.LICENCE_PLATE)
    for match in _PLATE_FOREIGN.finditer(text):
        yield Span(match.start(1), match.end(1), PersonalData.LICENCE_PLATE)
    for match in _PLATE_CUE.finditer(text):
        if match.group(2).casefold() not in _WORDS_BEFORE_FIGURES:
            yield Span(match.start(1), match.end(1), PersonalData.LICENCE_PLATE)
