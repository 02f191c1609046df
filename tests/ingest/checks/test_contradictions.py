"""Contradictions are found, and sentences that only look like one are left alone."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from app.index.modules import ModuleKind
from app.tenants.tenant import load_tenant
from ingest.checks.check import CheckedText, CheckInput
from ingest.checks.config import QualityConfig
from ingest.checks.contradictions import check_contradictions
from ingest.checks.office_facts import check_office_facts
from ingest.document import Module, ServiceDocument
from ingest.findings import Finding, Severity
from tests.ingest.checks.given import TOWN, codes, found, given, text
from tests.ingest.sample_town import TODAY, town_texts

CASES = Path(__file__).with_name("contradictions.yaml")
LEAST_PRECISION, LEAST_RECALL = 0.95, 0.8


@dataclass(frozen=True)
class Case:
    """Sentences of one town, each with service and module."""

    sentences: tuple[tuple[str, str, str], ...]

    def findings(self, titles: dict[str, str]) -> list[Finding]:
        modules = defaultdict[str, defaultdict[str, list[str]]](lambda: defaultdict(list))
        for service, module, said in self.sentences:
            modules[service][module].append(said)
        texts = [
            text(
                name=f"{service}.md",
                id=service,
                title=titles[service],
                language="en" if service.endswith("-en") else "de",
                office="buergeramt",
                modules=[
                    Module(kind=ModuleKind(kind), heading=kind, text="\n\n".join(said)) for kind, said in kinds.items()
                ],
            )
            for service, kinds in modules.items()
        ]
        return [*found(check_contradictions, *texts), *found(check_office_facts, *texts)]


def _cases(name: str) -> tuple[dict[str, str], list[Case]]:
    raw = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    cases = [Case(tuple((service, module, said) for service, module, said in case)) for case in raw[name]]
    return raw["titles"], cases


@pytest.mark.parametrize("which", ["", "later_"])
def test_planted_contradictions_are_found_and_hard_negatives_left_alone(which: str) -> None:
    titles, planted = _cases(f"{which}contradictions")
    _, agreeing = _cases(f"{which}agreeing")
    missed = [case for case in planted if not case.findings(titles)]
    false = [case for case in agreeing if case.findings(titles)]
    right = len(planted) - len(missed)
    precision, recall = right / (right + len(false)), right / len(planted)
    print(f"{len(planted)} contradictions, {len(agreeing)} hard negatives: {precision=:.1%} {recall=:.1%}")  # noqa: T201
    assert precision >= LEAST_PRECISION, false
    assert recall >= LEAST_RECALL, missed


def test_musterstadt_contradicts_itself_nowhere() -> None:
    everything = CheckInput(town_texts(), load_tenant(TOWN), TOWN, TODAY, QualityConfig())
    assert [str(finding) for finding in [*check_contradictions(everything), *check_office_facts(everything)]] == []


def test_the_finding_quotes_both_sentences_with_their_lines(tmp_path: Path) -> None:
    body = "---\nid: x\n---\n\n## Kosten\n\nAllgemeines.\n\n- Personalausweis ab 24 Jahren: {}\n"
    for name, price in (("a.md", "37,00 Euro"), ("b.md", "28,80 Euro")):
        (tmp_path / name).write_text(body.format(price), encoding="utf-8")
    texts = [
        text(
            f"Allgemeines.\n\n- Personalausweis ab 24 Jahren: {price}", name=name, id=name[0] * 2,
            title=title, modules=[Module(kind=ModuleKind.COSTS, heading="Kosten", line=5,
                                         text=f"Allgemeines.\n\n- Personalausweis ab 24 Jahren: {price}")],
        )
        for name, price, title in (
            ("a.md", "37,00 Euro", "Personalausweis beantragen"), ("b.md", "28,80 Euro", "Ausweis verloren"),
        )
    ]  # fmt: skip
    (finding,) = check_contradictions(given(*texts, folder=tmp_path))
    assert (finding.code, finding.severity) == ("contradiction", Severity.WARNING)
    assert (finding.file, finding.line) == ("b.md", 9)
    assert "“Personalausweis ab 24 Jahren: 28,80 Euro”" in finding.message
    assert "a.md:9 says “Personalausweis ab 24 Jahren: 37,00 Euro”" in finding.message
    assert finding.german.startswith("Hier steht „Personalausweis ab 24 Jahren: 28,80 Euro“, in a.md:9 dagegen")


def test_a_pair_is_reported_once_at_the_later_text() -> None:
    texts = [
        text("Die Meldebescheinigung kostet 9,00 Euro. Die Meldebescheinigung kostet 9,00 €.", id="aa", title="Aa"),
        text("- Meldebescheinigung: 12,00 Euro", id="bb", title="Meldebescheinigung"),
    ]
    assert [finding.file for finding in found(check_contradictions, *texts)] == ["services/bb.md"] * 2


def test_decision_tables_are_compared_with_the_texts() -> None:
    document = ServiceDocument.model_validate(
        {
            **text().document.model_dump(),
            "id": "personalausweis",
            "title": "Personalausweis beantragen",
            "modules": [{"kind": "costs", "heading": "Kosten", "text": "- Personalausweis ab 24 Jahren: 28,80 Euro"}],
        }
    )
    (finding,) = check_contradictions(given(CheckedText(document, "services/personalausweis.md"), folder=TOWN))
    assert finding.file.startswith("rules/personalausweis-gebuehr")
    assert "37,00 €" in finding.message


def test_variants_and_other_languages_are_compared_with_their_originals_by_another_check() -> None:
    plain = text(
        "Der Hund kostet 96 Euro im Jahr.", id="hund-einfach", variant="einfach", translation_of="hund-anmelden"
    )
    ukrainian = text("Собака: 120 євро", id="hund-uk", language="uk")
    assert codes(check_contradictions, text("Der Hund kostet 120 Euro im Jahr."), plain, ukrainian) == []


@pytest.mark.parametrize("body", ["1" * 5000, "Kosten: " * 400, "| a |\n" * 300, "§ " * 900, "37 Euro. " * 300])
def test_odd_texts_raise_nothing(body: str) -> None:
    assert codes(check_contradictions, text(body)) == codes(check_office_facts, text(body)) == []
