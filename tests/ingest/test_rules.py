"""The checks on decision rules before publishing."""

from datetime import date
from pathlib import Path

import pytest

from app.errors import KnowledgeError
from app.models.ports import Embedder
from app.tenants.tenant import load_tenant
from ingest.findings import Finding, Severity
from ingest.generation import publish
from ingest.quality import check_knowledge
from tests.knowledge import TENANT, copy_knowledge, silent
from tests.tenants.rules.samples import TABLE, write_rule

TODAY = date(2026, 6, 1)
SILENT = {"question": "Was kostet der Zoo?", "silent": True}
WRONG = {"question": "Was kostet die Radstation für 2 Räder?", "says": ["10,00 Euro"]}
TEXT = """---
id: radstation
title: Radstation
language: de
office: buergeramt
license: CC BY 4.0
owner: Radstation
reviewed_by: Fachaufsicht
reviewed_on: 2026-01-05
---

## Kosten

- ein Rad: 5,00 Euro
- mehrere Räder: je 4,50 Euro
- Lastenrad: 12,00 Euro

## Unterlagen

keine

## Frist

keine
"""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    folder = copy_knowledge(tmp_path / "knowledge", services=()) / TENANT
    (folder / "services" / "radstation.md").write_text(TEXT, "utf-8")
    return folder


def found(town: Path) -> list[Finding]:
    checked = check_knowledge(town, load_tenant(town), TODAY)
    assert all(finding.message and finding.fix for finding in checked.findings)
    return [finding for finding in checked.findings if finding.code.startswith("rule")]


def test_a_right_rule_has_no_findings(town: Path) -> None:
    write_rule(town)
    assert found(town) == []


def test_a_broken_file_is_an_error_with_its_line(town: Path) -> None:
    write_rule(town, version=0)
    (finding,) = found(town)
    assert (finding.code, finding.severity, finding.file, finding.line) == ("rule", Severity.ERROR, "rules/rad.yaml", 2)


def test_text_and_rule_must_say_the_same(town: Path) -> None:
    path = town / "services" / "radstation.md"
    path.write_text(TEXT.replace("5,00 Euro", "6,00 Euro"), "utf-8")
    write_rule(town)
    findings = found(town)
    assert [finding.code for finding in findings] == ["rule-quote", "rule-amount"]
    assert all("Das steht" in finding.german for finding in findings)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"office": "zoo"}, "rule-office"),
        ({"reviewed_on": "2030-01-01"}, "rule-review"),
        ({"valid_until": "2026-02-01", "examples": [SILENT]}, "rule-expired"),
        ({"source": {"document": "zoo", "paragraph": "§ 1", "quotes": ["ein Rad"]}}, "rule-source"),
        ({"examples": [WRONG]}, "rule-example"),
    ],
)  # fmt: skip
def test_what_the_rule_names_must_exist_and_its_examples_hold(
    town: Path, changes: dict[str, object], code: str
) -> None:
    write_rule(town, TABLE, **changes)
    assert [finding.code for finding in found(town)] == [code]


@pytest.mark.models
def test_broken_rules_are_not_published(town: Path, embedder: Embedder, tmp_path: Path) -> None:
    write_rule(town, TABLE.replace("4,50", "vier"))
    with pytest.raises(KnowledgeError, match=r"rules/rad\.csv:3"):
        publish(town.parent, tmp_path / "data", TENANT, embedder, "test", silent)
    assert not list((tmp_path / "data").rglob("manifest.json"))
