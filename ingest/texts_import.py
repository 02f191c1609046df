"""Taking over texts of another town: as files in this town's folder, for its editors to correct and to review."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.errors import InvalidInputError
from app.files import make_folder, write_atomically
from app.tenants.tenant import Tenant, load_tenant
from ingest.disk_errors import writing
from ingest.document import ServiceDocument
from ingest.own_texts import IMPORTED_FOLDER, missing_source, own_texts
from ingest.package_texts import texts_in_package
from ingest.taken_text import Fate, Origin, UnfitTextError, fate_of, taken_text

WRITING = frozenset((Fate.WRITTEN, Fate.RENEWED, Fate.REPLACED))
"""The fates for which a file is written."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the person who takes texts over wants."""

    by: str
    trusted_key: str | None = None
    """A public key to trust from now on as the other town's."""
    to: Path | None = None
    """Folder for the files; None for `imported/<other town>` in the town's folder."""
    only: frozenset[str] = frozenset()
    """Ids of texts; what translates them or says them more simply comes along. Empty for all."""
    office: str | None = None
    """The office here that is responsible for all of them; None leaves what the other town says."""
    force: bool = False
    """Whether files that were edited here are replaced, too."""
    dry_run: bool = False
    """Whether to say only what would become of the texts."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one text."""

    id: str
    office: str
    fate: Fate
    note: str
    """Why; empty where the fate says it."""


@dataclass(frozen=True, slots=True)
class TextsImport:
    """What became of all of them."""

    origin: str
    folder: Path
    texts: tuple[Outcome, ...]
    gone: tuple[str, ...]
    """Texts in the folder that the other town doesn't have any more."""
    unknown_offices: dict[str, int]
    """Offices of the other town in the files, which this town does not have: how many files name them."""
    source_lines: str
    """What is missing in sources.yaml for the folder to be read; empty when nothing."""


def import_texts(knowledge_dir: Path, data_dir: Path, tenant_id: str, source: Path, order: Order) -> TextsImport:
    """Writes the texts of another town's exported file as Markdown files. None of them can be published unread.

    A file that somebody edited here is left alone, unless the order says otherwise.

    Raises:
        UnknownTenantError, ConfigurationError: the town's tenant.yaml or sources.yaml is missing or wrong.
        KnowledgeError: see `texts_in_package`; or a file cannot be written.
        InvalidInputError: there is no such office here, or no such text there.
    """
    town = knowledge_dir / tenant_id
    tenant = load_tenant(town, tenant_id)
    _refuse_unknown_office(tenant, order.office)
    package, documents = texts_in_package(data_dir, tenant_id, source, order.trusted_key)
    wanted = _wanted(documents, order.only)
    usual = town / IMPORTED_FOLDER / package.tenant
    folder = order.to or usual
    own = own_texts(town, data_dir, usual, folder)
    origin = Origin(package.tenant, package.generation, order.by, datetime.now(tenant.zone).date())
    with writing(folder, "The texts before it are there: run it again."):
        texts = tuple(_take_over(document, folder, own, origin, order) for document in wanted)
        there = {document.id for document in documents}
        gone = tuple(sorted(path.stem for path in folder.glob("[!.]*.md") if path.stem not in there))
    return TextsImport(
        package.tenant, folder, texts, gone, _unknown_offices(tenant, texts), missing_source(town, folder)
    )


def _refuse_unknown_office(tenant: Tenant, office: str | None) -> None:
    known = [each.id for each in tenant.offices]
    if office is not None and office not in known:
        raise InvalidInputError(f"'{tenant.id}' has no office '{office}': use one of {', '.join(sorted(known))}.")


def _wanted(documents: Iterable[ServiceDocument], only: frozenset[str]) -> list[ServiceDocument]:
    listed = list(documents)
    if missing := only - {document.id for document in listed}:
        raise InvalidInputError(
            f"The package has no text '{sorted(missing)[0]}': --dry-run without --only lists those that it has."
        )
    return [document for document in listed if not only or only & {document.id, document.service}]


def _take_over(document: ServiceDocument, folder: Path, own: dict[str, str], origin: Origin, order: Order) -> Outcome:
    office = order.office or document.office
    if document.id in own:
        return Outcome(document.id, office, Fate.OWN, f"this town has it: {own[document.id]}")
    path = folder / f"{document.id}.md"
    try:
        taken = taken_text(document, origin, order.office)
    except UnfitTextError as error:
        return Outcome(document.id, office, Fate.UNFIT, str(error))
    fate = fate_of(_content(path), taken)
    if fate in (Fate.KEPT, Fate.DIFFERS) and order.force:
        fate = Fate.REPLACED
    if fate in WRITING and not order.dry_run:
        make_folder(folder)
        write_atomically(path, taken)
    return Outcome(document.id, office, fate, "")


def _content(path: Path) -> str | None:
    """What a file says; None when there is none."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return None


def _unknown_offices(tenant: Tenant, texts: Iterable[Outcome]) -> dict[str, int]:
    known = {office.id for office in tenant.offices}
    counts = Counter(text.office for text in texts if text.fate in WRITING and text.office not in known)
    return dict(sorted(counts.items()))
