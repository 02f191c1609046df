"""Phone numbers within sentences: kept in order where sentences run from right to left, and one tap away when needed.

Without the first, the groups of a number would stand in the wrong order. As `numbersKept` and `linkNumbers` of the
widget do it.
"""

import re

from markupsafe import Markup, escape

from app.wording.direction import direction

_NUMBER = re.compile(r"(\+?\d[\d ()/-]{3,}\d)")
_EMERGENCY = re.compile(r"(?<!\d)((?:11[0267](?:\s?\d{3})?|0800(?:[\s/-]?\d{2,4}){2,4}))(?!\d)")


def numbers_kept(text: str, language: str) -> Markup:
    """The text as HTML, with numbers of several groups kept from left to right; `language` is ISO 639-1."""
    if direction(language) == "ltr":
        return escape(text)
    parts = [
        Markup('<bdi dir="ltr">{}</bdi>').format(part) if place % 2 else escape(part)
        for place, part in enumerate(_NUMBER.split(text))
    ]
    return Markup("").join(parts)


def numbers_linked(text: str) -> Markup:
    """The text as HTML, with the numbers of emergency and crisis lines as links that call them."""
    parts = [
        Markup('<a href="tel:{}" dir="ltr">{}</a>').format(re.sub(r"\D", "", part), part) if place % 2 else escape(part)
        for place, part in enumerate(_EMERGENCY.split(text))
    ]
    return Markup("").join(parts)
