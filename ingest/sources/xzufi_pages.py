"""From the final state of a delivery to one page a service and language."""

import hashlib
import re
from collections.abc import Iterator, Mapping

from app.index.modules import ModuleKind, heading_of
from app.tenants.office import Office
from ingest.sources.assemble import slug_of
from ingest.sources.sections import Page, Section
from ingest.sources.xzufi_objects import Localized, Service, State

_LONGEST_ID = 52
"""Characters; leaves room for the suffix of a language."""
_TAG = re.compile(r"^([a-z]{2})(?:-(.+))?$")
_EASY = re.compile(r"leicht|easy|simple|\bls\b")
_MAIN = "de"


class OfficeNames:
    """Finds the town's office for the name or key of an `organisationseinheit`."""

    def __init__(self, offices: tuple[Office, ...], mapped: Mapping[str, str]) -> None:
        self._mapped = {_folded(name): office for name, office in mapped.items()}
        self._names: dict[str, str] = {}
        for office in offices:
            for name in (
                office.id,
                office.name,
                *office.synonyms,
                *(each for names in office.names.values() for each in names),
            ):
                self._names.setdefault(_folded(name), office.id)

    def office_of(self, key: str, names: tuple[str, ...]) -> str | None:
        """By the table of the source, then by exact names, then by the one office whose name stands in the unit's."""
        folded = [_folded(name) for name in names]
        for table in (self._mapped, self._names):
            for each in (_folded(key), *folded):
                if each in table:
                    return table[each]
        inside = {
            office
            for known, office in self._names.items()
            for name in folded
            if re.search(rf"\b{re.escape(known)}\b", name)
        }
        return inside.pop() if len(inside) == 1 else None


def pages_of(file: str, service: Service, state: State, offices: OfficeNames) -> Iterator[Page]:
    """The original first, then its translations. A service without a title in any language has a page without one."""
    base = _id(service.key)
    languages = _languages(service)
    original = next((each for each in languages if _main(each)), languages[0])
    for language in (original, *(each for each in languages if each != original)):
        yield _page(file, service, state, offices, base, language, original)


def _page(
    file: str, service: Service, state: State, offices: OfficeNames, base: str, language: str, original: str
) -> Page:
    is_original = language == original
    code, variant = _code_and_variant(language)
    suffix = "" if is_original else f"-{code}" if variant == "standard" else f"-{code}-leicht"
    titles = _in(service.titles, language, is_original) or _in(service.titles, original, True)
    synonyms = _in(service.synonyms, language, is_original)
    fields: dict[str, object] = {
        "id": base + suffix,
        "translation_of": None if is_original else base,
        "language": code,
        "variant": variant if variant != "standard" else None,
        "leika_key": service.leika_key,
        "synonyms": tuple(dict.fromkeys(each for each in synonyms if each not in titles[:1])) or None,
        "office": _office(service, state, offices),
        "online_service_url": _online_service(service, state, language),
        "source_url": service.source_url,
        "owner": _first(service.author, language),
        "reviewed_by": _first(service.reviewed_by, language),
        "reviewed_on": service.reviewed_on,
        "valid_from": service.valid_from,
        "valid_until": service.valid_until,
    }
    return Page(
        name=f"{file}#{service.key}{'' if is_original else f'@{language}'}",
        title=titles[0] if titles else "",
        sections=tuple(_sections(service, language, is_original, code)),
        fields={name: value for name, value in fields.items() if value is not None},
        findings=service.findings if is_original else (),
    )


def _sections(service: Service, language: str, is_original: bool, code: str) -> Iterator[Section]:
    """Modules in the order of FIM; the same text of two modules of a kind stands once."""
    for kind in ModuleKind:
        texts = [
            each
            for each in service.texts
            if each.kind is kind and (each.language == language or (is_original and not each.language))
        ]
        if texts:
            joined = "\n\n".join(dict.fromkeys(each.text for each in texts))
            yield Section(heading_of(kind, code), joined, texts[0].line)


def _languages(service: Service) -> list[str]:
    """Languages that have texts, in the order of the delivery."""
    stated = [each.language for each in service.texts if each.language]
    return list(dict.fromkeys(stated)) or [next((each.language for each in service.titles if each.language), _MAIN)]


def _main(language: str) -> bool:
    return _code_and_variant(language) == (_MAIN, "standard")


def _code_and_variant(language: str) -> tuple[str, str]:
    """ISO 639-1 and the variant of a language tag: "de-x-leicht" is Leichte Sprache, "en-GB" English."""
    match = _TAG.match(language.casefold().replace("_", "-"))
    if match is None:
        return language.casefold(), "standard"
    return match[1], "leicht" if match[2] and _EASY.search(match[2]) else "standard"


def _office(service: Service, state: State, offices: OfficeNames) -> str | None:
    """The first office that is known; else the name of the first unit, so that the check can report it."""
    units = [state.units[key] for key in state.holders_of(service.key) if key in state.units]
    for unit in units:
        if office := offices.office_of(unit.key, tuple(name.text for name in unit.names)):
            return office
    return next((name.text for unit in units for name in unit.names), None)


def _online_service(service: Service, state: State, language: str) -> str | None:
    found = (state.online_services.get(key) for key in state.holders_of(service.key))
    return next((url for each in found if each and (url := _first(each.urls, language))), None)


def _in(texts: tuple[Localized, ...], language: str, with_unmarked: bool) -> list[str]:
    return [each.text for each in texts if each.language == language or (with_unmarked and not each.language)]


def _first(texts: tuple[Localized, ...], language: str) -> str | None:
    """In this language, else in German, else whatever there is."""
    ranked = sorted(texts, key=lambda each: (each.language != language, not _main(each.language or _MAIN)))
    return ranked[0].text if ranked else None


def _id(key: str) -> str:
    """A key as an id; one that is long or has other letters gets a checksum, so that ids stay distinct."""
    slug = slug_of(f"{key}.xml")
    if len(slug) <= _LONGEST_ID and slug == key.casefold().replace("_", "-") and len(slug) > 1:
        return slug
    digest = hashlib.sha256(key.encode()).hexdigest()[:8]
    return f"{slug[: _LONGEST_ID - 9].rstrip('-') or 'leistung'}-{digest}"


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
