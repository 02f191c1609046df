"""One form for both genders, for the search only: "meine Tochter" and "mein Sohn" are looked up as the same child.

Never shown, recorded or drafted from, so it may be crude: endings and pronouns are made alike, not correct.
"""

import re

_KIN = {
    "kind": "sohn tochter söhne töchter",
    "partner": "mann frau ehemann ehefrau freund freundin partnerin",
    "elternteil": "vater mutter papa mama mutti vati",
    "großeltern": "opa oma großvater großmutter grossvater grossmutter",
    "geschwister": "bruder schwester",
    "verwandte": "onkel tante cousin cousine neffe nichte schwager schwägerin",
    "nachbar": "nachbarn nachbarin",
    "kollege": "kollegen kollegin arbeitskollege arbeitskollegen arbeitskollegin",
    "chef": "chefin",
}
_ONE = {word: one for one, several in _KIN.items() for word in (one, *several.split())}
_PERSON = re.compile(
    rf"\b(?P<own>mein|dein|unser|ihr|sein|ein|kein|d)(?:e[mnrs]?|er|ie|as)?\s+(?P<kin>{'|'.join(_ONE)})\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:(?P<who>er|sie|ihn|ihm)|(?P<whose>sein|ihr)(?:e[mnrs]?))\b")
_FEMININE = re.compile(r"\b(?P<man>\w{3,}(?:er|ent|ist|or|eur|ant|at|är))in(?:nen)?\b")
_ADJECTIVE = re.compile(r"\b(?P<as>als \w+e)r(?= \w+(?:er|ent|ist|or|eur|ant|at|är)\b)")


def one_gender(text: str) -> str:
    """A German text with one form for both genders; pronouns are made alike where somebody's kin is spoken of."""
    text = _ADJECTIVE.sub(r"\g<as>", _FEMININE.sub(r"\g<man>", text))
    made, count = _PERSON.subn(lambda match: f"{match['own']} {_ONE[match['kin'].lower()]}", text)
    return _PRONOUN.sub(lambda match: "er" if match["who"] else "sein", made) if count else text
