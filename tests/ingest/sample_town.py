"""All texts of the sample town, read and checked once a process: both take seconds. Don't change what you get."""

from datetime import date
from functools import lru_cache

from app.settings import PROJECT_ROOT
from app.tenants.tenant import load_tenant
from ingest.checks.check import CheckedText
from ingest.quality import CheckedKnowledge, check_knowledge
from ingest.sources.config import load_sources
from ingest.sources.read import read_sources
from ingest.sources.result import ReadResult

TOWN = PROJECT_ROOT / "knowledge" / "musterstadt"
TODAY = date(2026, 11, 22)


@lru_cache(maxsize=1)
def town_as_read() -> tuple[ReadResult, ...]:
    """What every file of every source gave."""
    return tuple(read_sources(TOWN, load_sources(TOWN)))


def town_texts() -> tuple[CheckedText, ...]:
    """Its texts, as checks of the whole town get them."""
    return tuple(CheckedText(read.document, read.name) for read in town_as_read() if read.document is not None)


@lru_cache(maxsize=1)
def town_as_checked() -> CheckedKnowledge:
    """What all checks say on `TODAY`."""
    return check_knowledge(TOWN, load_tenant(TOWN), TODAY)
