"""Deliveries in XZuFi that are broken, or made to hurt whoever opens them."""

from html import escape

from tests.ingest.hostile.inputs import Hostile, noticed
from tests.ingest.sources.xzufi_samples import delete, message, module, service, write

_START = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
_LIVE = escape("<p>&lt;<b>script&gt;</b>alert(1) <a href='javascript:alert(1)'>hier</a> [x]<b>(javascript:x)</b></p>")


def xzufi_inputs(trap: str) -> list[Hostile]:
    """`trap` is a web address that nobody may ask."""
    quadratic = f'<!ENTITY a "{"a" * 50_000}">'
    return [
        _xml("datei-von-aussen", _with_doctype('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"), "unsafe-xml"),
        _xml("netz-von-aussen", _with_doctype(f'<!ENTITY x SYSTEM "{trap}xzufi">', "&x;"), "unsafe-xml"),
        _xml("parameter-entitaet", _with_doctype(f'<!ENTITY % p SYSTEM "{trap}dtd"> %p;', ""), "unsafe-xml"),
        _xml("dtd-von-aussen", message().replace("\n", f'\n<!DOCTYPE t SYSTEM "{trap}t.dtd">\n', 1), "unsafe-xml"),
        _xml("lachen", _with_doctype(f'<!ENTITY l0 "ha">{_LAUGHS}', "&l9;"), "unsafe-xml"),
        _xml("quadratisch", _with_doctype(quadratic, "&a;" * 1000), "unsafe-xml"),
        _xml("abgeschnitten", message(write(service("x1")))[:-60], "damaged-file"),
        _xml("leer", "", "damaged-file"),
        _xml("falsche-wurzel", f"{_START}<html><body/></html>", "xzufi-root"),
        _warned("falsche-version", message(write(service("x2", title="Markt")), version="9.9"), "xzufi-version"),
        _xml(
            "kaputte-leistung",
            message(write(service("x3", title="Zirkus")), write("<x:leistung/>")),
            "xzufi-without-id",
        ),
        _xml("leere-elemente", message(write("<x:leistung/>" * 100_000)), "xzufi-without-id"),
        _warned("loescht-nichts", message(delete("gibt-es-nicht")), "xzufi-deletes-nothing"),
        Hostile("xzufi/kodierung.xml", message(write(service("x4", title="Bürger"))).encode("latin-1"), "damaged-file"),
        _xml("unbekannte-kodierung", message().replace("UTF-8", "utf-99"), "damaged-file"),
        _xml("tief", message(write("<x:leistung>" * 5000 + "</x:leistung>" * 5000)), "damaged-file"),
        _warned("schluessel-wie-adresse", message(write(service("http://[", title="Kirmes"))), "missing-module"),
        _warned("lebendig", message(write(service("x5", module("05", _LIVE), title="Flohmarkt"))), "html-in-text"),
        Hostile("verzeichnis/index.txt", _index(), "outside-folder"),
        Hostile("verzeichnis/fehlt.xml", lambda path: None, "xzufi-index", said_of="verzeichnis/index.txt"),
        noticed("verzeichnis/ungenannt.xml", message(write(service("x6"))).encode(), "unread-file"),
    ]


def _xml(name: str, text: str, code: str) -> Hostile:
    return Hostile(f"xzufi/{name}.xml", text.encode(), code)


def _warned(name: str, text: str, code: str) -> Hostile:
    return noticed(f"xzufi/{name}.xml", text.encode(), code)


def _with_doctype(entities: str, text: str) -> str:
    whole = message(write(service("x0", module("05", text), title="Zoo")))
    return whole.replace("\n", f"\n<!DOCTYPE x:transfer [{entities}]>\n", 1)


def _index() -> bytes:
    return b"../tenant.yaml\n/etc/passwd\n..\\..\\ausbruch.xml\nindex.txt\nfehlt.xml\n"
