"""Service texts to break in tests."""

from datetime import date

from app.index.modules import ModuleKind
from ingest.document import Module, ServiceDocument
from ingest.findings import Finding

FRONT_MATTER = """\
id: hund-anmelden
title: Hund anmelden
synonyms: [Hundesteuer]
language: de
office: steueramt
license: CC BY 4.0
owner: Steueramt
reviewed_by: Fachaufsicht
reviewed_on: 2026-01-15
"""
BODY = """
## Kosten

96,00 Euro im Jahr

## Frist

2 Wochen
"""
FIRST_BODY_LINE = FRONT_MATTER.count("\n") + 3


def markdown(front_matter: str = FRONT_MATTER, body: str = BODY) -> str:
    """A whole text: front matter from line 2, body from `FIRST_BODY_LINE` when the front matter is the sample's."""
    return f"---\n{front_matter}---\n{body}"


def document(
    text: str, title: str = "Hund anmelden", kinds: tuple[ModuleKind, ...] = (ModuleKind.COSTS,)
) -> ServiceDocument:
    """A valid document whose modules all have the same text."""
    return ServiceDocument(
        id="hund-anmelden",
        title=title,
        synonyms=("Hundesteuer",),
        language="de",
        office="steueramt",
        license="CC BY 4.0",
        owner="Steueramt",
        reviewed_by="Fachaufsicht",
        reviewed_on=date(2026, 1, 15),
        modules=tuple(Module(kind=kind, heading="Kosten", text=text, line=1) for kind in kinds),
    )


def places(findings: tuple[Finding, ...]) -> list[tuple[str, int]]:
    """Code and line of each finding."""
    return [(finding.code, finding.line) for finding in findings]
