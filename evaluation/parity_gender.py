"""A German question with the other gender of a person in it: "mein Mann" for "meine Frau", "Rentner" for "Rentnerin".

Only where a possessive, an article or the word itself shows the form; who is meant by law alone ("der Vater erkennt die
Vaterschaft an") stays as it is.
"""

import re
from functools import lru_cache

_KIN = (
    ("Mann", "Frau"), ("Ehemann", "Ehefrau"), ("Sohn", "Tochter"), ("Bruder", "Schwester"), ("Opa", "Oma"),
    ("Onkel", "Tante"), ("Freund", "Freundin"), ("Nachbar", "Nachbarin"), ("Vermieter", "Vermieterin"),
    ("Kollege", "Kollegin"), ("Partner", "Partnerin"), ("Chef", "Chefin"), ("Cousin", "Cousine"),
    ("Vater", "Mutter"), ("Papa", "Mama"), ("Arbeitskollege", "Arbeitskollegin"),
)  # fmt: skip
_PERSONS = (
    ("Rentner", "Rentnerin"), ("Student", "Studentin"), ("Schüler", "Schülerin"), ("Künstler", "Künstlerin"),
    ("Wahlhelfer", "Wahlhelferin"), ("Bürger", "Bürgerin"), ("Eigentümer", "Eigentümerin"), ("Mieter", "Mieterin"),
    ("Unternehmer", "Unternehmerin"), ("Ausländer", "Ausländerin"), ("Arbeitnehmer", "Arbeitnehmerin"),
)  # fmt: skip
_ALWAYS_MASCULINE_ENDING = {"Kollege": "Kollegen", "Nachbar": "Nachbarn", "Arbeitskollege": "Arbeitskollegen"}
_OWN = ("mein", "dein", "unser", "ihr", "sein", "ein")
_ACCUSATIVE = r"(?:für|fuer|ohne|durch|gegen|um)\s+"
_TO_MASCULINE = re.compile(r"\b(?P<for>für |fuer )?(?:(?P<she>sie)|ihr(?P<ending>e[nmrs]?)(?= \w))\b")
_TO_FEMININE = re.compile(r"\b(?:(?P<he>er|ihn)|(?P<him>ihm)|sein(?P<ending>e[nmrs]?)(?= \w))\b")
"""Pronouns behind the person. "ihr" alone may speak to the town hall."""


def with_other_gender(text: str) -> str | None:
    """The question with the other gender, pronouns included; None when it names nobody whose gender can be told."""
    for pattern, new, to_feminine in _swaps():
        match = pattern.search(text)
        if match is None:
            continue
        changed = match.expand(new)
        if match.group()[0].isupper():
            changed = changed[0].upper() + changed[1:]
        if match.group().islower():
            changed = changed.lower()
        before, after = text[: match.start()], text[match.end() :]
        after = _TO_FEMININE.sub(_feminine, after) if to_feminine else _TO_MASCULINE.sub(_masculine, after)
        return before + changed + after
    return None


def _masculine(match: re.Match[str]) -> str:
    before = match["for"] or ""
    if match["she"]:
        return f"{before}ihn" if before else "er"
    return f"{before}sein{match['ending']}"


def _feminine(match: re.Match[str]) -> str:
    if match["he"]:
        return "sie"
    return "ihr" if match["him"] else f"ihr{match['ending']}"


@lru_cache(maxsize=1)
def _swaps() -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    """Pattern, replacement, and whether it leads to the feminine form; the first that matches counts."""
    found: list[tuple[re.Pattern[str], str, bool]] = []

    def add(pattern: str, new: str, to_feminine: bool) -> None:
        found.append((re.compile(rf"(?<![\w-]){pattern}(?![\w-])", re.IGNORECASE), new, to_feminine))

    for he, she in _KIN:
        oblique = _ALWAYS_MASCULINE_ENDING.get(he, he)
        for own in _OWN:
            add(f"({_ACCUSATIVE}){own}e {she}", rf"\g<1>{own}en {oblique}", to_feminine=False)
            add(f"{own}er {she}", f"{own}em {oblique}", to_feminine=False)
            add(f"{own}e {she}", f"{own} {he}", to_feminine=False)
            add(f"{own}em {oblique}", f"{own}er {she}", to_feminine=True)
            add(f"{own}en {oblique}", f"{own}e {she}", to_feminine=True)
            add(f"{own} {he}", f"{own}e {she}", to_feminine=True)
        add(f"der {he}", f"die {she}", to_feminine=True)
        add(f"die {she}", f"der {he}", to_feminine=False)
    for he, she in _PERSONS:
        add(f"als {he}", f"als {she}", to_feminine=True)
        add(f"als {she}", f"als {he}", to_feminine=False)
        add(f"ich bin {he}", f"ich bin {she}", to_feminine=True)
        add(f"ich bin {she}", f"ich bin {he}", to_feminine=False)
        add(rf"als (\w+)e {she}", rf"als \1er {he}", to_feminine=False)
        add(rf"als (\w+)er {he}", rf"als \1e {she}", to_feminine=True)
    return tuple(found)
