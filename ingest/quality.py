"""The quality gate: reads a town's texts, runs every check, and says what stops publishing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.tenants.tenant import Tenant
from ingest.checks.check import CheckedText, CheckInput
from ingest.checks.config import load_quality_config
from ingest.checks.external_links import check_external_links
from ingest.document import ServiceDocument
from ingest.findings import Finding, Severity, gathered
from ingest.kept_findings import run_checks
from ingest.overrides import Overridden, apply_overrides, load_overrides
from ingest.sources.config import CrawlSource, SourcesConfig, load_sources
from ingest.sources.read import read_sources


def kept_findings_file(data_dir: Path, tenant_id: str) -> Path:
    """Where a town's findings are kept from one run to the next; nothing is lost with it."""
    return data_dir / tenant_id / "checks" / "findings.json"


@dataclass(frozen=True, slots=True)
class CheckedKnowledge:
    """All texts of a town and what is wrong with them."""

    documents: tuple[ServiceDocument, ...]
    findings: tuple[Finding, ...]
    """In the order of file and line; without the overridden ones."""
    overridden: tuple[Overridden, ...] = ()
    """Warnings that somebody lets stand, with the reason."""
    warnings_block: bool = False
    """Whether a warning stops publishing, too (`warnings: block` in quality.yaml)."""
    texts: tuple[CheckedText, ...] = ()
    """The documents again, each with the name of its file."""

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity is Severity.WARNING)

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that stop publishing."""
        return self.findings if self.warnings_block else self.errors


def check_knowledge(
    folder: Path,
    tenant: Tenant,
    today: date,
    external_links: bool = False,
    crawl_cache: Path | None = None,
    kept: Path | None = None,
    crawl: bool = True,
) -> CheckedKnowledge:
    """Reads and checks every text of a town's sources; `external_links` asks the web for every address in them.

    `crawl_cache`: the folder for what earlier crawls brought, see `read_sources`. `kept`: the file for what checks
    found before, see `run_checks`. Without `crawl` the texts of websites are left out, which nobody is asked for.

    Raises:
        ConfigurationError: sources.yaml, quality.yaml or overrides.yaml is not valid.
        KnowledgeError: no child process for untrusted files can be started.
    """
    config = load_quality_config(folder)
    overrides = load_overrides(folder)
    sources = load_sources(folder)
    if not crawl:
        sources = SourcesConfig.model_construct(
            sources=tuple(source for source in sources.sources if not isinstance(source, CrawlSource))
        )
    results = read_sources(folder, sources, crawl_cache)
    texts = tuple(CheckedText(result.document, result.name) for result in results if result.document is not None)
    given = CheckInput(texts, tenant, folder, today, config)
    findings = [finding for result in results for finding in result.findings]
    findings += run_checks(given, kept)
    if external_links:  # the web knows better which of the town's own pages there are
        findings = [finding for finding in findings if finding.code != "unknown-page"]
        findings += check_external_links(given)
    reviewed = apply_overrides(_in_order(gathered(_in_order(findings))), overrides, today)
    return CheckedKnowledge(
        documents=tuple(text.document for text in texts),
        findings=reviewed.open,
        overridden=reviewed.overridden,
        warnings_block=config.warnings == "block",
        texts=texts,
    )


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: (finding.file, finding.line))
