"""One `leistung` of XZuFi as a `Service`."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from app.index.modules import ModuleKind, heading_of
from ingest.findings import Finding, Severity
from ingest.sources.xzufi_objects import Localized, Service, ServiceText
from ingest.sources.xzufi_text import markdown_of, text_of
from ingest.sources.xzufi_values import cost_lines, duration_lines, has_values
from ingest.sources.xzufi_xml import (
    Element,
    child,
    children,
    code_of,
    day,
    descendants,
    key_of,
    language_of,
    line_of,
    localized,
    value,
)

_NAME, _CITIZENS_NAME, _AUTHOR = "02", "03", "18"
_KINDS = {
    "05": ModuleKind.TEASER,
    "06": ModuleKind.FULL_TEXT,
    "07": ModuleKind.LEGAL_BASIS,
    "08": ModuleKind.REQUIRED_DOCUMENTS,
    "09": ModuleKind.PREREQUISITES,
    "11": ModuleKind.PROCEDURE,
    "14": ModuleKind.FORMS,
    "15": ModuleKind.NOTES,
    "16": ModuleKind.NOTES,
    "22": ModuleKind.RESPONSIBLE_OFFICE,
    "23": ModuleKind.CONTACT,
    "24": ModuleKind.TEASER,
    "25": ModuleKind.LEGAL_REMEDY,
}
"""Text modules of LeiKa and where they belong: "Kurztext" and "Teaser" are one, so are "Hinweise" and further links."""
_NO_TEXTS = (_NAME, _CITIZENS_NAME, _AUTHOR)
_LEIKA_KEY = re.compile(r"\d{14}")
_URL = re.compile(r"https?://[^\s<>()]+")
_OWN_ELEMENTS: tuple[tuple[str, ModuleKind, Callable[[Element, str, str], list[str]]], ...] = (
    ("modulKosten", ModuleKind.COSTS, cost_lines),
    ("modulFrist", ModuleKind.DEADLINE, duration_lines),
    ("modulBearbeitungsdauer", ModuleKind.PROCESSING_TIME, duration_lines),
)
_FIGURES_IN = "de"
"""Structured values become text in this language only."""


def read_service(element: Element, file: str) -> Service | Finding:
    """The service, or why it cannot be used. Doubtful parts are left out with a finding on the service."""
    line = line_of(element)
    key = key_of(child(element, "id"))
    if key is None:
        return Finding("xzufi-without-id", Severity.ERROR, file, line, "a 'leistung' has no id",
                       "ask whoever made the delivery to correct it")  # fmt: skip
    return _Reader(element, key, f"{file}#{key}").service()


class _Reader:
    def __init__(self, element: Element, key: str, name: str) -> None:
        self._element = element
        self._key = key
        self._name = name
        self._findings: list[Finding] = []

    def service(self) -> Service:
        element = self._element
        formal, citizens = self._contents(_NAME), self._contents(_CITIZENS_NAME)
        release = child(element, "modulFachlicheFreigabe")
        start, end = self._validity()
        return Service(
            key=self._key,
            line=line_of(element),
            titles=(*citizens, *formal),
            texts=tuple(self._texts()),
            synonyms=(*self._terms(), *(formal if citizens else ())),
            leika_key=self._leika_key(),
            reviewed_on=self._day(child(release, "fachlichFreigegebenAm")),
            reviewed_by=localized(children(release, "fachlichFreigegebenDurch")) if release is not None else (),
            author=self._contents(_AUTHOR),
            source_url=self._url(children(element, "modulUrsprungsportal")),
            valid_from=start,
            valid_until=end,
            findings=tuple(self._findings),
        )

    def _contents(self, code: str) -> tuple[Localized, ...]:
        modules = (each for each in children(self._element, "modulText") if _module_code(each) == code)
        return tuple(text for module in modules for text in localized(children(module, "inhalt")))

    def _texts(self) -> Iterator[ServiceText]:
        for module in children(self._element, "modulText"):
            code = _module_code(module)
            kind = _KINDS.get(code)
            if kind is not None:
                yield from _module_texts(module, kind)
            elif code not in _NO_TEXTS and next(children(module, "inhalt"), None) is not None:
                self._warn("xzufi-unknown-module", module, f"text module '{code}' is unknown and was left out",
                           "check whether citizens need it, and write it into another module")  # fmt: skip
        for name, kind, lines_of in _OWN_ELEMENTS:
            for module in children(self._element, name):
                texts = list(_own_texts(module, kind, lines_of))
                yield from texts
                if not texts and has_values(module):
                    self._warn("xzufi-unclear-value", module, f"what '{name}' holds is not clear without a text",
                               "describe them in the text")  # fmt: skip

    def _terms(self) -> Iterator[Localized]:
        for module in children(self._element, "modulBegriffImKontext"):
            for term in descendants(module, "begriff"):
                if text := text_of(term):
                    yield Localized(language_of(term), text)

    def _leika_key(self) -> str | None:
        element = child(self._element, "referenzLeiKa")
        key = code_of(element)
        if not key or _LEIKA_KEY.fullmatch(key):
            return key or None
        self._warn("xzufi-leika-key", element, f"'{key[:40]}' is no LeiKa key", "it has 14 digits: correct it")
        return None

    def _validity(self) -> tuple[date | None, date | None]:
        element = child(self._element, "gueltigkeit")
        if element is None:
            return None, None
        start, end = (next(children(element, *names), None) for names in (("beginn", "von"), ("ende", "bis")))
        return self._day(start), self._day(end)

    def _day(self, element: Element | None) -> date | None:
        try:
            return day(element)
        except ValueError:
            self._warn("xzufi-date", element, f"'{value(element)[:40]}' is no day", "write it like 2026-01-31")
            return None

    def _url(self, elements: Iterator[Element]) -> str | None:
        uris = (value(child(each, "uri")) for each in elements)
        return next((uri for uri in uris if _URL.fullmatch(uri)), None)

    def _warn(self, code: str, element: Element | None, message: str, fix: str) -> None:
        self._findings.append(Finding(code, Severity.WARNING, self._name, line_of(element), message, fix))


def _module_code(module: Element) -> str:
    return code_of(child(module, "leikaTextmodul")).zfill(2)


def _module_texts(module: Element, kind: ModuleKind) -> Iterator[ServiceText]:
    """The text of each language with its links below; links without a language stand below all of them."""
    contents = [(language_of(each), markdown_of(each), line_of(each)) for each in children(module, "inhalt")]
    links = [(language_of(each), _link(each)) for each in children(module, "weiterfuehrenderLink")]
    for language, text, line in contents or [("", "", line_of(module))]:
        listed = [
            link for of, link in links if link and of in ("", language) and link.rpartition("(")[2][:-1] not in text
        ]
        if whole := "\n\n".join(part for part in (text, "\n".join(listed)) if part):
            yield ServiceText(kind, language, whole, line)


def _link(element: Element) -> str:
    uri = value(child(element, "uri"))
    if not _URL.fullmatch(uri):
        return ""
    title = re.sub(r"[\[\]\\]", "", text_of(child(element, "titel"))) or uri
    return f"- [{title}]({uri})"


def _own_texts(
    module: Element, kind: ModuleKind, lines_of: Callable[[Element, str, str], list[str]]
) -> Iterator[ServiceText]:
    """Described texts of costs and times, and their structured values where the description lacks them."""
    texts = {language_of(each): (markdown_of(each), line_of(each)) for each in children(module, "beschreibung")}
    german = next((language for language in texts if language[:2] in (_FIGURES_IN, "")), None)
    if german is None and lines_of(module, _FIGURES_IN, ""):
        german = _FIGURES_IN
        texts[german] = ("", line_of(module))
    for language, (text, line) in texts.items():
        lines = lines_of(module, _FIGURES_IN, text) if language == german else []
        named = (each if ":" in each else f"{heading_of(kind, _FIGURES_IN)}: {each}" for each in lines)
        listed = "\n".join(f"- {each}" for each in named)
        if whole := "\n\n".join(part for part in (text, listed) if part):
            yield ServiceText(kind, language, whole, line)
