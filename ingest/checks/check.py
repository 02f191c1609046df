"""What every check gets to see, and its signature."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from app.index.modules import ModuleKind
from app.tenants.tenant import Tenant
from app.text.units import quotable_units
from ingest.checks.config import QualityConfig
from ingest.checks.long_texts import cut_paragraphs, cut_sentence
from ingest.checks.readings import Readings
from ingest.document import Module, ServiceDocument
from ingest.findings import Finding


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or list item, as it would be quoted, and the module that it stands in."""

    text: str
    module: Module


@dataclass(frozen=True)
class CheckedText:
    """One document and the name that findings call it by."""

    document: ServiceDocument
    name: str
    """Path below the town's folder, or address."""

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Everything quotable, in order; split once for all checks."""
        return tuple(
            Sentence(part, module)
            for module in self.document.modules
            for unit in quotable_units(cut_paragraphs(module.text))
            for part in cut_sentence(unit)
        )

    @property
    def running(self) -> tuple[Sentence, ...]:
        """The sentences that are meant to be read: without legal sources, which are lists of statutes."""
        return tuple(sentence for sentence in self.sentences if sentence.module.kind is not ModuleKind.LEGAL_BASIS)


@dataclass(frozen=True, slots=True)
class CheckInput:
    """A town's texts and what they are checked against."""

    texts: tuple[CheckedText, ...]
    tenant: Tenant
    folder: Path
    """The town's knowledge folder."""
    today: date
    """In the town's time zone."""
    config: QualityConfig
    readings: Readings = field(default_factory=Readings)
    """What checks read in these texts before; nothing is kept by default."""


Check = Callable[[CheckInput], Iterable[Finding]]
"""Never raises for a bad text. Findings in the order of the texts."""
