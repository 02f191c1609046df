"""The result of the gate as a value for programs."""

import json
from datetime import date

from ingest.findings import Finding, Severity
from ingest.overrides import Overridden, Override
from ingest.quality import CheckedKnowledge
from ingest.quality_report import QualityReport
from tests.ingest.checks.given import text

_WARNING = Finding("expired", Severity.WARNING, "services/hund.md", 0, "expired", "update it", "der Satz", "abgelaufen")
_OVERRIDE = Override(code="expired", file="services/*", reason="Kommt neu.", by="A.", on=date(2026, 6, 1))


def test_it_counts_and_lists_everything() -> None:
    error = Finding("unknown-office", Severity.ERROR, "services/hund.md", 3, "unknown", "correct it")
    checked = CheckedKnowledge((text().document,), (error, _WARNING), (Overridden(_WARNING, _OVERRIDE),))
    report = json.loads(QualityReport.of(checked).model_dump_json())
    assert (report["documents"], report["errors"], report["warnings"], report["blocked"]) == (1, 1, 1, True)
    assert report["findings"][1] == {
        "code": "expired", "severity": "warning", "file": "services/hund.md", "line": 0, "message": "expired",
        "fix": "update it", "quote": "der Satz", "german": "abgelaufen",
    }  # fmt: skip
    (overridden,) = report["overridden"]
    assert (overridden["finding"]["code"], overridden["reason"], overridden["on"], overridden["until"]) == (
        "expired", "Kommt neu.", "2026-06-01", None,
    )  # fmt: skip


def test_warnings_block_only_where_the_town_says_so() -> None:
    assert not QualityReport.of(CheckedKnowledge((), (_WARNING,))).blocked
    assert QualityReport.of(CheckedKnowledge((), (_WARNING,), warnings_block=True)).blocked
