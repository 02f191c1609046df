"""Texts in front of a check, without files."""

from datetime import date
from pathlib import Path
from typing import Any

from app.index.modules import ModuleKind
from app.settings import PROJECT_ROOT
from app.tenants.tenant import load_tenant
from ingest.checks.check import Check, CheckedText, CheckInput
from ingest.checks.config import QualityConfig
from ingest.document import Module, ServiceDocument
from ingest.findings import Finding

TODAY = date(2026, 6, 1)
TOWN = PROJECT_ROOT / "knowledge" / "musterstadt"


def text(
    body: str = "96,00 Euro im Jahr", *, name: str = "", kind: ModuleKind = ModuleKind.COSTS, **fields: Any
) -> CheckedText:
    """A valid text with one module; `fields` replace those of its document."""
    document = ServiceDocument.model_validate(
        {
            "id": "hund-anmelden",
            "title": "Hund anmelden",
            "language": "de",
            "office": "steueramt",
            "license": "CC BY 4.0",
            "owner": "Steueramt",
            "reviewed_by": "Fachaufsicht",
            "reviewed_on": date(2026, 1, 15),
            "modules": [Module(kind=kind, heading="Kosten", text=body, line=14)],
            **fields,
        }
    )
    return CheckedText(document, name or f"services/{document.id}.md")


def given(*texts: CheckedText, folder: Path = Path("nowhere"), **config: Any) -> CheckInput:
    """The texts in Musterstadt on `TODAY`; `config` are fields of quality.yaml."""
    return CheckInput(texts, load_tenant(TOWN), folder, TODAY, QualityConfig.model_validate(config))


def found(check: Check, *texts: CheckedText, **config: Any) -> list[Finding]:
    """What the check has to say; every finding says what to do."""
    findings = list(check(given(*texts, **config)))
    assert all(finding.message and finding.fix and finding.file for finding in findings)
    return findings


def codes(check: Check, *texts: CheckedText, **config: Any) -> list[str]:
    """The codes of what the check has to say."""
    return [finding.code for finding in found(check, *texts, **config)]
