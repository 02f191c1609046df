"""Reads one file of a delivery, element by element, so that its size doesn't matter. Fit for a child process."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from ingest.findings import Finding, Severity, gathered
from ingest.sources.result import NotReadableError
from ingest.sources.xzufi_objects import Deletion, DeliveryFile, ObjectClass, Written
from ingest.sources.xzufi_relations import read_relations
from ingest.sources.xzufi_service import read_service
from ingest.sources.xzufi_text import text_of
from ingest.sources.xzufi_xml import Element, child, key_of, line_of, local_name, namespace_of

_NAMESPACE = "http://xoev.de/schemata/xzufi/2_2_0"
_FAMILY = "/xzufi/"
_VERSIONS = ("2.2", "2.2.0")
_CLASSES = {
    "leistung": ObjectClass.SERVICE,
    "organisationseinheit": ObjectClass.UNIT,
    "onlinedienst": ObjectClass.ONLINE_SERVICE,
    "zustaendigkeit": ObjectClass.RESPONSIBILITY,
    "zustaendigkeittransferobjekt": ObjectClass.RESPONSIBILITY,
}
_NOT_READ = ("spezialisierung",)
_ASK = "ask whoever made the delivery for a correct one"


def read_delivery_file(path: Path, name: str) -> DeliveryFile:
    """All operations of a file. One that cannot be read as a whole has no operations and exactly one finding."""
    operations: list[Written | Deletion] = []
    findings: list[Finding] = []
    try:
        for result in _read(path, name):
            if isinstance(result, Finding):
                findings.append(result)
            else:
                operations.append(result)
    except NotReadableError as error:
        return DeliveryFile((), (error.finding(name),))
    except etree.XMLSyntaxError as error:
        reason = (error.msg or "no XML").splitlines()[0][:200]
        finding = Finding("damaged-file", Severity.ERROR, name, error.lineno or 0, f"the XML is broken: {reason}", _ASK)
        return DeliveryFile((), (finding,))
    return DeliveryFile(tuple(operations), tuple(gathered(findings)))


def _read(path: Path, name: str) -> Iterator[Written | Deletion | Finding]:
    events = etree.iterparse(
        path.as_posix(), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
        dtd_validation=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    root: Element | None = None
    depth = 0
    for event, element in events:
        if event == "start":
            if root is None:
                root = element
                yield from _check_root(root, name)
            depth += 1
            continue
        depth -= 1
        if depth == 1:
            yield from _operations(element, name)
            _forget(element)
        elif depth == 0 and local_name(element) in _CLASSES_OF_ROOT:
            yield from _object(element, name)


_CLASSES_OF_ROOT = ("leistung", "organisationseinheit", "onlinedienst")


def _check_root(root: Element, name: str) -> Iterator[Finding]:
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotReadableError("unsafe-xml", "it has a DOCTYPE, which XZuFi doesn't use and attacks do", _ASK)
    namespace = namespace_of(root)
    if _FAMILY not in f"{namespace}/":
        message = f"'{local_name(root)}' is no message of XZuFi"
        raise NotReadableError("xzufi-root", message, "check that it is the right file", line_of(root))
    versions = [text for key, text in root.attrib.items() if str(key).rpartition("}")[2] == "xzufiVersion"]
    stated = next((str(text) for text in versions if text not in _VERSIONS), None)
    if namespace.rstrip("/") != _NAMESPACE or stated is not None:
        shown = stated or namespace.rstrip("/").rpartition("/")[2].replace("_", ".")
        yield Finding("xzufi-version", Severity.WARNING, name, line_of(root),
                      f"version {shown[:40]} is not 2.2: parts of it may be lost",
                      "compare some texts with their originals, or ask for a delivery in 2.2")  # fmt: skip


def _operations(element: Element, name: str) -> Iterator[Written | Deletion | Finding]:
    """Those of an element directly below the root."""
    tag = local_name(element)
    if tag == "loesche":
        yield _deletion(element, name)
    elif tag == "schreibe":
        for each in element:
            yield from _object(each, name)
    else:
        yield from _object(element, name)


def _object(element: Element, name: str) -> Iterator[Written | Finding]:
    tag = local_name(element)
    if tag == "leistung":
        yield read_service(element, name)
    elif tag in _NOT_READ:
        yield Finding("xzufi-not-read", Severity.WARNING, name, line_of(element), f"'{tag}' is not read",
                      "check that the texts of the services are complete without it")  # fmt: skip
    else:
        yield from read_relations(element, name)


def _deletion(element: Element, name: str) -> Deletion | Finding:
    key = key_of(child(element, "id"))
    if key is None:
        return Finding("xzufi-without-id", Severity.ERROR, name, line_of(element), "a 'loesche' has no id", _ASK)
    stated = (element.get("klasse") or text_of(child(element, "klasse"))).rpartition(".")[2]
    return Deletion(key, _CLASSES.get(stated.casefold()))


def _forget(element: Element) -> None:
    """Frees an element that has been read, and what stands before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
