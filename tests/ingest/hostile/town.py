"""A town whose folder holds every hostile input, with a few good texts between them."""

from pathlib import Path

from tests.ingest.hostile.docx_inputs import docx_inputs, good_docx
from tests.ingest.hostile.file_inputs import file_inputs
from tests.ingest.hostile.html_inputs import good_html, html_inputs
from tests.ingest.hostile.inputs import Hostile
from tests.ingest.hostile.markdown_inputs import markdown_inputs
from tests.ingest.hostile.pdf_inputs import good_pdf, pdf_inputs
from tests.ingest.hostile.xzufi_inputs import xzufi_inputs
from tests.ingest.samples import FRONT_MATTER, markdown
from tests.ingest.sources.xzufi_samples import message, service, write
from tests.knowledge import TENANT, copy_knowledge

_DEFAULTS = """
    defaults: {language: de, office: steueramt, license: CC BY 4.0, owner: Steueramt, reviewed_by: Aufsicht,
      reviewed_on: 2026-01-15}
"""
_SOURCES = "sources:\n  - {kind: markdown, path: services}\n" + "".join(
    f"  - kind: {kind}\n    path: {path}{_DEFAULTS}"
    for kind, path in [("html", "html"), ("pdf", "pdf"), ("docx", "docx"), ("xzufi", "xzufi"), ("xzufi", "verzeichnis")]
)
_ID = "id: hund-anmelden"
_GOOD = {
    "services/aaa.md": markdown(FRONT_MATTER.replace(_ID, "id: gut-md-1")).encode(),
    "services/zzz.md": markdown(FRONT_MATTER.replace(_ID, "id: gut-md-2")).encode(),
    "services/mac.md": ("\ufeff" + markdown(FRONT_MATTER.replace(_ID, "id: gut-md-3")).replace("\n", "\r")).encode(),
    "html/aaa-gut-html-1.html": good_html("Wochenmarkt"),
    "html/zzz-gut-html-2.html": good_html("Weihnachtsmarkt"),
    "html/Gleich.html": good_html("Gleich"),
    "pdf/aaa-gut-pdf-1.pdf": good_pdf("Anleinpflicht", "Die Befreiung kostet 12,00 Euro."),
    "pdf/zzz-gut-pdf-2.pdf": good_pdf("Feuerwerk", "Die Erlaubnis kostet 30,00 Euro."),
    "docx/aaa-gut-docx-1.docx": good_docx("Osterfeuer"),
    "docx/zzz-gut-docx-2.docx": good_docx("Martinsumzug"),
    "xzufi/aaa.xml": message(write(service("gut-xzufi-1", title="Wochenmarkt"))).encode(),
    "xzufi/zzz.xml": message(write(service("gut-xzufi-2", title="Jahrmarkt"))).encode(),
}
GOOD_IDS = frozenset(
    "gut-md-1 gut-md-2 gut-md-3 aaa-gut-html-1 zzz-gut-html-2 gleich aaa-gut-pdf-1 zzz-gut-pdf-2 aaa-gut-docx-1 "
    "zzz-gut-docx-2 l1-gut-xzufi-1 l1-gut-xzufi-2".split()
)


def hostile_inputs(outside: Path, trap: str) -> list[Hostile]:
    """Every input of the folder. `outside`: a file elsewhere; `trap`: a web address that nobody may ask."""
    return [
        *markdown_inputs(),
        *html_inputs(trap),
        *pdf_inputs(),
        *docx_inputs(trap),
        *xzufi_inputs(trap),
        *file_inputs(outside),
    ]


def hostile_town(knowledge_dir: Path, inputs: list[Hostile]) -> Path:
    """The town's folder with the inputs and the good texts."""
    town = copy_knowledge(knowledge_dir, services=()) / TENANT
    (town / "sources.yaml").write_text(_SOURCES, encoding="utf-8")
    for name, content in _GOOD.items():
        (town / name).parent.mkdir(exist_ok=True)
        (town / name).write_bytes(content)
    for hostile in inputs:
        hostile.write(town)
    return town
