"""Reads service descriptions in XZuFi, the German exchange format for them.

Follows the outline of the public version 2.2 (namespace http://xoev.de/schemata/xzufi/2_2_0) as other programs read
it: `leistung`, `organisationseinheit`, `onlinedienst` and `zustaendigkeit`, directly below the root or inside the
`schreibe` of a transfer, and `loesche`. Elements are found by local name. No schema was at hand: documents are not
validated, and conformance to the standard is not claimed. `spezialisierung`, areas (`gebietID`) and addresses of
units are not read: a town's delivery is taken to hold for the whole town.
"""

from collections.abc import Iterator
from pathlib import Path

from app.errors import AmtslotseError
from app.tenants.office import Office
from app.tenants.tenant import load_tenant
from ingest.sources.assemble import assemble
from ingest.sources.config import XzufiSource
from ingest.sources.files import no_texts
from ingest.sources.result import ReadResult
from ingest.sources.xzufi_delivery import read_delivery
from ingest.sources.xzufi_pages import OfficeNames, pages_of


def read_xzufi(folder: Path, source: XzufiSource) -> Iterator[ReadResult]:
    """One result a service and language that is left after the whole delivery; first what is wrong with its files."""
    state, findings, files = read_delivery(folder, source)
    if not files:
        yield no_texts(folder, source)
    for finding in findings:
        yield ReadResult(finding.file, None, (finding,))
    offices = OfficeNames(_offices(folder), source.offices)
    for file, service in state.services.values():
        for page in pages_of(file, service, state, offices):
            yield assemble(page, source)


def _offices(folder: Path) -> tuple[Office, ...]:
    """None where tenant.yaml is wrong, which is reported elsewhere."""
    try:
        return load_tenant(folder).offices
    except AmtslotseError:
        return ()
