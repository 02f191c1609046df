"""What a format without front matter holds: a title and sections, before headings become FIM modules."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.findings import Finding


@dataclass(frozen=True, slots=True)
class Section:
    """One heading and the text below it."""

    heading: str
    """Empty for text before the first heading."""
    text: str
    """Markdown: paragraphs, lists and tables; no HTML."""
    place: int = 0
    """Line or page in the source, from 1; 0 when unknown."""
    level: int = 2
    """Of the heading, 1 to 6. A deeper heading that names no module belongs to the section above it."""


@dataclass(frozen=True, slots=True)
class Page:
    """One text of a source as its format shows it."""

    name: str
    """What findings call it: its path below the town's folder, or its address."""
    title: str
    sections: tuple[Section, ...]
    fields: Mapping[str, object] = field(default_factory=dict)
    """Front matter fields that the source itself states (language, source_url, reviewed_on, leika_key, …)."""
    findings: tuple[Finding, ...] = ()
    """What the reader noticed and could live with."""
