"""What a PDF would do by itself in a viewer, or carries along. Nothing here runs or unpacks any of it."""

from collections.abc import Iterator, Mapping
from itertools import islice

from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral
from pdfplumber.pdf import PDF

_ACTIONS = {
    "JavaScript": "a script",
    "Launch": "the start of a program",
    "SubmitForm": "a form that sends data",
    "ImportData": "an import of data",
    "GoToE": "a jump into an embedded file",
    "Rendition": "a film or sound",
}
_MOST_ANNOTATIONS = 2000
"""Of a file, that are looked at."""


def active_parts(pdf: PDF) -> tuple[str, ...]:
    """In words, each once. Damaged parts count as none: the text is what matters."""
    return tuple(dict.fromkeys(_parts(pdf)))


def _parts(pdf: PDF) -> Iterator[str]:
    catalog = pdf.doc.catalog
    yield from _action(catalog.get("OpenAction"))
    for action in _mapping(catalog.get("AA")).values():
        yield from _action(action)
    names = _mapping(catalog.get("Names"))
    if _mapping(names.get("JavaScript")):
        yield _ACTIONS["JavaScript"]
    if _mapping(names.get("EmbeddedFiles")):
        yield "an embedded file"
    annotations = (each for page in pdf.pages for each in _list(page.page_obj.annots))
    for each in islice(annotations, _MOST_ANNOTATIONS):
        annotation = _mapping(each)
        yield from _action(annotation.get("A"))
        for action in _mapping(annotation.get("AA")).values():
            yield from _action(action)
        if _name(annotation.get("Subtype")) == "FileAttachment":
            yield "an embedded file"


def _action(value: object) -> Iterator[str]:
    what = _ACTIONS.get(_name(_mapping(value).get("S")))
    if what is not None:
        yield what


def _mapping(value: object) -> Mapping[str, object]:
    resolved = resolve1(value)
    return resolved if isinstance(resolved, Mapping) else {}


def _list(value: object) -> list[object]:
    resolved = resolve1(value)
    return resolved if isinstance(resolved, list) else []


def _name(value: object) -> str:
    resolved = resolve1(value)
    return str(resolved.name) if isinstance(resolved, PSLiteral) else ""
