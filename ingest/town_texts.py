"""A town's texts as editors work on them: read again only where a file changed, checked quickly, compared with live."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from threading import Lock, Thread

from app.errors import AmtslotseError, GenerationError
from app.index.generation import active_id, generations_folder
from app.index.manifest import Manifest, read_manifest
from app.tenants.tenant import Tenant, load_tenant
from ingest.checks.all import FAST_CHECKS, TEXT_CHECKS
from ingest.checks.check import CheckedText, CheckInput
from ingest.checks.config import load_quality_config
from ingest.checks.readings import Readings
from ingest.findings import Finding, gathered
from ingest.overrides import apply_overrides, load_overrides
from ingest.prepared import checked_today
from ingest.quality import kept_findings_file
from ingest.sources.config import CrawlSource, MarkdownSource, Source, SourcesConfig, load_sources
from ingest.sources.files import refused, source_files
from ingest.sources.markdown import read_markdown
from ingest.sources.read import read_sources
from ingest.sources.result import ReadResult

Fingerprint = tuple[tuple[str, int, int], ...]
"""Name, time of change (ns) and size of files."""
_Key = tuple[Fingerprint, date]


@dataclass(frozen=True, slots=True)
class TownState:
    """What there is at one moment. Pages of a crawled website are not among it: nobody edits them here."""

    tenant: Tenant
    """As tenant.yaml says now, published or not."""
    folder: Path
    today: date
    sources: SourcesConfig
    results: tuple[ReadResult, ...]
    """One a file or text, also those that give no document."""
    active: Manifest | None
    """None when nothing is published."""
    findings: Mapping[str, tuple[Finding, ...]]
    """By file; without those that somebody lets stand."""
    readings: Path
    """What whole checks have read in the texts before; only read here."""
    complete: bool
    """Whether the findings are all; otherwise comparisons with other texts and with the rules are still under way."""

    @property
    def texts(self) -> tuple[CheckedText, ...]:
        return tuple(CheckedText(result.document, result.name) for result in self.results if result.document)

    def given(self, texts: tuple[CheckedText, ...]) -> CheckInput:
        """What checks of these texts of the town get to see."""
        config, readings = load_quality_config(self.folder), Readings(self.readings)
        return CheckInput(texts, self.tenant, self.folder, self.today, config, readings)


class TownTexts:
    """The texts of one town. Safe to share between threads; remembers what it read."""

    def __init__(self, knowledge_dir: Path, data_dir: Path, tenant_id: str) -> None:
        self._folder = knowledge_dir / tenant_id
        self._data_dir = data_dir
        self._lock = Lock()
        self._read: dict[str, tuple[Fingerprint, tuple[ReadResult, ...]]] = {}
        self._found: dict[tuple[str, str], list[Finding]] = {}
        """What was found in a text by itself, by its file and content."""
        self._state: tuple[_Key, str | None, TownState] | None = None
        self._full: tuple[_Key, tuple[Finding, ...] | None] | None = None
        """What the last whole check found, None when it failed."""
        self._checker: Thread | None = None

    def now(self) -> TownState:
        """The texts as their files are now; those findings that take longer follow with a later call.

        Raises:
            UnknownTenantError, ConfigurationError: a settings file of the town is missing or wrong.
        """
        with self._lock:
            tenant = load_tenant(self._folder)
            key = (_fingerprint(self._folder.rglob("*")), datetime.now(tenant.zone).date())
            active = active_id(self._data_dir, tenant.id)
            full = self._full[1] if self._full is not None and self._full[0] == key else None
            known = self._state
            if known is None or known[:2] != (key, active) or (full is not None and not known[2].complete):
                known = (key, active, self._look(tenant, key[1], active, full))
                self._state = known
            if self._full is None or self._full[0] != key:
                self._check_behind(tenant, key)
            return known[2]

    def checked(self) -> TownState:
        """The same with all findings, however long that takes: seconds in a large town."""
        for _ in range(3):  # whoever saves meanwhile starts it anew
            state = self.now()
            checker = self._checker
            if state.complete or checker is None:
                break
            checker.join()
        return self.now()

    def _look(self, tenant: Tenant, today: date, active: str | None, full: tuple[Finding, ...] | None) -> TownState:
        sources = load_sources(self._folder)
        results = tuple(result for source in sources.sources for result in self._results(source))
        manifest = _manifest(self._data_dir, tenant.id, active)
        kept = kept_findings_file(self._data_dir, tenant.id)
        readings = kept.with_name(f"{kept.stem}-readings.json")
        state = TownState(tenant, self._folder, today, sources, results, manifest, {}, readings, full is not None)
        return replace(state, findings=_by_file(self._quick_findings(state) if full is None else full))

    def _results(self, source: Source) -> tuple[ReadResult, ...]:
        """Of Markdown each file by itself, so that an edit costs one file; of others the whole source."""
        if isinstance(source, CrawlSource):
            return ()
        origin = source.model_dump_json()
        if not isinstance(source, MarkdownSource):
            config = SourcesConfig(sources=(source,))
            root = self._folder / source.path
            return self._kept(origin, [root, *root.rglob("*")], lambda: tuple(read_sources(self._folder, config)))
        found: list[ReadResult] = []
        for file in source_files(self._folder, source, (".md",)):

            def read(path: Path = file.path, name: str = file.name) -> tuple[ReadResult, ...]:
                return (read_markdown(path, name, source),)

            stopped = refused(self._folder, file, source)
            found += (stopped,) if stopped else self._kept(f"{origin} {file.name}", [file.path], read)
        return tuple(found)

    def _kept(
        self, what: str, paths: Iterable[Path], read: Callable[[], tuple[ReadResult, ...]]
    ) -> tuple[ReadResult, ...]:
        key = _fingerprint(paths)
        if what not in self._read or self._read[what][0] != key:
            self._read[what] = (key, read())
        return self._read[what][1]

    def _quick_findings(self, state: TownState) -> list[Finding]:
        every = state.given(state.texts)
        shared = every.tenant.model_dump_json() + every.config.model_dump_json()
        found: dict[tuple[str, str], list[Finding]] = {}
        for text in state.texts:
            key = (text.name, shared + text.document.content_hash)
            if key not in self._found:
                alone = replace(every, texts=(text,))
                self._found[key] = [finding for check in TEXT_CHECKS for finding in check(alone)]
            found[key] = self._found[key]
        self._found = found
        findings = [finding for result in state.results for finding in result.findings]
        findings += [finding for check in FAST_CHECKS for finding in check(every)]
        findings += [finding for of_text in found.values() for finding in of_text]
        findings = gathered(sorted(findings, key=lambda finding: (finding.file, finding.line)))
        reviewed = apply_overrides(findings, load_overrides(state.folder), state.today)
        return [finding for finding in reviewed.open if finding.code != "stale-override"]  # not all was looked at

    def _check_behind(self, tenant: Tenant, key: _Key) -> None:
        if self._checker is not None and self._checker.is_alive():
            return

        def check() -> None:
            found: tuple[Finding, ...] | None = None
            with suppress(AmtslotseError, OSError):  # the publishing page says it again, where somebody can act on it
                found = checked_today(self._folder, self._data_dir, tenant, crawl=False).findings
            with self._lock:
                self._full = (key, found)

        self._checker = Thread(target=check, name=f"checks-{tenant.id}", daemon=True)
        self._checker.start()


def _fingerprint(paths: Iterable[Path]) -> Fingerprint:
    found = []
    for path in paths:
        with suppress(OSError):  # gone meanwhile
            status = path.stat()
            found.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(sorted(found))


def _by_file(findings: Iterable[Finding]) -> dict[str, tuple[Finding, ...]]:
    by_file: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_file[finding.file].append(finding)
    return {file: tuple(found) for file, found in by_file.items()}


def _manifest(data_dir: Path, tenant_id: str, active: str | None) -> Manifest | None:
    try:
        return read_manifest(generations_folder(data_dir, tenant_id) / active) if active else None
    except GenerationError:
        return None
