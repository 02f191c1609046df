"""References to law: the value, its German notation, and how texts write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from ingest.fact_span import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class LegalReference:
    """Sections or articles of one law."""

    sections: tuple[str, ...]
    """Each as "28 Abs. 1", a range as "29–35"."""
    law: str = ""
    """Its abbreviation; its name where the text has none; empty where it says neither."""
    sign: Literal["§", "Art."] = "§"
    span: Span = field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        several = self.sign == "§" and (len(self.sections) > 1 or "–" in self.sections[0])
        return f"{'§§' if several else self.sign} {', '.join(self.sections)} {self.law}".strip()


_PARTS = {
    "abs": "Abs.", "absatz": "Abs.", "paragraph": "Abs.", "nr": "Nr.", "nummer": "Nr.", "number": "Nr.",
    "satz": "Satz", "sentence": "Satz", "s": "Satz", "buchst": "Buchst.", "buchstabe": "Buchst.", "lit": "Buchst.",
    "unterabs": "Unterabs.", "halbsatz": "Halbsatz",
}  # fmt: skip
_DETAIL = (
    r"(?:\s?,?\s?(?:Unterabs\.|Abs\.|Absatz|Nr\.|Nummer|Satz|S\.|Halbsatz|Buchst\.|Buchstabe|lit\.|paragraph|sentence)"
    r"\s?(?:\d{1,3}[a-z]{0,2}|[a-z]{1,2})\b)"
)
_SECTION = rf"\d{{1,4}}(?:\s?[a-z](?![\w]))?(?:{_DETAIL}){{0,4}}"
_REFERENCE = re.compile(
    rf"(?P<sign>§§?|\bArt\.|\bArtikel|\bArticles?)\s?(?P<sections>{_SECTION}"
    rf"(?:\s?(?:,|und|sowie|and|bis|to|–|-)\s?{_SECTION}){{0,12}})"
)
_ONE_SECTION = re.compile(
    rf"(?P<through>(?:bis|to|–|-)\s?)?(?P<number>\d{{1,4}})(?:\s?(?P<letter>[a-z])(?!\w))?(?P<details>(?:{_DETAIL}){{0,4}})"
)
_ONE_DETAIL = re.compile(r"(?P<part>[A-Za-z]+)\.?\s?(?P<value>\d{1,3}[a-z]{0,2}|[a-z]{1,2})\b")
_SHORT_LAW = (
    r"[A-ZÄÖÜ][A-Za-zÄÖÜäöü-]{0,15}[A-ZÄÖÜ][A-Za-zÄÖÜäöü]{0,15}(?![\w-])"
    r"(?:\s(?:NRW|NW|[IVX]{1,4}|[A-Z]{2}|20\d\d)(?!\w)){0,2}"
)
_LAW = re.compile(
    r"\s(?:(?:des|der|vom|im|of the)\s)?(?:"
    r"[A-ZÄÖÜ][^\n.;,()§]{3,90}?\s\((?P<bracket>[A-ZÄÖÜ][^()\n;]{0,20}?[A-ZÄÖÜ][^()\n;]{0,20})\)"
    rf"|(?P<short>{_SHORT_LAW})"
    r"|(?P<named>[A-ZÄÖÜ][\w-]{0,60}(?:gesetz(?:buch)?|ordnung|satzung|verordnung)(?:e?s)?)(?!\w))"
)
_JOINT = re.compile(r"\s?(?:,|und|sowie|and)\s?")


def read_law(text: str) -> Iterator[LegalReference]:
    """All sections and articles; of several before one law ("§ 1 und § 2 BGB") each has it."""
    waiting: list[LegalReference] = []
    for match in _REFERENCE.finditer(text):
        if waiting and not _JOINT.fullmatch(text, waiting[-1].span.end, match.start()):
            yield from waiting
            waiting = []
        law = _LAW.match(text, match.end())
        found = LegalReference(
            _sections(match["sections"]),
            _law(law) if law else "",
            "§" if "§" in match["sign"] else "Art.",
            Span(match.start(), law.end() if law else match.end()),
        )
        if law is None:
            waiting.append(found)
            continue
        yield from (replace(earlier, law=found.law) for earlier in waiting)
        yield found
        waiting = []
    yield from waiting


def _law(match: re.Match[str]) -> str:
    """ "(Bundesmeldegesetz, BMG)" gives its last part, as the shortest name stands last."""
    return str(match["short"] or match["named"] or match["bracket"].rpartition(",")[2].strip())


def _sections(written: str) -> tuple[str, ...]:
    sections: list[str] = []
    for match in _ONE_SECTION.finditer(written):
        details = [f"{_PARTS[part.casefold()]} {value}" for part, value in _ONE_DETAIL.findall(match["details"])]
        section = " ".join([f"{match['number']}{match['letter'] or ''}", *details])
        if match["through"] and sections:
            sections[-1] = f"{sections[-1]}–{section}"
        else:
            sections.append(section)
    return tuple(sections)
