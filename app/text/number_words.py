"""Numbers from 2 on that are written as words, German and English."""

import re

_SMALL = {
    "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11,
    "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16, "siebzehn": 17, "achtzehn": 18,
    "neunzehn": 19, "hundert": 100, "einhundert": 100, "tausend": 1000, "eintausend": 1000,
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "hundred": 100, "thousand": 1000,
}  # fmt: skip
_GERMAN_TENS = ("zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")
_ENGLISH_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_GERMAN_ONES = ("", "einund", "zweiund", "dreiund", "vierund", "fünfund", "sechsund", "siebenund", "achtund", "neunund")
_ENGLISH_ONES = ("", "-one", "-two", "-three", "-four", "-five", "-six", "-seven", "-eight", "-nine")
NUMBER_WORDS = {
    **_SMALL,
    **{f"{one}{ten}".casefold(): tens * 10 + ones
       for tens, ten in enumerate(_GERMAN_TENS, start=2) for ones, one in enumerate(_GERMAN_ONES)},
    **{f"{ten}{one}": tens * 10 + ones
       for tens, ten in enumerate(_ENGLISH_TENS, start=2) for ones, one in enumerate(_ENGLISH_ONES)},
}  # fmt: skip
"""Value by case-folded word."""

NUMBER_WORDS_PATTERN = "|".join(
    [
        f"(?:{'|'.join(_GERMAN_ONES[1:])})?(?:{'|'.join(_GERMAN_TENS)}|dreissig)",
        f"(?:{'|'.join(_ENGLISH_TENS)})(?:{'|'.join(_ENGLISH_ONES[1:])})?",
        *sorted(_SMALL, key=len, reverse=True),
    ]
)
"""Matches the same words (without case, "ß" as written or as "ss"), many times faster than a list of them."""

_BELOW_HUNDRED = rf"{NUMBER_WORDS_PATTERN}|eins?|one"
_HUNDREDS = re.compile(
    rf"(?:(?P<thousands>{_BELOW_HUNDRED})?(?P<thousand>tausend))?(?:(?P<hundreds>{_BELOW_HUNDRED})?(?P<hundred>hundert))?"
    rf"(?:und)?(?P<rest>{_BELOW_HUNDRED})?"
)
LARGE_NUMBER_PATTERN = r"[a-zäöüß]{0,30}(?:hundert|tausend)[a-zäöüß]{0,40}"
"""Matches what may be a German number from 100 on; `large_number` says whether it is one."""


def large_number(word: str) -> int | None:
    """The value of a German number word from 100 to 99,999 ("zweihundertfünfzig"); None for any other word."""
    match = _HUNDREDS.fullmatch(word.casefold())
    if match is None or not (match["thousand"] or match["hundred"]):
        return None
    thousands = _below_hundred(match["thousands"] or "ein") * 1000 if match["thousand"] else 0
    hundreds = _below_hundred(match["hundreds"] or "ein") * 100 if match["hundred"] else 0
    return thousands + hundreds + (_below_hundred(match["rest"]) if match["rest"] else 0)


def _below_hundred(word: str) -> int:
    return NUMBER_WORDS.get(word, 1)
