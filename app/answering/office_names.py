"""Which offices of the town a question names: exact, inflected, in a compound, misspelt, or in another language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from app.answering.folding import fold
from app.tenants.office import Office
from app.tenants.tenant import Tenant

PLACEHOLDER = "@office"
_ENDINGS = r"(?:e?s|en|e|n|er)?"
_PLURALS = re.compile(r"(?<=\w)aemtern?\b")
_COMPOUND_TAIL = r"(?:oeffnungszeit\w*|sprechzeit\w*|adresse|telefon\w*|nummer|rufnummer|kontakt)"
_TYPO_LENGTH = 7
"""Shorter words are compared exactly: among them one wrong letter is often another word."""
_TYPO_LETTERS = 2
_WORD = re.compile(rf"(?<![@\w])[^\W\d_]{{{_TYPO_LENGTH},40}}(?!\w)")
_TYPO_SIMILARITY = 88.0
"""Of 100 (Indel similarity): about one wrong letter in eight."""


@dataclass(frozen=True, slots=True)
class OfficeMention:
    """One office, and the name that the citizen used for it."""

    office: Office
    name: str
    """As the tenant file spells it."""


@dataclass(frozen=True, slots=True)
class OfficesNamed:
    """A folded question with `@office` in place of the names."""

    text: str
    mentions: tuple[OfficeMention, ...]
    """In order of appearance, each office once."""


def find_offices(folded: str, tenant: Tenant) -> OfficesNamed:
    """Replaces office names in a folded question (see `app.answering.folding`)."""
    text = _PLURALS.sub("amt", folded)
    found: dict[int, OfficeMention] = {}
    names = sorted(_names(tenant), key=lambda entry: len(entry[0]), reverse=True)
    for folded_name, mention in names:
        text = _replaced(text, rf"\b{re.escape(folded_name)}{_ENDINGS}\b", mention, found)
    single = [(name, mention) for name, mention in names if " " not in name and len(name) >= _TYPO_LENGTH]
    for folded_name, mention in single:
        text = _replaced(text, rf"\b{re.escape(folded_name)}s?(?={_COMPOUND_TAIL}\b)", mention, found)
    text = _WORD.sub(lambda match: _typo_replaced(match.group(), single, found), text)
    ordered = [found[int(number)] for number in re.findall(r"@office(\d+)", text)]
    first: dict[str, OfficeMention] = {}
    for mention in ordered:
        first.setdefault(mention.office.id, mention)
    marked = re.sub(r"@office\d+", f"{PLACEHOLDER} ", text)
    return OfficesNamed(re.sub(r" +", " ", marked).rstrip(" "), tuple(first.values()))


def _names(tenant: Tenant) -> Iterator[tuple[str, OfficeMention]]:
    for office in tenant.offices:
        for name in (office.name, *office.synonyms):
            yield fold(name), OfficeMention(office, name)
        for name in (name for names in office.names.values() for name in names):
            yield fold(name), OfficeMention(office, office.name)


def _replaced(text: str, pattern: str, mention: OfficeMention, found: dict[int, OfficeMention]) -> str:
    if not re.search(pattern, text):
        return text
    number = len(found)
    found[number] = mention
    return re.sub(pattern, f"@office{number}", text)


def _typo_replaced(word: str, names: list[tuple[str, OfficeMention]], found: dict[int, OfficeMention]) -> str:
    best, similarity = None, _TYPO_SIMILARITY
    for name, mention in names:
        if abs(len(word) - len(name)) > _TYPO_LETTERS:
            continue
        score = max(fuzz.ratio(word, name), fuzz.ratio(word, name + "s"))
        if score >= similarity:
            best, similarity = mention, score
    if best is None:
        return word
    found[len(found)] = best
    return f"@office{len(found) - 1}"
